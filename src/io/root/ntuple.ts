/** The ntuple of CMSSW as branches of a tree that we write. */
import {
  NTUPLE_EVENT,
  NTUPLE_GROUPS,
  NTUPLE_TRUTH,
  type NtupleChunk,
  type NtupleGroup,
  type NtupleType,
} from "../../events/index.js";
import { type Scalar } from "./scalars.js";
import { type BranchSpec, type WriteColumn } from "./write-branch.js";

/** Where CMSSW's configuration puts it. */
export const NTUPLE_TREE = "l1tHGCalTriggerNtuplizer/HGCalTriggerNtuple";

const TYPES: Readonly<Record<NtupleType, Scalar>> = { int: "int32", float: "float", "unsigned int": "uint32" };
const GROUPS = Object.keys(NTUPLE_GROUPS) as NtupleGroup[];

/** "tc_n": how many there are, as CMSSW has it (generated particles have none). */
function countName(group: NtupleGroup): string | undefined {
  return group === "genpart" ? undefined : `${group}_n`;
}

/**
 * The branches; `numbers`: all run, lumi and event numbers that will come, for those that need more than CMSSW's 32 bits;
 * `truth`: also those of simulated ntuples alone.
 */
export function ntupleBranches(
  numbers: Partial<Record<keyof typeof NTUPLE_EVENT, BigInt64Array>> = {},
  truth = false,
): BranchSpec[] {
  const specs: BranchSpec[] = (Object.keys(NTUPLE_EVENT) as (keyof typeof NTUPLE_EVENT)[]).map((name) => ({
    name,
    type: numbers[name]?.every((number) => BigInt.asIntN(32, number) === number) === false ? "int64" : "int32",
  }));
  for (const group of GROUPS) {
    const count = countName(group);
    if (count !== undefined) specs.push({ name: count, type: "int32" });
    for (const [name, type] of Object.entries<NtupleType>(NTUPLE_GROUPS[group])) {
      specs.push({ name, type: TYPES[type], vector: true });
    }
  }
  if (truth) {
    for (const [name, type] of Object.entries(NTUPLE_TRUTH)) specs.push({ name, type: TYPES[type], vector: true });
  }
  return specs;
}

/** The columns of `ntupleBranches` for some events. */
export function ntupleColumns(chunk: NtupleChunk): Record<string, WriteColumn> {
  const columns: Record<string, WriteColumn> = {};
  for (const name of ["run", "event", "lumi"] as const) columns[name] = { values: chunk[name] };
  for (const group of GROUPS) {
    const { offsets, columns: vectors } = chunk[group];
    const count = countName(group);
    if (count !== undefined) {
      columns[count] = { values: Int32Array.from({ length: chunk.events }, (_, i) => offsets[i + 1] - offsets[i]) };
    }
    for (const name of Object.keys(NTUPLE_GROUPS[group]) as (keyof typeof vectors)[]) {
      columns[name] = { values: vectors[name], offsets };
    }
  }
  const { truth, tc } = chunk;
  if (truth !== undefined) {
    for (const name of Object.keys(NTUPLE_TRUTH) as (keyof typeof NTUPLE_TRUTH)[]) {
      columns[name] = { values: truth[name], offsets: tc.offsets };
    }
  }
  return columns;
}
