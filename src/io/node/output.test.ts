import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OutputError } from "../../core/index.js";
import { type Effects, realEffects } from "./effects.js";
import { openFile, openFolder } from "./file.js";
import { HTML_FILE, SAMPLE_FOLDER } from "./output-kinds.js";
import {
  abortOutputs,
  createOutputFile as createFile,
  createOutputFolder as createFolder,
  type OutputOptions,
  removeOutputsNow,
} from "./output.js";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bye-splits-output-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const createOutputFile = (path: string, options?: OutputOptions) => createFile(path, HTML_FILE, options);
const createOutputFolder = (path: string, options?: OutputOptions) => createFolder(path, SAMPLE_FOLDER, options);
const sampleJson = (about: string): string =>
  `{"format":"bye-splits sample","about":"${about}","files":["old.parquet"]}`;
const html = (about: string): string => `<html><meta name="generator" content="bye-splits">${about}`;

/** Every file below the folder with its text; hidden ones too. */
function tree(path = dir): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true });
  const paths = files.map((entry) => ({ path: join(entry.parentPath, entry.name), folder: entry.isDirectory() }));
  return Object.fromEntries(
    paths.map((entry) => [
      entry.path.slice(path.length + 1),
      entry.folder ? "(folder)" : readFileSync(entry.path, "utf8"),
    ]),
  );
}

function failing(code: string): Error {
  return Object.assign(new Error(`${code}: from the test`), { code });
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function writeFolder(
  path: string,
  content: string,
  options: { force?: boolean; effects?: Effects } = {},
): Promise<void> {
  const output = await createOutputFolder(path, options);
  const sink = await output.open("sample.json");
  await sink.write(text(sampleJson(content)));
  await sink.close();
  await output.commit();
}

describe("a folder", () => {
  test("is not there until it is committed, and then nothing else is", async () => {
    const output = await createOutputFolder(join(dir, "a/b/out"));
    const sink = await output.open("x.txt");
    await sink.write(text("12"));
    await sink.write(text("3"));
    await sink.close();
    expect(readdirSync(join(dir, "a/b"))).not.toContain("out");
    await output.commit();
    await output.abort();
    expect(tree()).toEqual({ a: "(folder)", "a/b": "(folder)", "a/b/out": "(folder)", "a/b/out/x.txt": "123" });
  });

  test("aborted leaves nothing, nor the folders made for it", async () => {
    writeFileSync(join(dir, "mine"), "");
    const output = await createOutputFolder(join(dir, "a/b/out"));
    await output.open("x.txt");
    await output.abort();
    expect(tree()).toEqual({ mine: "" });
  });

  test("is not replaced without force, and the error says how", async () => {
    await writeFolder(join(dir, "out"), "old");
    const error: unknown = await createOutputFolder(join(dir, "out")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OutputError);
    expect((error as Error).message).toBe(
      `${join(dir, "out")} exists already: use --force to replace it, or choose another name`,
    );
    expect(tree()).toEqual({ out: "(folder)", "out/sample.json": sampleJson("old") });
  });

  test("is replaced with force, as a whole and at the end", async () => {
    await writeFolder(join(dir, "out"), "old");
    writeFileSync(join(dir, "out/old.parquet"), "");
    const output = await createOutputFolder(join(dir, "out"), { force: true });
    expect(tree()["out/sample.json"]).toBe(sampleJson("old"));
    await output.abort();
    expect(tree()["out/sample.json"]).toBe(sampleJson("old"));
    await writeFolder(join(dir, "out"), "new", { force: true });
    expect(tree()).toEqual({ out: "(folder)", "out/sample.json": sampleJson("new") });
  });

  test("that is empty is replaced with force", async () => {
    mkdirSync(join(dir, "out"));
    await writeFolder(join(dir, "out"), "new", { force: true });
    expect(tree()["out/sample.json"]).toBe(sampleJson("new"));
  });

  test("of somebody's letters is not replaced even with force", async () => {
    mkdirSync(join(dir, "home"));
    writeFileSync(join(dir, "home/letter"), "dear");
    await expect(createOutputFolder(join(dir, "home"), { force: true })).rejects.toThrow(
      `${join(dir, "home")} is not a sample of this program: --force does not replace it, choose another name`,
    );
    expect(tree()).toEqual({ home: "(folder)", "home/letter": "dear" });
  });

  test("that appears meanwhile is kept", async () => {
    const output = await createOutputFolder(join(dir, "out"));
    await writeFolder(join(dir, "out"), "theirs");
    await expect(output.commit()).rejects.toThrow("exists already: use --force");
    expect(tree()).toEqual({ out: "(folder)", "out/sample.json": sampleJson("theirs") });
  });

  test("behind a link is replaced where the link points, within its folder", async () => {
    await writeFolder(join(dir, "out-1"), "old");
    symlinkSync("out-1", join(dir, "link"));
    await writeFolder(join(dir, "link"), "new", { force: true });
    expect(readFileSync(join(dir, "out-1/sample.json"), "utf8")).toBe(sampleJson("new"));
    expect(await realEffects.kind(join(dir, "link"))).toBe("link");
  });

  test.each([
    { name: "to another folder", to: "disk/out", says: "is a link to DIR/disk/out, out of its folder" },
    { name: "to nothing", to: "nowhere", says: "is a link to nothing: name the place itself as the output" },
  ])("behind a link $name is not written", async ({ to, says }) => {
    await writeFolder(join(dir, "disk/out"), "old");
    mkdirSync(join(dir, "links"));
    symlinkSync(join(dir, to), join(dir, "links/out"));
    const before = readdirSync(dir, { recursive: true });
    for (const force of [false, true]) {
      await expect(createOutputFolder(join(dir, "links/out"), { force })).rejects.toThrow(says.replace("DIR", dir));
    }
    expect(readdirSync(dir, { recursive: true })).toEqual(before);
  });

  test.each([
    {
      name: "below a plain file",
      path: "file/out",
      message: "cannot write DIR/file/out: a part of its path is a file, not a folder",
    },
    {
      name: "far below a plain file",
      path: "file/a/b/out",
      message: "cannot write DIR/file/a/b/out: a part of its path is a file, not a folder",
    },
    {
      name: "in place of a file",
      path: "file",
      message: "DIR/file is a file, expected a folder: --force does not replace it",
    },
    {
      name: "with an endless name",
      path: "x".repeat(300),
      message: `cannot write DIR/${"x".repeat(300)}: the name is too long`,
    },
  ])("$name is an error", async ({ path, message }) => {
    writeFileSync(join(dir, "file"), "");
    await expect(createOutputFolder(join(dir, path), { force: true })).rejects.toThrow(message.replace("DIR", dir));
    expect(tree()).toEqual({ file: "" });
  });
});

describe("a file", () => {
  async function writeFile(path: string, content: string, force = false): Promise<void> {
    const output = await createOutputFile(path, { force });
    const sink = await output.open();
    await sink.write(text(content));
    await sink.close();
    await output.commit();
  }

  test("appears as a whole; replaced with force, not without", async () => {
    await writeFile(join(dir, "a/report.html"), html("old"));
    await expect(writeFile(join(dir, "a/report.html"), html("new"))).rejects.toThrow("exists already: use --force");
    await writeFile(join(dir, "a/report.html"), html("new"), true);
    expect(tree()).toEqual({ a: "(folder)", "a/report.html": html("new") });
  });

  test("does not replace a folder", async () => {
    mkdirSync(join(dir, "out"));
    await expect(writeFile(join(dir, "out"), "", true)).rejects.toThrow(
      `${join(dir, "out")} is a folder, expected a file`,
    );
  });
});

describe("when the system refuses", () => {
  test("a full disk: the error names the file and nothing remains", async () => {
    let room = 100;
    const effects: Effects = {
      ...realEffects,
      async open(path) {
        const sink = await realEffects.open(path);
        return {
          ...sink,
          write: async (bytes) => {
            room -= bytes.length;
            if (room < 0) throw failing("ENOSPC");
            await sink.write(bytes);
          },
        };
      },
    };
    const output = await createOutputFolder(join(dir, "out"), { effects });
    const sink = await output.open("tc.parquet");
    await sink.write(new Uint8Array(60));
    const error: unknown = await sink.write(new Uint8Array(60)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OutputError);
    expect((error as Error).message).toBe(`cannot write ${join(dir, "out/tc.parquet")}: no space left on the disk`);
    await output.abort();
    expect(tree()).toEqual({});
  });

  test("a quota that is noticed on closing", async () => {
    const open: Effects["open"] = async (path) => {
      const sink = await realEffects.open(path);
      return {
        ...sink,
        close: async () => {
          await sink.close();
          throw failing("EDQUOT");
        },
      };
    };
    await expect(writeFolder(join(dir, "out"), "", { effects: { ...realEffects, open } })).rejects.toThrow(
      `cannot write ${join(dir, "out/sample.json")}: the disk quota is exceeded`,
    );
  });

  test.each([
    { name: "mkdir", code: "EACCES", reason: "permission denied" },
    { name: "mkdir", code: "EROFS", reason: "the file system is read-only" },
    { name: "list", code: "EIO", reason: "the disk reports an input/output error" },
    { name: "rename", code: "EXDEV", reason: "EXDEV: from the test" },
  ] as const)("$name fails with $code", async ({ name, code, reason }) => {
    const effects: Effects = { ...realEffects, [name]: () => Promise.reject(failing(code)) };
    await expect(writeFolder(join(dir, "out"), "", { effects })).rejects.toThrow(
      `cannot write ${join(dir, "out")}: ${reason}`,
    );
    expect(tree()).toEqual({});
  });

  test("the old folder is put back when the new one cannot take its place", async () => {
    await writeFolder(join(dir, "out"), "old");
    const rename: Effects["rename"] = async (from, to) => {
      if (from.endsWith(".tmp")) throw failing("EACCES");
      await realEffects.rename(from, to);
    };
    await expect(
      writeFolder(join(dir, "out"), "new", { force: true, effects: { ...realEffects, rename } }),
    ).rejects.toThrow(`cannot write ${join(dir, "out")}: permission denied`);
    expect(tree()).toEqual({ out: "(folder)", "out/sample.json": sampleJson("old") });
  });
});

describe("what dead processes left", () => {
  // The largest number that Linux gives to a process is 2^22.
  const dead = 2 ** 22 + 1;

  const left = (name: string, host = hostname(), pid = dead, type = "tmp"): string =>
    `.${name}.bye-splits.${host}.${pid}.0.${type}`;

  test("is removed from the folder, of any target, not of other hosts nor of processes that live", async () => {
    const gone = [left("out"), left("another"), left("report.html")];
    const kept = [left("out", "elsewhere"), left("out", hostname(), process.ppid), ".out.swp", ".out.tmp"];
    for (const name of [...gone, ...kept]) mkdirSync(join(dir, name));
    await writeFolder(join(dir, "out"), "new");
    expect(readdirSync(dir).toSorted()).toEqual([...kept, "out"].toSorted());
  });

  test("of another skim that can go on is kept, of the same target not", async () => {
    for (const name of ["out", "another"]) {
      mkdirSync(join(dir, left(name)));
      writeFileSync(join(dir, left(name), "checkpoint"), "");
    }
    await writeFolder(join(dir, "out"), "new");
    expect(readdirSync(dir).toSorted()).toEqual([left("another"), "out"]);
  });

  test.each([
    { name: "an old version whose successor is in place is removed", there: ["out"], rest: ["out"] },
    {
      name: "both versions are kept where none is in place",
      there: [],
      rest: [left("out"), left("out", hostname(), dead, "old")],
    },
  ])("$name by who writes something else", async ({ there, rest }) => {
    for (const name of there) mkdirSync(join(dir, name));
    for (const type of ["old", "tmp"]) mkdirSync(join(dir, left("out", hostname(), dead, type)));
    await writeFolder(join(dir, "unrelated"), "new");
    expect(readdirSync(dir).toSorted()).toEqual([...rest, "unrelated"].toSorted());
  });

  test.each([
    { where: hostname(), sure: "" },
    { where: "elsewhere", sure: " (if it still runs there, wait for it)" },
  ])(
    "killed between the two renames on $where: every command says where both versions are",
    async ({ where, sure }) => {
      const [old, fresh] = ["old", "tmp"].map((type) => join(dir, left("out", where, dead, type)));
      for (const path of [old, fresh]) mkdirSync(path);
      const says =
        `process ${dead} on ${where} was stopped while it replaced ${join(dir, "out")}${sure}: the version before is ${old}, ` +
        `the new one, complete, is ${fresh}; move the one that you want back, as in: mv ${fresh} ${join(dir, "out")}`;
      for (const force of [false, true]) {
        await expect(createOutputFolder(join(dir, "out"), { force })).rejects.toThrow(says);
      }
      await expect(openFolder(join(dir, "out"))).rejects.toThrow(says);
      await expect(openFile(join(dir, "out"))).rejects.toThrow(says);
      expect(readdirSync(dir).toSorted()).toEqual([old, fresh].map((path) => basename(path)).toSorted());
      renameSync(old, join(dir, "out"));
      await expect(createOutputFolder(join(dir, "out"))).rejects.toThrow("exists already");
    },
  );

  test("two outputs of one process to one target do not disturb each other", async () => {
    const first = await createOutputFolder(join(dir, "out"));
    const second = await createOutputFolder(join(dir, "out"));
    expect(readdirSync(dir).length).toBe(2);
    await first.commit();
    await second.abort();
    expect(readdirSync(dir)).toEqual(["out"]);
  });

  test("nothing remains after a signal handler has aborted all outputs", async () => {
    await createOutputFolder(join(dir, "a/out"));
    const file = await createOutputFile(join(dir, "report.html"));
    await file.open();
    await abortOutputs();
    expect(tree()).toEqual({});
  });

  test("nothing is left when there is no time to wait for what is under way", async () => {
    const folder = await createOutputFolder(join(dir, "a/b/out"));
    await (await folder.open("x.txt")).write(text("half"));
    await createOutputFile(join(dir, "c.html")).then((file) => file.open());
    expect(removeOutputsNow()).toBe(true);
    expect(tree()).toEqual({});
    await abortOutputs();
  });

  test("but never between the two renames that replace an output", async () => {
    await writeFolder(join(dir, "out"), "old");
    const answers: boolean[] = [];
    const rename: Effects["rename"] = async (from, to) => {
      answers.push(removeOutputsNow());
      await realEffects.rename(from, to);
    };
    await writeFolder(join(dir, "out"), "new", { force: true, effects: { ...realEffects, rename } });
    expect(answers).toEqual([false, false]);
    expect(tree()).toEqual({ out: "(folder)", "out/sample.json": sampleJson("new") });
    expect(removeOutputsNow()).toBe(true);
  });
});
