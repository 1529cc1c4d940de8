/** The kinds of outputs: what the marks of this program in each are, and which files belong to a folder. */
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { OutputError } from "../../core/index.js";
import type { FolderKind } from "../folders/info.js";
import { openParquet } from "../parquet/read.js";
import { readFileTitle } from "../root/file.js";
import type { ByteSource } from "../source.js";
import { nodeCodecs } from "./codecs.js";
import { realEffects } from "./effects.js";
import { openFile } from "./file.js";
import { parseLeftover } from "./leftovers.js";
import type { OutputKind, Target } from "./output-target.js";

/** What files of this program carry: title of a ROOT file, generator of HTML, HDF5 and JSON, creator of Parquet. */
export const MARK = "bye-splits";

/** Bytes in which the mark of a text is. */
const START = 1 << 12;
/** Names in a message. */
const MOST_NAMES = 5;

/** Formats by the ending of a name: what has one of these is taken for its format by every program. */
const FORMATS: Readonly<Record<string, string>> = {
  ".root": "ROOT",
  ".html": "HTML",
  ".htm": "HTML",
  ".parquet": "Parquet",
  ".json": "JSON",
  ".hdf5": "HDF5",
  ".h5": "HDF5",
  ".csv": "CSV",
};

/** OutputError for a file whose name says another format than its own. */
export function checkEnding(shown: string, { format }: OutputKind): void {
  const ending = extname(shown).toLowerCase();
  const said = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined;
  if (format === undefined || said === undefined || said === format) return;
  const right = Object.keys(FORMATS).filter((each) => FORMATS[each] === format);
  throw new OutputError(`${shown}: what is written is ${format}, not ${said}: choose a name that ends in ${right[0]}`);
}

/** A file with a mark: `has` looks for it, and may fail on files of other formats. */
function marked(format: string, has: (source: ByteSource) => Promise<boolean>): OutputKind {
  return {
    is: "file",
    format,
    async foreign(path) {
      try {
        const source = await openFile(path);
        try {
          if (await has(source)) return undefined;
        } finally {
          await source.close?.();
        }
      } catch {
        // Damaged, or of another format: not known as ours.
      }
      return `is not a ${format} file that this program wrote`;
    },
  };
}

async function startOf(source: ByteSource, bytes = START): Promise<string> {
  return new TextDecoder().decode(await source.read(0, Math.min(source.size, bytes)));
}

export const ROOT_FILE = marked("ROOT", async (source) => (await readFileTitle(source)) === MARK);

export const HTML_FILE = marked("HTML", async (source) =>
  (await startOf(source)).includes(`<meta name="generator" content="${MARK}">`),
);

export const PARQUET_FILE = marked(
  "Parquet",
  async (source) => (await openParquet(source, await nodeCodecs())).createdBy === MARK,
);

/** The field is the first one of the object, or of the first object in it; an object without fields holds nothing to lose. */
export const JSON_FILE = marked("JSON", async (source) =>
  /^\{(\s*"(?:[^"\\]|\\.)*":\s*\{)?\s*"generator":\s*"bye-splits"|^\{\}\s*$/.test(await startOf(source)),
);

export const HDF5_FILE = marked("HDF5", async (source) => {
  const hdf5 = await import("h5wasm/node");
  (await hdf5.ready).activate_throwing_error_handler();
  const file = new hdf5.File(source.name, "r");
  try {
    return file.attrs["generator"]?.value === MARK;
  } finally {
    file.close();
  }
});

/** CSV has no place for a mark: its first line must be one that such a file may have. */
export function csvFile(...headers: readonly string[]): OutputKind {
  return {
    is: "file",
    format: "CSV",
    async foreign(path) {
      const source = await openFile(path);
      try {
        for (const header of headers) {
          if ((await startOf(source, Buffer.byteLength(header))) === header) return undefined;
        }
        return "has another first line than the CSV that would replace it";
      } finally {
        await source.close?.();
      }
    },
  };
}

/** A folder of CSV files, `headers` by name. */
export function csvFolder(headers: Readonly<Record<string, readonly string[]>>): OutputKind {
  return folderOf(async (path, names) => {
    const own: string[] = [];
    for (const name of names) {
      if (!Object.hasOwn(headers, name)) continue;
      const foreign = await csvFile(...headers[name]).foreign(join(path, name));
      if (foreign === undefined) own.push(name);
    }
    return own;
  });
}

export const SAMPLE_FOLDER = jsonFolder("sample");
export const RUN_FOLDER = jsonFolder("run");
export const PART_FOLDER = jsonFolder("part");
/** Holds the folders of its parts. */
export const STUDY_FOLDER = jsonFolder("study", (name) => (/^part-[\dp-]+$/.test(name) ? PART_FOLDER : undefined));

/** A folder whose json lists its files; `inner`: what a folder of that name in it is. */
function jsonFolder(kind: FolderKind, inner: (name: string) => OutputKind | undefined = () => undefined): OutputKind {
  return folderOf(async (path, names) => {
    const info = await readJson(join(path, `${kind}.json`));
    if (info?.["format"] === `${MARK} ${kind}`) return [`${kind}.json`, ...filesOf(info)];
    const other = names.find((name) => name !== `${kind}.json` && /^(sample|run|study|part|job)\.json$/.test(name));
    return other === undefined ? `is not a ${kind} of this program` : `is a ${other.split(".")[0]}, not a ${kind}`;
  }, inner);
}

/** OutputError for a place in a sample, run or study: its json does not list what others put there, and it could not be replaced any more. */
export async function checkOutside({ shown, real }: Target): Promise<void> {
  for (let at = real; dirname(at) !== at;) {
    at = dirname(at);
    // What is being written gets its files one by one.
    if (parseLeftover(at) !== undefined) continue;
    for (const kind of ["sample", "run", "study", "part"] as const satisfies readonly FolderKind[]) {
      if ((await readJson(join(at, `${kind}.json`)))?.["format"] !== `${MARK} ${kind}`) continue;
      throw new OutputError(`${shown} lies in the ${kind} ${at}: choose a place outside of it`);
    }
  }
}

/** The files of a folder as its json lists them: the tables, and others by name. */
function filesOf({ tables, files }: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys((tables ?? {}) as object).map((name) => `${name}.parquet`);
  return [...names, ...(Array.isArray(files) ? files.map(String) : [])];
}

/** A folder that is empty, or holds nothing but what `belongs` names; text says why it is not such a folder at all. */
function folderOf(
  belongs: (path: string, names: readonly string[]) => Promise<string | readonly string[]>,
  inner: (name: string) => OutputKind | undefined = () => undefined,
): OutputKind {
  return {
    is: "folder",
    async foreign(path) {
      const names = (await realEffects.list(path)).toSorted();
      const others: string[] = [];
      const left: string[] = [];
      for (const name of names) {
        const leftover = parseLeftover(join(path, name));
        if (leftover === undefined) left.push(name);
        else if (leftover.process !== "dead") {
          others.push(`${name}, which process ${leftover.pid} on ${leftover.host} writes or left behind,`);
        }
      }
      if (names.length === 0) return undefined;
      const own = await belongs(path, left);
      if (typeof own === "string") return own;
      for (const name of left) {
        const found = await realEffects.kind(join(path, name));
        const folder = found === "folder" ? inner(name) : undefined;
        const isOwn =
          folder === undefined
            ? own.includes(name) && found === "file"
            : (await folder.foreign(join(path, name))) === undefined;
        if (!isOwn) others.push(name);
      }
      if (others.length === 0) return undefined;
      const more = others.length > MOST_NAMES ? ` and ${others.length - MOST_NAMES} more` : "";
      return `holds ${others.slice(0, MOST_NAMES).join(", ")}${more}, not part of what is replaced; move it away first`;
    },
  };
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
