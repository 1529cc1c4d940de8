/** sample.json, run.json, study.json and part.json: what a folder is, its format version, and which content its tables must have. */
import { FormatError, isListOf, isRecord, isText, parseRecord, quote } from "../../core/index.js";
import type { ParquetCodecs } from "../parquet/codecs.js";
import type { ParquetFile } from "../parquet/read.js";
import { hexHash } from "../parquet/checksum.js";
import type { OpenSink, SourceFolder } from "../source.js";

export type FolderKind = "sample" | "run" | "study" | "part";

/** Raised when a reader of the last version would misread what is written now. From 2 on there is a checksum. */
const VERSION = 2;
/** The last version that is read. */
const FIRST_VERSION = 1;

/** What to do about a file that is not the one that was written. */
const REMEDY: Readonly<Record<FolderKind, string>> = {
  sample: "take it from a copy; after a change on purpose delete sample.json, and the tables are read for themselves",
  run: "make the run again",
  study: "begin the study again",
  part: "run this part of the study again",
};

/** Of each table, by name: rows, and the hash that identifies its content. */
export type TableRecords = Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;

export interface FolderInfo {
  readonly format: string;
  readonly formatVersion: number;
  readonly tables: TableRecords;
  /** Beside the tables: the same in formats without checksums. */
  readonly files?: readonly string[];
  /** xxHash64 of the JSON without it and without spaces; undefined before version 2. */
  readonly checksum?: string;
}

/** Writes the json of a folder with what the caller has to say and returns the whole of it. */
export async function writeInfo<T extends object>(
  open: OpenSink,
  kind: FolderKind,
  tables: TableRecords,
  content: T,
  codecs: ParquetCodecs,
): Promise<FolderInfo & T> {
  const head = { format: `bye-splits ${kind}`, formatVersion: VERSION };
  // The content may be that of an earlier version.
  const body = { ...head, ...content, ...head, tables };
  const info = { ...body, checksum: checksumOf(body, codecs) };
  const sink = await open(`${kind}.json`);
  await sink.write(new TextEncoder().encode(`${JSON.stringify(info, null, 2)}\n`));
  await sink.close();
  return info;
}

/**
 * Reads the json of a folder, `undefined` where there is none. FormatError for anything that is not the JSON of
 * such a folder as it was written, and for unknown format versions.
 */
export async function readInfo(
  folder: SourceFolder,
  kind: FolderKind,
  codecs: ParquetCodecs,
): Promise<(FolderInfo & Readonly<Record<string, unknown>>) | undefined> {
  const source = await folder.open(`${kind}.json`);
  if (source === undefined) return undefined;
  const text = new TextDecoder().decode(await source.read(0, source.size));
  await source.close?.();
  const info = parseRecord(text, source.name, ": the file is damaged, take an intact copy or make it again");
  if (info["format"] !== `bye-splits ${kind}`) {
    throw new FormatError(
      `${source.name}: "format" is ${JSON.stringify(info["format"])}, expected "bye-splits ${kind}"`,
    );
  }
  const version = info["formatVersion"];
  if (typeof version !== "number" || version < FIRST_VERSION || version > VERSION || !Number.isInteger(version)) {
    throw new FormatError(
      `${source.name}: format version ${JSON.stringify(version)} of a ${kind} is unknown, ` +
        `this program reads versions ${FIRST_VERSION} to ${VERSION}`,
    );
  }
  const checksum = checksumOf(info, codecs);
  if ((version > 1 || "checksum" in info) && info["checksum"] !== checksum) {
    throw new FormatError(
      `${source.name}: its checksum is ${checksum}, it says ${JSON.stringify(info["checksum"])}: it is corrupt, or was edited; ${REMEDY[kind]}`,
    );
  }
  const tables = info["tables"] ?? {};
  const files = info["files"];
  if (files !== undefined && !isListOf(isText)(files)) {
    throw new FormatError(`${source.name}: "files" is ${quote(files)}, expected a list of names`);
  }
  if (!isTables(tables)) throw new FormatError(`${source.name}: "tables" must hold {rows, hash} of each table`);
  return { ...info, format: info["format"], formatVersion: version, tables };
}

/** FormatError unless the file is the one that was written with the folder: a footer has no checksum of its own. */
export function checkRecord(tables: TableRecords, table: string, file: ParquetFile, kind: FolderKind): void {
  if (!Object.hasOwn(tables, table) || tables[table].hash === file.hash) return;
  const there = tables[table].rows;
  const differs = there === file.rows ? "as many rows, other content" : `${there} rows there, ${file.rows} here`;
  throw new FormatError(
    `${file.source.name}: not the file that ${kind}.json describes (${differs}): ` +
      `it is corrupt, or was replaced; ${REMEDY[kind]}`,
  );
}

/** Of an object that came or will go through JSON. */
function checksumOf(info: object, codecs: ParquetCodecs): string {
  const { checksum: _, ...body } = info as { checksum?: unknown };
  return hexHash(new TextEncoder().encode(JSON.stringify(body)), codecs);
}

function isTables(value: unknown): value is TableRecords {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (table) => isRecord(table) && Number.isInteger(table["rows"]) && typeof table["hash"] === "string",
    )
  );
}
