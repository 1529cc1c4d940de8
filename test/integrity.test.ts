/** What is read is what was written: samples are found again, nothing damaged or replaced is taken, nothing is left out in silence. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../src/chain/index.js";
import { sliceTable } from "../src/core/index.js";
import { ENTRIES, type SampleBatch } from "../src/events/index.js";
import { ParquetWriter } from "../src/io/index.js";
import { nodeCodecs, openFile, openFolder, openSampleFolder, writeSample } from "../src/io/node/index.js";
import { createProcessor } from "../src/pipeline/process.js";
import { type Outcome, root, runCli, scratch } from "./cli.js";

let made = "";
let folder = "";
const at = (...names: string[]): string => join(folder, ...names);
const cli = (...args: string[]): Promise<Outcome> => runCli([...args, "--quiet"], folder);

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "bye-splits-integrity-"));
  const run = (...args: string[]): Promise<Outcome> => runCli([...args, "--quiet"], made);
  const simulate = (seed: string, out: string): Promise<Outcome> =>
    run("simulate", "--particles", "photons", "--events", "6", "--seed", seed, "--out", out);
  expect(await simulate("1", "sample")).toMatchObject({ status: 0, stderr: "" });
  expect(await simulate("2", "other")).toMatchObject({ status: 0, stderr: "" });
  expect(await run("run", "default", "--in", "sample", "--out", "runs/run")).toMatchObject({ status: 0, stderr: "" });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));
beforeEach(() => {
  folder = scratch();
  cpSync(made, folder, { recursive: true });
});

describe("a run finds its sample", () => {
  /** Each of them needs the sample. */
  const NEEDY = [
    (run: string) => ["report", run, "--out", "r.html", "--force"],
    (run: string) => ["export", run, "--format", "phoenix", "--out", "p.json", "--force"],
    (run: string) => ["inspect", run, "--splits"],
  ];

  test.each([
    { name: "from another folder", move: () => mkdirSync(at("elsewhere")), cwd: "elsewhere", run: "../runs/run" },
    {
      name: "when both were moved together",
      move: () => {
        mkdirSync(at("new"));
        renameSync(at("sample"), at("new/sample"));
        renameSync(at("runs"), at("new/runs"));
      },
      cwd: ".",
      run: "new/runs/run",
    },
  ])("$name", async ({ move, cwd, run }) => {
    move();
    for (const args of NEEDY) {
      expect(await runCli([...args(run), "--quiet"], at(cwd))).toMatchObject({ status: 0, stderr: "" });
    }
  });

  test("when the run was moved alone", async () => {
    expect(await cli("run", "default", "--in", "sample", "--out", "alone")).toMatchObject({ status: 0 });
    mkdirSync(at("far/away"), { recursive: true });
    renameSync(at("alone"), at("far/away/run"));
    for (const args of NEEDY) expect(await cli(...args("far/away/run"))).toMatchObject({ status: 0, stderr: "" });
  });

  test("when it is gone, or another one is in its place: exit 2 and nothing written, unless --sample or --no-events says more", async () => {
    renameSync(at("sample"), at("moved"));
    // The run was made in another folder, where its sample still is.
    const info = JSON.parse(readFileSync(at("runs/run/run.json"), "utf8")) as { sample: { absolute: string } };
    expect(info.sample.absolute).toBe(join(made, "sample"));
    renameSync(join(made, "sample"), join(made, "hidden"));
    try {
      for (const args of NEEDY) {
        const { status, stdout, stderr } = await cli(...args("runs/run"));
        expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
        expect(stderr).toMatch(
          /^bye-splits: cannot read \S+sample: no such file or folder; cannot read .*; say with --sample where the sample of runs\/run is\n$/,
        );
        expect(await cli(...args("runs/run"), "--sample", "moved")).toMatchObject({ status: 0 });
        const wrong = await cli(...args("runs/run"), "--sample", "other");
        expect(wrong.status).toBe(2);
        expect(wrong.stderr).toMatch(
          /^bye-splits: other is not the sample of runs\/run: its hash is \w+, run\.json has \w+\n$/,
        );
      }
      rmSync(at("r.html"));
      expect((await cli("report", "runs/run", "--out", "r.html")).status).toBe(2);
      expect(existsSync(at("r.html"))).toBe(false);
      expect(await cli("report", "runs/run", "--out", "r.html", "--no-events")).toMatchObject({
        status: 0,
        stderr: "",
      });
      renameSync(at("other"), at("sample"));
      expect((await cli("report", "runs/run", "--out", "r2.html")).stderr).toContain(
        "sample is not the sample of runs/run",
      );
    } finally {
      renameSync(join(made, "hidden"), join(made, "sample"));
    }
  });
});

describe("inspect --verify", () => {
  test("says what it compared", async () => {
    expect((await cli("inspect", "sample", "--verify")).stdout).toBe(
      "sample: sample.json, entries, gen, cl3d, tc: as they were written\n",
    );
    expect((await cli("inspect", "runs/run", "--verify")).stdout).toBe(
      "runs/run: run.json, seeds, clusters, assignment, events: as they were written\n",
    );
    const { stdout } = await cli("inspect", "sample/tc.parquet", "--verify", "--json");
    expect(JSON.parse(stdout)).toEqual({
      path: "sample/tc.parquet",
      kind: "parquet",
      verified: ["sample/tc.parquet"],
      without: [],
    });
  });

  test("says that a file without checksums is there, or that it is not", async () => {
    const path = "runs/hdf5";
    expect(await cli("run", "default", "--in", "sample", "--out", path, "--hdf5", "--quiet")).toMatchObject({
      status: 0,
    });
    expect((await cli("inspect", path, "--verify")).stdout).toBe(
      `${path}: run.json, seeds, clusters, assignment, events: as they were written\nwithout a checksum: clusters.hdf5\n`,
    );
    rmSync(at(`${path}/clusters.hdf5`));
    expect(await cli("inspect", path, "--verify")).toMatchObject({
      status: 2,
      stderr: `bye-splits: ${path} has no clusters.hdf5, which run.json lists: make the run again\n`,
    });
  });

  test.each([
    { file: "sample/tc.parquet", says: "sample/tc.parquet: its content has the hash" },
    { file: "sample/sample.json", says: "sample/sample.json: " },
    { file: "runs/run/clusters.parquet", says: "runs/run/clusters.parquet: its content has the hash" },
    { file: "runs/run/run.json", says: "runs/run/run.json: " },
  ])("finds a flipped bit in $file", async ({ file, says }) => {
    const bytes = readFileSync(at(file));
    // In a digit of the JSON, in the first page of a table.
    const where = file.endsWith("json") ? bytes.indexOf("formatVersion") + 100 : 30;
    bytes[where] ^= 1;
    writeFileSync(at(file), bytes);
    const { status, stderr } = await cli("inspect", file.slice(0, file.lastIndexOf("/")), "--verify");
    expect(status).toBe(2);
    expect(stderr).toContain(`bye-splits: ${says}`);
  });

  test("of a table by another program there is nothing to compare", async () => {
    const { status, stderr } = await cli("inspect", join(root, "test/fixtures/parquet/foreign-sample"), "--verify");
    expect(status).toBe(2);
    expect(stderr).toContain("sample.json, gen, cl3d, tc: no checksums to verify: written by another program");
  });
});

describe("values that are no numbers", () => {
  type Change = (batch: SampleBatch, row: number) => void;
  const cases: { name: string; change: Change; says: string }[] = [
    {
      name: "NaN",
      change: ({ gen }, row) => gen.columns.gen_eta.fill(NaN, row, row + 1),
      says: "gen_eta of particle 0 is NaN",
    },
    {
      name: "an infinite pt",
      change: ({ gen }, row) => gen.columns.gen_pt.fill(Infinity, row, row + 1),
      says: "gen_pt of particle 0 is Infinity",
    },
    {
      name: "a cl3d without phi",
      change: ({ cl3d, entries }, row) => {
        const first = entries.columns.cl3d_first[row];
        cl3d.columns.cl3d_phi.fill(NaN, first, first + 1);
      },
      says: "cl3d_phi of cl3d 0 is NaN",
    },
  ];

  test.each(cases)("$name is an error that names event and column, or a counted event", async ({ change, says }) => {
    const sample = await openSampleFolder(at("sample"));
    await writeSample(at("bad"), {}, async (writer) => {
      const batch = await sample.readBatch(0);
      change(batch, 2);
      await writer.append(batch);
      return {};
    });
    await sample.close();
    const number = sample.entries.columns.event[2];
    const message = `bye-splits: event ${number} (entry 2): ${says}; use --skip-bad-events to leave such events out\n`;
    for (const command of [
      ["run", "default"],
      ["step", "fill"],
    ]) {
      const args = [...command, "--in", "bad", "--out", `bad-${command[0]}`];
      expect(await cli(...args)).toEqual({ status: 2, stdout: "", stderr: message });
      expect(await cli(...args, "--skip-bad-events", "--json", "--force")).toMatchObject({ status: 0 });
    }
    const { stdout } = await cli("run", "default", "--in", "bad", "--out", "skipped", "--skip-bad-events", "--json");
    expect(
      (JSON.parse(stdout) as { chains: { counts: { bad: number; entries: number } }[] }).chains[0].counts,
    ).toMatchObject({
      bad: 1,
      entries: sample.nEntries,
    });
  });
});

describe("Parquet of others", () => {
  const cases = join(root, "../shared/cases");
  const here = existsSync(cases);

  test.skipIf(!here)("LZ4 is read: the values of the file it was made from [needs shared data]", async () => {
    const imported = await cli("import", join(cases, "16-parquet-of-others/lz4.parquet"), "--out", "lz4", "--json");
    expect(imported).toMatchObject({ status: 0, stderr: "" });
    await cli("skim", join(cases, "base.root"), "--particles", "photons", "--out", "base");
    const [lz4, base] = await Promise.all([openSampleFolder(at("lz4")), openSampleFolder(at("base"))]);
    expect([lz4.nEntries, base.nEntries]).toEqual([20, 20]);
    const [one, two] = await Promise.all([lz4.readBatch(0), base.readBatch(0)]);
    for (const name of ["tc_x", "tc_mipPt", "tc_layer"] as const) {
      const values = [...two.tc.columns[name]];
      expect(values.length).toBe(3260);
      expect([...one.tc.columns[name]]).toEqual(values);
    }
    await Promise.all([lz4.close(), base.close()]);
  });

  test.skipIf(!here)("a null is told with its row in the table [needs shared data]", async () => {
    const { status, stderr } = await cli(
      "import",
      join(cases, "16-parquet-of-others/nullitem13.parquet"),
      "--out",
      "x",
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/nullitem13\.parquet: column "good_\w+", row 13: a value in its list is null/);
  });

  test("the entries of a part of a sample say what to do", async () => {
    const sample = await openSampleFolder(at("sample"));
    // As `query("entry > 0")` of another program leaves them.
    const pieces: Uint8Array[] = [];
    const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()), close: async () => undefined };
    const writer = new ParquetWriter(ENTRIES, sink, await nodeCodecs());
    await writer.writeGroup(sliceTable(sample.entries, 1, sample.nEntries));
    await writer.finish();
    await sample.close();
    writeFileSync(at("sample/entries.parquet"), Buffer.concat(pieces));
    rmSync(at("sample/sample.json"));
    const { status, stderr } = await cli("run", "default", "--in", "sample", "--out", "part");
    expect(status).toBe(2);
    expect(stderr).toBe(
      "bye-splits: sample/entries.parquet: row 0 has entry 1, expected 0: of a part of a sample delete entries.parquet, " +
        "and the entries are derived from the other tables\n",
    );
    rmSync(at("sample/entries.parquet"));
    expect(await cli("run", "default", "--in", "sample", "--out", "part")).toMatchObject({ status: 0 });
  });
});

describe("what is replaced while it is read", () => {
  test("a thread that finds another sample stops", async () => {
    const task = {
      sample: at("sample"),
      chains: ["default"] as const,
      params: DEFAULT_PARAMS,
      selection: "all",
      saveSteps: false,
      skipBadEvents: false,
    };
    const first = await createProcessor(task);
    const { identity } = first;
    await first.close();
    const again = await createProcessor(task);
    await again.process({ batch: 0, identity });
    await again.close();
    // Equal bytes, other files: what happens to them next is not what happens to the first.
    renameSync(at("sample"), at("old"));
    cpSync(at("old"), at("sample"), { recursive: true });
    const other = await createProcessor(task);
    await expect(other.process({ batch: 0, identity })).rejects.toThrow(
      `${at("sample")} was replaced while it was read: run the command again`,
    );
    await other.close();
  });

  test("a file that is written to after it was opened, and a folder that changes while it is opened", async () => {
    writeFileSync(at("file"), "before");
    const file = await openFile(at("file"));
    await file.check?.();
    writeFileSync(at("file"), "after!!");
    await expect(file.check?.()).rejects.toThrow(`${at("file")} was changed while it was read: run the command again`);
    await file.close?.();
    const opened = await openFolder(at("sample"));
    await opened.check?.();
    renameSync(at("sample/gen.parquet"), at("gen.parquet"));
    await expect(opened.check?.()).rejects.toThrow(`${at("sample")} was changed or replaced while it was opened`);
  });
});
