/** Reads CMSSW's ntuple: finds its tree, and its branches as columns by group. */
import { exactIntegers, InputError, type RawNumbers } from "../../core/index.js";
import {
  type IdColumn,
  NTUPLE_EVENT,
  NTUPLE_GROUPS,
  NTUPLE_TRUTH,
  type NtupleChunk,
  ntupleColumn,
  type NtupleGroup,
  type NtupleTruth,
  type NtupleType,
} from "../../events/index.js";
import { type RootFile, rntupleNote } from "./file.js";
import { planChunks } from "./plan.js";
import { checkShape, numbersOf, placeOf } from "./numbers.js";
import { createReader, iterateBranches, readBranches, type RootChunk } from "./read.js";
import { findBranch, nameOf, type RootTree } from "./tree.js";

const VECTORS: Readonly<Record<string, NtupleType>> = Object.assign({}, ...Object.values(NTUPLE_GROUPS), NTUPLE_TRUTH);
const BRANCHES: readonly string[] = [
  ...Object.keys(NTUPLE_EVENT),
  ...Object.values(NTUPLE_GROUPS).flatMap((group) => Object.keys(group)),
];

/** Of clusters that the sample does without: 0 where an ntuple lacks it. */
const OPTIONAL = "tc_multicluster_id";

const TRUTH_BRANCHES: readonly string[] = Object.keys(NTUPLE_TRUTH);

/** The tree of that path, or the only one that has all branches. InputError when one of them holds no flat numbers. */
export async function findNtuple(file: RootFile, path: string | undefined): Promise<RootTree> {
  const tree = await chooseTree(file, path);
  for (const name of branchesOf(tree)) checkShape(tree, name, [name in VECTORS ? "vector" : "number"]);
  return tree;
}

async function chooseTree(file: RootFile, path: string | undefined): Promise<RootTree> {
  const { name } = file.source;
  if (path !== undefined) {
    const tree = await file.tree(path);
    const missing = missingBranches(tree);
    if (missing.length > 0) throw new InputError(`${name}: tree "${path}" lacks ${describeMissing(tree, missing)}`);
    return tree;
  }
  if (file.trees.length === 0) throw new InputError(`${name}: there is no tree in this file${rntupleNote(file)}`);
  const { trees, matching } = await ntuplesOf(file);
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

/** All trees of a file, and those that have all branches. */
async function ntuplesOf(file: RootFile): Promise<{ readonly trees: RootTree[]; readonly matching: RootTree[] }> {
  const trees = await Promise.all(file.trees.map((each) => file.tree(each)));
  return { trees, matching: trees.filter((tree) => missingBranches(tree).length === 0) };
}

/** The paths of the trees that `findNtuple` could mean. */
export async function ntuplePaths(file: RootFile): Promise<string[]> {
  return (await ntuplesOf(file)).matching.map(({ path }) => path);
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
  const truth = TRUTH_BRANCHES.every((name) => hasBranch(tree, name)) ? TRUTH_BRANCHES : [];
  return [...BRANCHES.filter((name) => name !== OPTIONAL || hasBranch(tree, name)), ...truth];
}

/** The events of an ntuple, a chunk at a time, valid until the next one is asked for; `end`: after its last one. */
export async function* iterateNtuple(
  tree: RootTree,
  options: Parameters<typeof iterateBranches>[2] = {},
): AsyncGenerator<{ readonly ntuple: NtupleChunk; readonly end: number }, void, undefined> {
  for await (const chunk of iterateBranches(tree, branchesOf(tree), options)) {
    yield { ntuple: toNtuple(chunk, tree), end: chunk.end };
  }
}

/** Reads events [start, end) of an ntuple: valid until the next ones are asked for, which are in their memory. */
export function createNtupleReader(tree: RootTree): (start: number, end: number) => Promise<NtupleChunk> {
  const read = createReader(tree, branchesOf(tree));
  return async (start, end) => toNtuple(await read({ start, end }), tree);
}

/** The first `events` events in steps of about `chunkBytes` uncompressed bytes of what the skim reads. */
export function ntupleSteps(tree: RootTree, events: number, chunkBytes: number): { start: number; end: number }[] {
  const branches = branchesOf(tree).map((name) => findBranch(tree, name));
  return planChunks(branches, 0, events, chunkBytes).map(({ start, end }) => ({ start, end }));
}

/** Whole branches by name, as `iterateNtuple` gives them. */
export async function readNtupleColumns(
  tree: RootTree,
  names: readonly string[],
): Promise<Record<string, NtupleBranch>> {
  const chunk = await readBranches(tree, names);
  return Object.fromEntries(names.map((name) => [name, toColumn(chunk, tree, name)]));
}

/** One number an event, or with offsets a vector of them. */
export interface NtupleBranch {
  readonly values: RawNumbers | IdColumn;
  readonly offsets?: Int32Array | undefined;
}

function toColumn(chunk: RootChunk, tree: RootTree, name: string): NtupleBranch {
  const column = chunk.columns[name];
  const place = placeOf(tree, name, column, chunk.start);
  if (!(name in VECTORS)) return { values: exactIntegers(numbersOf(column), place) };
  return { values: ntupleColumn(VECTORS[name], numbersOf(column), place), offsets: column.offsets };
}

/** The columns of a chunk by group. InputError when the vectors of a group differ in length. */
function toNtuple(chunk: RootChunk, tree: RootTree): NtupleChunk {
  const vectors = (
    group: NtupleGroup,
    names: readonly string[] = Object.keys(NTUPLE_GROUPS[group]),
  ): { offsets: Int32Array; columns: Record<string, IdColumn> } => {
    const offsets = chunk.columns[names[0]].offsets ?? new Int32Array(1);
    const columns: Record<string, IdColumn> = {};
    for (const name of names) {
      if (chunk.columns[name] === undefined) {
        columns[name] = new Uint32Array(offsets[offsets.length - 1]);
        continue;
      }
      const column = toColumn(chunk, tree, name);
      if (column.offsets === undefined || !equal(column.offsets, offsets)) {
        throw new InputError(
          `${nameOf(tree)}: the branches "${names[0]}" and "${name}" have different numbers of values in an event`,
        );
      }
      columns[name] = column.values as IdColumn;
    }
    return { offsets, columns };
  };
  return {
    events: chunk.end - chunk.start,
    run: toColumn(chunk, tree, "run").values,
    event: toColumn(chunk, tree, "event").values,
    lumi: toColumn(chunk, tree, "lumi").values,
    genpart: vectors("genpart") as NtupleChunk["genpart"],
    cl3d: vectors("cl3d") as NtupleChunk["cl3d"],
    tc: vectors("tc") as NtupleChunk["tc"],
    ...(TRUTH_BRANCHES.every((name) => name in chunk.columns)
      ? { truth: vectors("tc", ["tc_layer", ...TRUTH_BRANCHES]).columns as unknown as NtupleTruth }
      : {}),
  };
}

function equal(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
