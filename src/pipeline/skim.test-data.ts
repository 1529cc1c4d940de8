/** Skims of a test file, and small ntuples for them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { DEFAULT_SKIM, NTUPLE_GROUPS, type NtupleType } from "../events/index.js";
import { NTUPLE_TREE, type WriteColumn, ntupleBranches } from "../io/index.js";
import { writeRootTree } from "../io/node/index.js";
import { type SkimJob, type SkimReport, skimFiles } from "./skim.js";

/** Of ../shared, where it is. */
export const shared = process.env["BYE_SPLITS_SHARED"] ?? join(import.meta.dirname, "../../../shared");

/** A folder for the tests of a file. */
export let folder = "";
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-skim-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

export function skim(inputs: readonly string[], options: Partial<SkimJob> = {}): Promise<SkimReport> {
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
export async function writeNtuple(
  name: string,
  events: readonly (number | bigint)[],
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
  const tree = {
    tree: NTUPLE_TREE,
    title: "",
    branches: ntupleBranches({ event: BigInt64Array.from(events, BigInt) }),
  };
  await writeRootTree(path, {}, tree, (writer) => writer.fill(n, { ...columns, ...changes }));
  return path;
}
