import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FormatError, InputError, type Schema, createTable } from "../../core/index.js";
import { CL3D, ENTRIES, GEN, TC } from "../../events/index.js";
import { inputError, openFile, openFolder } from "./file.js";
import { extendRun, openRunFolder, writeRun } from "./run.js";
import { openSampleFolder, writeSample } from "./sample.js";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bye-splits-folders-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("files", () => {
  test("any range is read as a whole", async () => {
    writeFileSync(
      join(dir, "f"),
      Uint8Array.from({ length: 1000 }, (_, i) => i),
    );
    const file = await openFile(join(dir, "f"));
    expect(file.size).toBe(1000);
    expect(await file.read(254, 258)).toEqual(Uint8Array.of(254, 255, 0, 1));
    expect(await file.read(1000, 1000)).toEqual(new Uint8Array());
    await expect(file.read(999, 1001)).rejects.toThrow(
      `${join(dir, "f")}: bytes 999 to 1001 are needed, but the file has 1000 bytes: it is truncated or corrupt`,
    );
    truncateSync(join(dir, "f"), 500);
    const error: unknown = await file.read(490, 510).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toBe(
      `${join(dir, "f")}: the file ends at byte 500, it had 1000 bytes when it was opened`,
    );
    await file.close?.();
  });

  test("missing files, folders, devices, missing folders", async () => {
    await expect(openFile(join(dir, "f"))).rejects.toThrow(`cannot read ${join(dir, "f")}: no such file or folder`);
    await expect(openFile(dir)).rejects.toThrow(`cannot read ${dir}: it is a folder, expected a file`);
    await expect(openFile("/dev/null")).rejects.toThrow("cannot read /dev/null: not a regular file");
    await expect(openFolder(join(dir, "g"))).rejects.toThrow(`cannot read ${join(dir, "g")}: no such file or folder`);
    writeFileSync(join(dir, "f"), "");
    await expect(openFolder(join(dir, "f"))).rejects.toThrow("it is a file, expected a folder");
    await expect(openFile(join(dir, "f/g"))).rejects.toThrow("a part of its path is a file, not a folder");
    expect(await (await openFolder(dir)).open("nothing")).toBeUndefined();
  });

  test("denied permission", () => {
    const error = inputError("x.root", Object.assign(new Error("EACCES: ..."), { code: "EACCES" }));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toBe("cannot read x.root: permission denied");
  });
});

describe("sample folders", () => {
  async function fill(sample: Parameters<Parameters<typeof writeSample>[2]>[0]): Promise<{ seed: number }> {
    const entries = createTable(ENTRIES, 2);
    entries.columns.tc_rows.set([3, 0]);
    entries.columns.tc_first.set([0, 3]);
    await sample.append({ entries, gen: createTable(GEN, 0), cl3d: createTable(CL3D, 0), tc: createTable(TC, 3) });
    return { seed: 7 };
  }

  test("are written and opened", async () => {
    const info = await writeSample(join(dir, "s"), {}, fill);
    expect(info.counts).toEqual({ entries: 2, gen: 0, cl3d: 0, tc: 3 });
    const files = ["cl3d.parquet", "entries.parquet", "gen.parquet", "sample.json", "tc.parquet"];
    expect(readdirSync(join(dir, "s")).toSorted()).toEqual(files);
    const sample = await openSampleFolder(join(dir, "s"));
    expect(sample.info).toMatchObject({ made: { seed: 7 } });
    expect((await sample.readBatch(0)).tc.rows).toBe(3);
    await sample.close();
  });

  test("do not appear when their making fails, and the old one stays", async () => {
    await writeSample(join(dir, "s"), {}, fill);
    const before = readFileSync(join(dir, "s/sample.json"), "utf8");
    const failing = async (sample: Parameters<typeof fill>[0]): Promise<never> => {
      await fill(sample);
      throw new InputError("NaN in a trigger cell");
    };
    await expect(writeSample(join(dir, "s"), { force: true }, failing)).rejects.toThrow("NaN in a trigger cell");
    expect(readdirSync(dir)).toEqual(["s"]);
    expect(readFileSync(join(dir, "s/sample.json"), "utf8")).toBe(before);
  });
});

describe("run folders", () => {
  const STEP = { entry: ENTRIES.entry, zside: ENTRIES.zside } as const satisfies Schema;

  test("are written, opened and extended by another step", async () => {
    const path = join(dir, "r");
    await writeRun(path, { fill: STEP }, {}, async (run) => {
      await run.append("fill", createTable(STEP, 5));
      return { steps: ["fill"] };
    });
    const append = async (run: {
      append(name: "smooth", table: ReturnType<typeof createTable<typeof STEP>>): Promise<void>;
    }) => {
      await run.append("smooth", createTable(STEP, 3));
      return { steps: ["fill", "smooth"] };
    };
    await extendRun(await openRunFolder(path), { smooth: STEP }, {}, append);
    const run = await openRunFolder(path);
    expect(run.info).toMatchObject({ steps: ["fill", "smooth"], tables: { fill: { rows: 5 }, smooth: { rows: 3 } } });
    expect((await run.readTable("fill", STEP)).rows).toBe(5);
    expect((await run.readTable("smooth", STEP)).rows).toBe(3);
    await expect(extendRun(await openRunFolder(path), { smooth: STEP }, {}, append)).rejects.toThrow(
      "smooth.parquet exists already: use --force",
    );
    await extendRun(await openRunFolder(path), { smooth: STEP }, { force: true }, append);
    expect(readdirSync(path).toSorted()).toEqual(["fill.parquet", "run.json", "smooth.parquet"]);
  });

  test("keep what they had when a step fails", async () => {
    const path = join(dir, "r");
    await writeRun(path, { fill: STEP }, {}, async () => ({}));
    await expect(
      extendRun(await openRunFolder(path), { smooth: STEP }, {}, () => Promise.reject(new InputError("no seeds"))),
    ).rejects.toThrow("no seeds");
    expect(readdirSync(path).toSorted()).toEqual(["fill.parquet", "run.json"]);
  });

  test("that are replaced behind a link while a step writes: neither changes, nothing is left", async () => {
    for (const name of ["mine", "other"]) await writeRun(join(dir, name), { fill: STEP }, {}, async () => ({ name }));
    const path = join(dir, "r");
    symlinkSync("mine", path);
    const extended = extendRun(await openRunFolder(path), { smooth: STEP }, {}, async () => {
      symlinkSync("other", join(dir, "link"));
      renameSync(join(dir, "link"), path);
      return { name: "mine" };
    });
    await expect(extended).rejects.toThrow(`${path} was changed or replaced while it was read: run the command again`);
    for (const name of ["mine", "other"]) {
      expect(readdirSync(join(dir, name)).toSorted()).toEqual(["fill.parquet", "run.json"]);
    }
  });

  test.each(["before a step writes", "while a step writes"])("that are replaced %s get nothing of it", async (when) => {
    const path = join(dir, "r");
    for (const [run, name] of [
      [path, "mine"],
      [join(dir, "other"), "other"],
    ]) {
      await writeRun(run, { fill: STEP }, {}, async () => ({ name }));
    }
    const mine = await openRunFolder(path);
    const replace = (): void => {
      symlinkSync("other", join(dir, "link"));
      renameSync(path, join(dir, "away"));
      renameSync(join(dir, "link"), path);
    };
    if (when.startsWith("before")) replace();
    const extended = extendRun(mine, { smooth: STEP }, {}, async () => {
      if (when.startsWith("while")) replace();
      return { name: "mine" };
    });
    await expect(extended).rejects.toThrow(`${path} was changed or replaced while it was read: run the command again`);
    expect((await openRunFolder(join(dir, "other"))).info).toMatchObject({ name: "other" });
    for (const folder of ["away", "other"]) {
      const files = readdirSync(join(dir, folder)).filter((file) => !file.startsWith("."));
      expect(files.toSorted()).toEqual(["fill.parquet", "run.json"]);
    }
  });
});
