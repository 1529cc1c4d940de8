import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_SKIM, NTUPLE_GROUPS, type NtupleType } from "../events/index.js";
import { NTUPLE_TREE, type WriteColumn, ntupleBranches } from "../io/index.js";
import { writeRootTree } from "../io/node/index.js";
import { simulateSample } from "./simulate.js";
import { type SkimJob, type SkimProgress, type SkimReport, skimFiles } from "./skim.js";

const shared = process.env["BYE_SPLITS_SHARED"] ?? join(import.meta.dirname, "../../../shared");
const realNtuple = join(shared, "data/root/HGCalTriggerNtuple_pu200_5events.root");

let folder = "";
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-skim-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function skim(inputs: readonly string[], options: Partial<SkimJob> = {}): Promise<SkimReport> {
  return skimFiles({
    ...DEFAULT_SKIM,
    inputs,
    events: -1,
    workers: 1,
    allowDuplicates: false,
    checkGeometry: false,
    out: join(folder, `sample${count++}`),
    force: false,
    version: "0.0.0",
    signal: new AbortController().signal,
    ...options,
  });
}

/** Writes an ntuple in which every event has one particle, one cluster and the given cells, all with good values. */
async function writeNtuple(
  name: string,
  events: readonly number[],
  changes: Record<string, WriteColumn> = {},
): Promise<string> {
  const path = join(folder, name);
  const n = events.length;
  const offsets = Int32Array.from({ length: n + 1 }, (_, i) => i);
  const ones: WriteColumn = { values: new Int32Array(n).fill(1) };
  const columns: Record<string, WriteColumn> = {
    run: ones,
    lumi: ones,
    event: { values: events },
    cl3d_n: ones,
    tc_n: ones,
  };
  for (const group of Object.values<Record<string, NtupleType>>(NTUPLE_GROUPS)) {
    for (const branch of Object.keys(group)) columns[branch] = { values: new Int32Array(n).fill(1), offsets };
  }
  columns["genpart_pid"] = { values: new Int32Array(n).fill(22), offsets };
  columns["genpart_reachedEE"] = { values: new Int32Array(n).fill(2), offsets };
  const tree = { tree: NTUPLE_TREE, title: "", branches: ntupleBranches() };
  await writeRootTree(path, {}, tree, (writer) => writer.fill(n, { ...columns, ...changes }));
  return path;
}

describe.each(["positive", "both"] as const)("endcap %s", (endcap) => {
  test("the skim of a simulated ntuple is the simulated sample, byte by byte", async () => {
    const root = join(folder, `${endcap}.root`);
    const out = join(folder, `simulated-${endcap}`);
    const signal = new AbortController().signal;
    const job = { particles: "photons", pileup: 0, events: 7, seed: 5, endcap, out, root } as const;
    const simulated = await simulateSample({ ...job, force: false, version: "0.0.0", signal });
    const skimmed = await skim([root], { endcap, checkGeometry: true });
    expect(skimmed.cutFlow).toEqual(simulated.cutFlow);
    expect(skimmed.cutFlow.entries).toBeGreaterThan(endcap === "both" ? 8 : 4);
    for (const table of ["entries", "gen", "cl3d", "tc"]) {
      const [ours, theirs] = await Promise.all(
        [out, skimmed.out].map((path) => readFile(join(path, `${table}.parquet`))),
      );
      expect([table, ours.equals(theirs)]).toEqual([table, true]);
    }
  });
});

test("several files, a number of events, events and bytes as progress", async () => {
  const paths = [await writeNtuple("first.root", [1, 2, 3]), await writeNtuple("second.root", [4, 5])];
  const progress: SkimProgress[] = [];
  expect((await skim(paths, { events: 4 })).cutFlow).toMatchObject({ events: 4, entries: 4, tcsKept: 4 });
  await skim(paths, { onProgress: (made) => progress.push(made) });
  const last = progress.at(-1);
  expect(last?.events).toBe(5);
  expect(last?.bytes).toBe(last?.totalBytes);
});

describe("errors name the file", () => {
  test("an event that is in two files", async () => {
    const paths = [await writeNtuple("a.root", [1, 2]), await writeNtuple("b.root", [3, 2])];
    await expect(skim(paths)).rejects.toThrow(
      `run 1, lumi 1, event 2 occurs twice, in ${paths[0]} and in ${paths[1]}; use --allow-duplicates to keep both`,
    );
    expect((await skim(paths, { allowDuplicates: true })).cutFlow.entries).toBe(4);
  });

  test("a value that is not a number", async () => {
    const offsets = Int32Array.of(0, 1, 2);
    const path = await writeNtuple("nan.root", [1, 2], { tc_x: { values: [1, Number.NaN], offsets } });
    await expect(skim([path])).rejects.toThrow(
      `${path}: event 2 (run 1): tc_x[0] is NaN; use --skip-bad-events to leave such events out`,
    );
    expect((await skim([path], { skipBadEvents: true })).cutFlow).toMatchObject({ badEvents: 1, entries: 1 });
  });

  test("vectors of different lengths", async () => {
    const path = await writeNtuple("lengths.root", [1], { tc_y: { values: [1, 2], offsets: Int32Array.of(0, 2) } });
    await expect(skim([path])).rejects.toThrow(
      `${path}: tree "${NTUPLE_TREE}": the branches "tc_subdet" and "tc_y" have different numbers of values in an event`,
    );
  });

  test("a tree that is not there", async () => {
    const path = await writeNtuple("tree.root", [1]);
    await expect(skim([path], { tree: "x/y" })).rejects.toThrow(
      `tree not found: "x/y" in ${path}, which has the tree "${NTUPLE_TREE}"`,
    );
  });

  test.skipIf(!existsSync(realNtuple))("no trigger cells [needs shared data]", async () => {
    await expect(skim([realNtuple])).rejects.toThrow(
      /HGCalTriggerNtuple" lacks tc_subdet, tc_zside, .*; it has no tc_\* branch at all$/,
    );
  });
});
