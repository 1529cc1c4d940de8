/** Skims of a test file, and small ntuples for them. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Random } from "../core/index.js";
import { DEFAULT_SKIM, NTUPLE_GROUPS, type NtupleGroup, type NtupleType } from "../events/index.js";
import { type BranchSpec, NTUPLE_TREE, type Scalar, type WriteColumn, ntupleBranches } from "../io/index.js";
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
  types: Record<string, Scalar> = {},
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
  const numbers = { event: BigInt64Array.from(events, BigInt) };
  const branches = ntupleBranches(numbers).map((spec) => ({ ...spec, type: types[spec.name] ?? spec.type }));
  const tree = { tree: NTUPLE_TREE, title: "", branches };
  await writeRootTree(path, {}, tree, (writer) => writer.fill(n, { ...columns, ...changes }));
  return path;
}

/** Every number type of a branch. */
export const TYPES = [
  ...["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float", "double"],
] as readonly Scalar[];

/** Which events the vectors of a group belong to. */
const OFFSETS: Readonly<Record<NtupleGroup, readonly number[]>> = {
  genpart: [0, 1, 2, 3],
  cl3d: [0, 2, 3, 4],
  tc: [0, 3, 3, 5],
};
/** Branches with a sign that the cuts do not look at. */
const SIGNED = ["genpart_pid", "genpart_exphi", "cl3d_phi", "tc_waferu", "tc_cellv", "tc_x", "tc_y"];
const ONES = ["genpart_gen", "genpart_reachedEE", "tc_zside"];

/**
 * Three events, all of which the cuts keep, whose numbers fit into a type: branches of that type as vectors or counted
 * arrays, or "plain": the same numbers in branches as CMSSW has them.
 */
export function typedColumns(
  type: Scalar,
  kind: "vector" | "counted" | "plain",
): { branches: BranchSpec[]; columns: Record<string, WriteColumn> } {
  const sign = /^(int|float|double)/.test(type) ? -1 : 1;
  const limit = type === "bool" ? 1 : 100;
  const branches: BranchSpec[] = [];
  const columns: Record<string, WriteColumn> = {};
  for (const spec of ntupleBranches()) {
    const group = spec.name.split("_", 1)[0] as NtupleGroup;
    const offsets = OFFSETS[group];
    if (kind === "counted" && spec.vector === true && columns[`n_${group}`] === undefined) {
      branches.push({ name: `n_${group}`, type: "int32" });
      columns[`n_${group}`] = { values: [0, 1, 2].map((i) => offsets[i + 1] - offsets[i]) };
    }
    const isCount = spec.name.endsWith("_n");
    const { name } = spec;
    const jagged = kind === "counted" ? { counter: `n_${group}` } : { vector: true as const };
    if (kind === "plain" || isCount) branches.push(spec);
    else branches.push({ name, type: type, ...(spec.vector === true && jagged) });
    const factor = SIGNED.includes(name) ? sign : 1;
    const value = (i: number): number => (ONES.includes(name) ? 1 : factor * Math.min(limit, i + 1));
    const length = spec.vector === true ? offsets[3] : 3;
    const values = Array.from({ length }, (_, i) => (isCount ? offsets[i + 1] - offsets[i] : value(i)));
    columns[name] = spec.vector === true ? { values, offsets } : { values };
  }
  return { branches, columns };
}

export async function writeTyped(name: string, type: Scalar, kind: "vector" | "counted" | "plain"): Promise<string> {
  const path = join(folder, name);
  const { branches, columns } = typedColumns(type, kind);
  await writeRootTree(path, {}, { tree: NTUPLE_TREE, title: "", branches }, (writer) => writer.fill(3, columns));
  return path;
}

/** The tables of a sample, byte by byte. */
export async function tablesOf(out: string): Promise<string[]> {
  return Promise.all(["entries", "gen", "cl3d", "tc"].map((name) => readFile(join(out, `${name}.parquet`), "base64")));
}

interface Resumed {
  readonly resumed: number;
  readonly notices: readonly string[];
  /** Whether the sample is that of a skim that was not killed. */
  readonly same: boolean;
}

/**
 * Kills a skim of three files behind its second one, flips a bit of what it left, or cuts one of its files, and starts it
 * again: `n` times. `whole`: without any damage.
 */
export async function flipsOfLeftovers(
  name: string,
  random: Random,
  n: number,
  events = 9,
): Promise<{ whole: Resumed; outcomes: (Resumed & { readonly what: string })[] }> {
  const files = [0, 1, 2].map((i) => `${name}-${i}.root`);
  const paths = await Promise.all(files.map((file, i) => writeNtuple(file, [10 * i + 1, 10 * i + 2, 10 * i + 3])));
  const want = await tablesOf((await skim(paths, { events })).out);
  const out = join(folder, `${name}-sample`);
  const left = join(folder, `${name}-left`);
  const job = { out, workers: 1, skipBadEvents: true, events };
  await skim(paths, {
    ...job,
    onProgress({ events: read }) {
      if (read < events) return;
      const temporary = readdirSync(folder).find((each) => each.startsWith(`.${name}-sample.`)) ?? "";
      cpSync(join(folder, temporary), left, { recursive: true });
      throw new Error("killed");
    },
  }).catch(() => undefined);
  // No process has this number.
  const leftover = join(folder, `.${name}-sample.bye-splits.${hostname()}.2147483647.0.tmp`);
  const again = async (damage: (folder: string) => void): Promise<Resumed> => {
    cpSync(left, leftover, { recursive: true });
    damage(leftover);
    const notices: string[] = [];
    const { resumed } = await skim(paths, { ...job, onNotice: (line) => notices.push(line) });
    const same = JSON.stringify(await tablesOf(out)) === JSON.stringify(want);
    const beside = readdirSync(folder).some((each) => each.startsWith(`.${name}-sample.`));
    await rm(out, { recursive: true });
    return { resumed, notices, same: same && !beside };
  };
  const whole = await again(() => {});
  const outcomes: (Resumed & { readonly what: string })[] = [];
  const targets = readdirSync(left);
  for (let i = 0; i < n; i++) {
    // The checkpoint itself every other time.
    const target = i % 2 === 0 ? "checkpoint" : targets[random.uint32() % targets.length];
    const bytes = readFileSync(join(left, target));
    const at = random.uint32() % Math.max(1, bytes.length);
    const cut = i % 5 === 4;
    const what = cut ? `${target} cut at byte ${at}` : `a bit of byte ${at} of ${target}`;
    if (!cut && bytes.length > 0) bytes[at] ^= 1 << (random.uint32() % 8);
    const damaged = cut ? bytes.subarray(0, at) : bytes;
    outcomes.push({ what, ...(await again((place) => writeFileSync(join(place, target), damaged))) });
  }
  return { whole, outcomes };
}
