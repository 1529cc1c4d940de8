/** What outputs may replace: users' files stay, whatever the options. */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../src/chain/index.js";
import { OutputError } from "../src/core/index.js";
import { type Effects, realEffects } from "../src/io/node/index.js";
import { exportFolder, type ExportFormat } from "../src/pipeline/export.js";
import { writeReport } from "../src/pipeline/report.js";
import { runChains } from "../src/pipeline/run.js";
import { simulateSample } from "../src/pipeline/simulate.js";
import { runFirstStep, runNextStep } from "../src/pipeline/steps.js";

const shared = { version: "test", signal: new AbortController().signal };
const task = { params: DEFAULT_PARAMS, selection: "all", skipBadEvents: false };

/** A sample `s`, a run `r` with steps of it, and what users have beside and in them. */
let source = "";
let dir = "";
const at = (path: string): string => join(dir, path);

const photons = { particles: "photons", pileup: 0, events: 3, seed: 1, endcap: "positive", force: true } as const;
const simulate = (out: string, more: { root?: string; force?: boolean; effects?: Effects } = {}) =>
  simulateSample({
    ...photons,
    ...shared,
    ...more,
    out: at(out),
    ...(more.root === undefined ? {} : { root: at(more.root) }),
  });
const run = (input: string, out: string, more: { hdf5?: boolean; effects?: Effects } = {}) =>
  runChains({
    ...{ ...task, ...shared, chains: ["default"], saveSteps: true, workers: 1, force: true, ...more },
    sample: at(input),
    out: at(out),
  });
const report = (runs: string[], out: string) =>
  writeReport({ runs: runs.map(at), out: at(out), force: true, version: "test" });
const exported = (
  path: string,
  format: ExportFormat,
  out: string,
  more: { table?: string; effects?: Effects } = {},
) => {
  const { effects, ...rest } = more;
  const options = { force: true, ...(effects === undefined ? {} : { effects }) };
  return exportFolder({ path: at(path), format, out: at(out), signal: shared.signal, options, ...rest });
};

/** Every file below the folder by the hash of its content. */
function tree(): Record<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const hash = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(dir.length + 1), entry.isFile() ? hash(path) : "(no file)"];
    }),
  );
}

beforeAll(async () => {
  source = dir = mkdtempSync(join(tmpdir(), "bye-splits-outputs-"));
  await simulate("s");
  await run("s", "r");
});
afterAll(() => rmSync(source, { recursive: true, force: true }));
beforeEach(() => {
  dir = mkdtempSync(join(source, "case-"));
  for (const name of ["s", "r"]) cpSync(join(source, name), at(name), { recursive: true });
  // run.json names the sample where it was.
  return () => rmSync(dir, { recursive: true, force: true });
});

const write = (path: string, text: string): void => writeFileSync(at(path), text);

describe("with --force nothing of a user is lost:", () => {
  test.each<{ name: string; before?: () => void | Promise<unknown>; command: () => Promise<unknown>; says: string }>([
    { name: "run --in X --out X", command: () => run("s", "s"), says: "DIR/s is an input of this command" },
    {
      name: "the input through a link",
      before: () => symlinkSync(at("s"), at("link")),
      command: () => run("link", "s"),
      says: "DIR/s is an input of this command",
    },
    {
      name: "an output above its input",
      before: () => cpSync(at("s"), at("m/s"), { recursive: true }),
      command: () => run("m/s", "m"),
      says: "DIR/m holds DIR/m/s, an input of this command: choose a place outside of it",
    },
    { name: "an output below its input", command: () => run("s", "s/run"), says: "DIR/s/run lies in DIR/s, an input" },
    { name: "a report in its run", command: () => report(["r"], "r/x.html"), says: "lies in DIR/r, an input" },
    {
      name: "an export of a run in its sample",
      command: () => exported("r", "hdf5", "s/c.hdf5"),
      says: "lies in DIR/s, an input",
    },
    { name: "an export in its run", command: () => exported("r", "hdf5", "r/c.hdf5"), says: "lies in DIR/r, an input" },
    {
      name: "a sample in another one that nothing reads",
      command: () => simulate("s/other/z"),
      says: "DIR/s/other/z lies in the sample DIR/s: choose a place outside of it",
    },
    {
      name: "a report in another run, through a link",
      before: () => {
        cpSync(at("r"), at("t"), { recursive: true });
        symlinkSync(at("t"), at("link"));
      },
      command: () => report(["r"], "link/x.html"),
      says: "DIR/link/x.html lies in the run DIR/t: choose a place outside of it",
    },
    {
      name: "HDF5 under a name of ROOT",
      command: () => exported("r", "hdf5", "x.root"),
      says: "DIR/x.root: what is written is HDF5, not ROOT: choose a name that ends in .hdf5",
    },
    {
      name: "ROOT under a name of Parquet",
      command: () => simulate("z", { root: "x.Parquet" }),
      says: "DIR/x.Parquet: what is written is ROOT, not Parquet: choose a name that ends in .root",
    },
    {
      name: "notes and plots in a sample",
      before: () => {
        write("s/notes.txt", "mine");
        mkdirSync(at("s/plots"));
      },
      command: () => simulate("s"),
      says: "DIR/s holds notes.txt, plots, not part of what is replaced; move it away first: --force does not replace it",
    },
    { name: "a run by a sample", command: () => simulate("r"), says: "DIR/r is a run, not a sample" },
    {
      name: "a sample by a run",
      before: () => cpSync(at("s"), at("t"), { recursive: true }),
      command: () => run("s", "t"),
      says: "DIR/t is a sample, not a run",
    },
    {
      name: "a folder that only looks like a sample",
      before: () => {
        mkdirSync(at("x"));
        write("x/sample.json", "{}");
      },
      command: () => simulate("x"),
      says: "DIR/x is not a sample of this program",
    },
    {
      name: "a table that sample.json lists and a folder of that name",
      before: () => {
        rmSync(at("s/tc.parquet"));
        mkdirSync(at("s/tc.parquet/mine"), { recursive: true });
      },
      command: () => simulate("s"),
      says: "DIR/s holds tc.parquet, not part",
    },
    {
      name: "what a process on another host writes in a run",
      before: () => write("r/.seeds.parquet.bye-splits.elsewhere.12.0.tmp", ""),
      command: () => run("s", "r"),
      says: "holds .seeds.parquet.bye-splits.elsewhere.12.0.tmp, which process 12 on elsewhere writes or left behind",
    },
    {
      name: "a table by a report",
      before: () => cpSync(at("s"), at("t"), { recursive: true }),
      command: () => report(["r"], "t/tc.parquet"),
      says: "t/tc.parquet: a report is HTML, not .parquet",
    },
    {
      name: "somebody's HTML by a report",
      before: () => write("t.html", "<html>mine</html>"),
      command: () => report(["r"], "t.html"),
      says: "is not a HTML file that this program wrote",
    },
    {
      name: "somebody's ntuple",
      before: async () => {
        await simulate("z", { root: "user.root" });
        const bytes = readFileSync(at("user.root"));
        // The title of the file: nobody else's begins so.
        bytes.write("mine-by-me", bytes.indexOf("bye-splits", 100));
        writeFileSync(at("user.root"), bytes);
      },
      command: () => exported("s", "root", "user.root"),
      says: "is not a ROOT file that this program wrote",
    },
    {
      name: "somebody's CSV",
      before: () => write("x.csv", "event,energy\n1,2\n"),
      command: () => exported("r", "csv", "x.csv"),
      says: "has another first line than the CSV that would replace it",
    },
    {
      name: "somebody's folder of CSV",
      before: async () => {
        await exported("r", "csv", "tables");
        write("tables/seeds.csv", "mine\n");
      },
      command: () => exported("r", "csv", "tables"),
      says: "holds seeds.csv, not part",
    },
    {
      name: "somebody's JSON",
      before: () => write("x.json", '{"generator": "me"}'),
      command: () => exported("s", "phoenix", "x.json"),
      says: "is not a JSON file that this program wrote",
    },
    {
      name: "an output that is a device",
      command: () => writeReport({ runs: [at("r")], out: "/dev/null", force: true, version: "test" }),
      says: "/dev/null is neither a file nor a folder, expected a file",
    },
    {
      name: "a ROOT file in the sample that appears with it",
      command: () => simulate("z", { root: "z/x.root" }),
      says: "DIR/z/x.root lies in DIR/z, the other output",
    },
    {
      name: "a ROOT file at the place of its sample",
      command: () => simulate("z", { root: "z" }),
      says: "DIR/z is also the other output",
    },
    {
      name: "a sample, when the ROOT file beside it cannot be replaced",
      before: () => write("user.root", "mine"),
      command: () => simulate("s", { root: "user.root" }),
      says: "is not a ROOT file that this program wrote",
    },
    {
      name: "a table of somebody in a run, by a step",
      before: async () => {
        const first = { ...task, chains: ["default"] as const };
        await runFirstStep({ step: "fill", run: at("t"), sample: at("s"), task: first, force: true, ...shared });
        write("t/smooth.parquet", "mine");
      },
      command: () => runNextStep({ step: "smooth", run: at("t"), sample: at("s"), force: true, ...shared }),
      says: "smooth.parquet is not a Parquet file that this program wrote",
    },
  ])("$name", async ({ before, command, says }) => {
    await before?.();
    const files = tree();
    const error: unknown = await command().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(says.replaceAll("DIR", dir));
    expect(tree()).toEqual(files);
  });

  test("outputs of the same kind are replaced, each by the same bytes", async () => {
    const all = async (): Promise<void> => {
      await simulate("z", { root: "z.root" });
      await run("s", "run", { hdf5: true });
      await report(["r"], "x.html");
      await exported("s", "root", "s.root");
      for (const format of ["hdf5", "csv", "phoenix"] as const) await exported("s", format, `s.${format}`);
      await exported("r", "csv", "one.csv");
      await exported("r", "csv", "tables");
      await exported("r", "hdf5", "r.hdf5");
    };
    await all();
    const { "run/run.json": info, ...files } = tree();
    expect(info).not.toBe("");
    await all();
    expect(tree()).toMatchObject(files);
    expect(Object.keys(tree()).filter((name) => name.includes("bye-splits."))).toEqual([]);
  });
});

/** Fails when the n-th rename or open of a file of this name comes. */
function failing(on: "rename" | "open", name: RegExp): Effects {
  const fail = (path: string): void => {
    if (name.test(path)) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
  };
  return {
    ...realEffects,
    async rename(from, to) {
      if (on === "rename") fail(to);
      await realEffects.rename(from, to);
    },
    async open(path, kept) {
      if (on === "open") fail(path);
      return realEffects.open(path, kept);
    },
  };
}

describe("one commit:", () => {
  test.each<{ name: string; command: () => Promise<unknown> }>([
    {
      name: "a sample whose ROOT file cannot take its place goes back",
      command: () => simulate("s", { root: "x.root", effects: failing("rename", /x\.root$/) }),
    },
    {
      name: "a new sample whose ROOT file cannot take its place is not there",
      command: () => simulate("new/s", { root: "x.root", effects: failing("rename", /x\.root$/) }),
    },
    {
      name: "of CSV tables all or none",
      command: () => exported("r", "csv", "tables", { effects: failing("open", /fill\.csv$/) }),
    },
  ])("$name", async ({ command }) => {
    const files = tree();
    await expect(command()).rejects.toThrow("no space left on the disk");
    expect(tree()).toEqual(files);
  });

  test("run --hdf5 whose clusters cannot be written leaves the old run", async () => {
    const files = tree();
    const effects: Effects = {
      ...realEffects,
      // The library that writes HDF5 opens files by itself.
      async open(path, kept) {
        const sink = await realEffects.open(path, kept);
        if (path.endsWith("run.json")) mkdirSync(join(path, "../clusters.hdf5"));
        return sink;
      },
    };
    await expect(run("s", "r", { hdf5: true, effects })).rejects.toThrow(/cannot write .*r\/clusters\.hdf5/);
    expect(tree()).toEqual(files);
    await run("s", "r", { hdf5: true });
    const info = JSON.parse(readFileSync(at("r/run.json"), "utf8")) as { files: string[] };
    expect(info.files).toEqual(["clusters.hdf5"]);
    expect(existsSync(at("r/clusters.hdf5"))).toBe(true);
    await run("s", "r");
    expect(existsSync(at("r/clusters.hdf5"))).toBe(false);
  });

  test("a step that is done again and dies between its renames leaves a run without its table", async () => {
    const died = { ...failing("rename", /smooth\.parquet$/), rm: async () => undefined };
    const step = (more: { effects?: Effects; force: boolean }) =>
      runNextStep({ step: "smooth", run: at("r"), sample: at("s"), ...shared, ...more });
    const { tables: before } = JSON.parse(readFileSync(at("r/run.json"), "utf8")) as {
      tables: Record<string, unknown>;
    };
    await expect(step({ force: true, effects: died })).rejects.toThrow("no space left on the disk");
    const { tables } = JSON.parse(readFileSync(at("r/run.json"), "utf8")) as { tables: Record<string, unknown> };
    expect(Object.keys(tables).toSorted()).toEqual(
      Object.keys(before)
        .filter((name) => name !== "smooth")
        .toSorted(),
    );
    await step({ force: false });
    const { tables: after } = JSON.parse(readFileSync(at("r/run.json"), "utf8")) as { tables: Record<string, unknown> };
    expect(after["smooth"]).toEqual(before["smooth"]);
    expect(readdirSync(at("r")).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

test("a step's first folder is never its sample", async () => {
  const first = { ...task, chains: ["default"] as const };
  await expect(
    runFirstStep({ step: "fill", run: at("s"), sample: at("s"), task: first, force: true, ...shared }),
  ).rejects.toThrow(OutputError);
});

describe("places where nothing can be made", () => {
  test.each(["/proc/x", "/proc/x/y/z", "/sys/x/y"])("%s is an error that comes at once", async (path) => {
    await expect(simulateSample({ ...photons, ...shared, out: path })).rejects.toThrow(/^cannot write \/(proc|sys)/);
    expect(existsSync(path)).toBe(false);
  });
});
