/** Which tree of a file is an ntuple, and its branches by group. */
import { expect, test } from "vitest";
import { NTUPLE_EVENT, NTUPLE_GROUPS, NTUPLE_TRUTH } from "../../events/index.js";
import { PLAIN_CODECS } from "./codecs.test-data.js";
import { memorySource } from "../source.js";
import { openRootFile } from "./file.js";
import { createNtupleReader, findNtuple, ntuplePaths, ntupleSteps, readNtupleColumns } from "./ntuple-read.js";
import { type BranchSpec, type WriteColumn } from "./write-branch.js";
import { RootTreeWriter } from "./write-tree.js";

const SCALARS = { int: "int32", float: "float", "unsigned int": "uint32" } as const;
const GROUPS = { ...NTUPLE_GROUPS, truth: NTUPLE_TRUTH };
const ALL: readonly BranchSpec[] = [
  ...Object.keys(NTUPLE_EVENT).map((name): BranchSpec => ({ name, type: "int32" })),
  ...Object.values(GROUPS).flatMap((group) =>
    Object.entries(group).map(([name, type]): BranchSpec => ({ name, type: SCALARS[type], vector: true })),
  ),
];
const COUNTS = { genpart: 1, cl3d: 2, tc: 3, truth: 3 };
const EVENTS = 4;

/** The values of a branch: event i has 1, 2 or 3 of them by group, which count on. */
function columnOf({ name, vector }: BranchSpec): WriteColumn {
  if (vector !== true) return { values: Array.from({ length: EVENTS }, (_, i) => 10 + i) };
  const group = Object.keys(GROUPS).find((each) => name in GROUPS[each as keyof typeof GROUPS]) as keyof typeof COUNTS;
  const n = COUNTS[group];
  return { values: Array.from({ length: n * EVENTS }, (_, k) => k), offsets: Array.from({ length: EVENTS + 1 }, (_, i) => n * i) }; // prettier-ignore
}

/** A file with one tree of these branches. */
async function fileOf(branches: readonly BranchSpec[], of = columnOf) {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const writer = await RootTreeWriter.create(sink, { fileName: "n.root", tree: "dir/ntuple", title: "", branches });
  await writer.fill(EVENTS, Object.fromEntries(branches.map((branch) => [branch.name, of(branch)])));
  const head = await writer.finish(() => new Uint8Array(16));
  const bytes = new Uint8Array(Buffer.concat(pieces));
  bytes.set(head);
  return openRootFile(memorySource("n.root", bytes), PLAIN_CODECS);
}
const without = (...names: string[]): BranchSpec[] => ALL.filter(({ name }) => !names.includes(name));

test("a tree with all branches is found with its path and without; one branch less is an error that names it", async () => {
  const file = await fileOf(ALL);
  expect((await findNtuple(file, undefined)).path).toBe("dir/ntuple");
  expect((await findNtuple(file, "dir/ntuple")).path).toBe("dir/ntuple");
  expect(await ntuplePaths(file)).toEqual(["dir/ntuple"]);
  const less = await fileOf(without("tc_mipPt"));
  expect(await ntuplePaths(less)).toEqual([]);
  await expect(findNtuple(less, "dir/ntuple")).rejects.toThrow('n.root: tree "dir/ntuple" lacks tc_mipPt');
  await expect(findNtuple(less, undefined)).rejects.toThrow('n.root: no tree has all the branches that the skim needs; "dir/ntuple" lacks tc_mipPt'); // prettier-ignore
  const clusters = Object.keys(NTUPLE_GROUPS.cl3d);
  await expect(findNtuple(await fileOf(without(...clusters)), "dir/ntuple")).rejects.toThrow(`lacks ${clusters.join(", ")}; it has no cl3d_* branch at all`); // prettier-ignore
});

test("events by group, with the truth where both of its branches are there; ids that are missing are 0", async () => {
  const read = async (branches: readonly BranchSpec[], start: number, end: number) =>
    createNtupleReader(await findNtuple(await fileOf(branches), undefined))(start, end);
  const chunk = await read(ALL, 1, 3);
  expect([chunk.events, ...[chunk.run, chunk.event, chunk.lumi].map((each) => Array.from(each))]).toEqual([
    2,
    [11, 12],
    [11, 12],
    [11, 12],
  ]);
  for (const group of ["genpart", "cl3d", "tc"] as const) {
    const n = COUNTS[group];
    expect([group, ...chunk[group].offsets]).toEqual([group, 0, n, 2 * n]);
    const want = Array.from({ length: 2 * n }, (_, k) => n + k);
    for (const [name, column] of Object.entries(chunk[group].columns)) expect([name, ...Array.from(column as Float32Array, Number)]).toEqual([name, ...want]); // prettier-ignore
  }
  expect([...(chunk.truth?.tc_signal ?? [])]).toEqual([3, 4, 5, 6, 7, 8]);
  const plain = await read(without("tc_particle", "tc_multicluster_id"), 0, 2);
  expect(plain.truth).toBe(undefined);
  expect([...plain.tc.columns.tc_multicluster_id]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("vectors of a group of different lengths are an error, vectors where numbers are expected too", async () => {
  const longer = (branch: BranchSpec): WriteColumn =>
    branch.name === "tc_x" ? columnOf({ ...branch, name: "cl3d_pt" }) : columnOf(branch);
  const tree = await findNtuple(await fileOf(ALL, longer), undefined);
  await expect(createNtupleReader(tree)(0, 4)).rejects.toThrow(/the branches "tc_\w+" and "tc_x" have different numbers of values in an event/); // prettier-ignore
  const wrong = ALL.map((spec): BranchSpec => (spec.name === "lumi" ? { ...spec, vector: true } : spec));
  const ofLumi = (branch: BranchSpec): WriteColumn => columnOf(branch.name === "lumi" ? { ...branch, name: "tc_x" } : branch); // prettier-ignore
  await expect(findNtuple(await fileOf(wrong, ofLumi), undefined)).rejects.toThrow("lumi");
});

test("columns alone, and steps of a few bytes", async () => {
  const tree = await findNtuple(await fileOf(ALL), undefined);
  const { event, cl3d_pt } = await readNtupleColumns(tree, ["event", "cl3d_pt"]);
  expect([Array.from(event.values), event.offsets]).toEqual([[10, 11, 12, 13], undefined]);
  expect([Array.from(cl3d_pt.values), [...(cl3d_pt.offsets ?? [])]]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7], [0, 2, 4, 6, 8]]); // prettier-ignore
  expect(ntupleSteps(tree, 3, 1)).toEqual([0, 1, 2].map((start) => ({ start, end: start + 1 })));
  expect(ntupleSteps(tree, 4, 1e9)).toEqual([{ start: 0, end: 4 }]);
});
