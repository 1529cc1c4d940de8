/** Reads CMSSW's ntuple: finds its tree, and its branches as columns by group. */
import { InputError } from "../../core/index.js";
import {
  NTUPLE_EVENT,
  NTUPLE_GROUPS,
  type NtupleChunk,
  type NtupleColumn,
  type NtupleGroup,
} from "../../events/index.js";
import { type RootColumn } from "./column.js";
import { type RootFile, rntupleNote } from "./file.js";
import { planChunks } from "./plan.js";
import { createReader, iterateBranches, type RootChunk } from "./read.js";
import { findBranch, nameOf, type RootTree } from "./tree.js";

const BRANCHES: readonly string[] = [
  ...Object.keys(NTUPLE_EVENT),
  ...Object.values(NTUPLE_GROUPS).flatMap((group) => Object.keys(group)),
];

/** Of clusters that the sample does without: 0 where an ntuple lacks it. */
const OPTIONAL = "tc_multicluster_id";

/** The tree of that path, or the only one that has all branches. */
export async function findNtuple(file: RootFile, path: string | undefined): Promise<RootTree> {
  const { name } = file.source;
  if (path !== undefined) {
    const tree = await file.tree(path);
    const missing = missingBranches(tree);
    if (missing.length > 0) throw new InputError(`${name}: tree "${path}" lacks ${describeMissing(tree, missing)}`);
    return tree;
  }
  if (file.trees.length === 0) throw new InputError(`${name}: there is no tree in this file${rntupleNote(file)}`);
  const trees = await Promise.all(file.trees.map((each) => file.tree(each)));
  const matching = trees.filter((tree) => missingBranches(tree).length === 0);
  if (matching.length === 1) return matching[0];
  if (matching.length > 1) {
    throw new InputError(
      `${name}: ${matching.length} trees have the branches of the skim: choose one with --tree: ${matching.map((tree) => tree.path).join(", ")}`,
    );
  }
  const nearest = trees.toSorted((a, b) => missingBranches(a).length - missingBranches(b).length)[0];
  throw new InputError(
    `${name}: no tree has all the branches that the skim needs; "${nearest.path}" lacks ${describeMissing(nearest, missingBranches(nearest))}${rntupleNote(file)}`,
  );
}

function missingBranches(tree: RootTree): string[] {
  return BRANCHES.filter((name) => name !== OPTIONAL && !hasBranch(tree, name));
}

function hasBranch(tree: RootTree, name: string): boolean {
  return tree.branches.some((branch) => branch.name === name);
}

/** "tc_x, tc_y; it has no tc_* branch at all". */
function describeMissing(tree: RootTree, missing: readonly string[]): string {
  const absent = Object.keys(NTUPLE_GROUPS).filter(
    (group) => !tree.branches.some((branch) => branch.name.startsWith(`${group}_`)),
  );
  return (
    missing.join(", ") +
    (absent.length === 0 ? "" : `; it has no ${absent.map((group) => `${group}_*`).join(", no ")} branch at all`)
  );
}

function branchesOf(tree: RootTree): string[] {
  return BRANCHES.filter((name) => name !== OPTIONAL || hasBranch(tree, name));
}

/** The events of an ntuple, a chunk at a time, valid until the next one is asked for; `end`: after its last one. */
export async function* iterateNtuple(
  tree: RootTree,
  options: Parameters<typeof iterateBranches>[2] = {},
): AsyncGenerator<{ readonly ntuple: NtupleChunk; readonly end: number }, void, undefined> {
  for await (const chunk of iterateBranches(tree, branchesOf(tree), options)) {
    yield { ntuple: toNtuple(chunk, nameOf(tree)), end: chunk.end };
  }
}

/** Reads events [start, end) of an ntuple: valid until the next ones are asked for, which are in their memory. */
export function createNtupleReader(tree: RootTree): (start: number, end: number) => Promise<NtupleChunk> {
  const read = createReader(tree, branchesOf(tree));
  return async (start, end) => toNtuple(await read({ start, end }), nameOf(tree));
}

/** The first `events` events in steps of about `chunkBytes` uncompressed bytes of what the skim reads. */
export function ntupleSteps(tree: RootTree, events: number, chunkBytes: number): { start: number; end: number }[] {
  const branches = branchesOf(tree).map((name) => findBranch(tree, name));
  return planChunks(branches, 0, events, chunkBytes).map(({ start, end }) => ({ start, end }));
}

/** The columns of a chunk by group. InputError when the vectors of a group differ in length. */
function toNtuple(chunk: RootChunk, where: string): NtupleChunk {
  const scalar = (name: string): NtupleChunk["run"] => chunk.columns[name].values as ArrayLike<number | bigint>;
  const vectors = (group: NtupleGroup): { offsets: Int32Array; columns: Record<string, NtupleColumn> } => {
    const names = Object.keys(NTUPLE_GROUPS[group]);
    const { offsets } = chunk.columns[names[0]];
    if (offsets === undefined)
      throw new InputError(`${where}: branch "${names[0]}" has one value an event, expected a vector`);
    const columns: Record<string, NtupleColumn> = {};
    for (const name of names) {
      const column: RootColumn | undefined = chunk.columns[name];
      if (column === undefined) {
        columns[name] = new Uint32Array(offsets[offsets.length - 1]);
        continue;
      }
      if (column.offsets === undefined || !equal(column.offsets, offsets)) {
        throw new InputError(
          `${where}: the branches "${names[0]}" and "${name}" have different numbers of values in an event`,
        );
      }
      columns[name] = column.values as NtupleColumn;
    }
    return { offsets, columns };
  };
  return {
    events: chunk.end - chunk.start,
    run: scalar("run"),
    event: scalar("event"),
    lumi: scalar("lumi"),
    genpart: vectors("genpart") as NtupleChunk["genpart"],
    cl3d: vectors("cl3d") as NtupleChunk["cl3d"],
    tc: vectors("tc") as NtupleChunk["tc"],
  };
}

function equal(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
