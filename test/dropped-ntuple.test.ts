/** An ntuple that is dropped on the page: which events of which endcaps it shows. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { NTUPLE_GROUPS, type NtupleType } from "../src/events/index.js";
import { NTUPLE_TREE, ntupleBranches, type WriteColumn } from "../src/io/index.js";
import { writeRootTree } from "../src/io/node/index.js";
import { openNtuple } from "../src/web/data/ntuple.js";

const folder = mkdtempSync(join(tmpdir(), "bye-splits-ntuple-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Particle {
  readonly pid: number;
  readonly eta: number;
  readonly gen?: number;
  readonly reached?: number;
}

/** A cluster of CMSSW. */
interface Cluster {
  readonly pt: number;
  readonly eta: number;
}

/** Events of these particles, with one cell each; event i has number 100 + i. */
async function fileOf(
  events: readonly (readonly Particle[])[],
  clusters: readonly (readonly Cluster[])[] = events.map(() => []),
): Promise<File> {
  const n = events.length;
  const all = events.flat();
  let end = 0;
  const genOffsets = Int32Array.from([0, ...events.map((event) => (end += event.length))]);
  const one = Int32Array.from({ length: n + 1 }, (_, i) => i);
  let last = 0;
  const cl3dOffsets = Int32Array.from([0, ...clusters.map((each) => (last += each.length))]);
  const columns: Record<string, WriteColumn> = {
    ...{ run: { values: new Int32Array(n).fill(1) }, lumi: { values: new Int32Array(n).fill(1) } },
    event: { values: Int32Array.from(events, (_, i) => 100 + i) },
    ...{
      cl3d_n: { values: Int32Array.from(clusters, ({ length }) => length) },
      tc_n: { values: new Int32Array(n).fill(1) },
    },
  };
  for (const [group, branches] of Object.entries<Record<string, NtupleType>>(NTUPLE_GROUPS)) {
    const [offsets, rows] =
      group === "tc" ? [one, n] : group === "cl3d" ? [cl3dOffsets, last] : [genOffsets, all.length];
    for (const name of Object.keys(branches)) columns[name] = { values: new Int32Array(rows).fill(1), offsets };
  }
  const gen = (name: string, of: (particle: Particle) => number): void => {
    columns[`genpart_${name}`] = { values: Float64Array.from(all, of), offsets: genOffsets };
  };
  gen("pid", ({ pid }) => pid);
  gen("exeta", ({ eta }) => eta);
  gen("eta", ({ eta }) => eta);
  gen("gen", ({ gen: own = 1 }) => own);
  gen("reachedEE", ({ reached = 2 }) => reached);
  for (const name of ["pt", "eta"] as const)
    columns[`cl3d_${name}`] = {
      values: Float64Array.from(clusters.flat(), (each) => each[name]),
      offsets: cl3dOffsets,
    };
  const path = join(folder, "a.root");
  const tree = { tree: NTUPLE_TREE, title: "", branches: ntupleBranches() };
  await writeRootTree(path, { force: true }, tree, (writer) => writer.fill(n, columns));
  return new File([readFileSync(path)], "a.root");
}
const shown = async (events: readonly (readonly Particle[])[]) => {
  const source = await openNtuple(await fileOf(events));
  const { event, zside } = source.info;
  return { source, rows: Array.from(event, (number, row) => `${number}${zside[row] > 0 ? "+" : "-"}`).join(" ") };
};

test("entries are endcaps with a particle of the first kind that reaches them; the skim's cuts hold", async () => {
  const photon = { pid: 22, eta: 2 };
  const { source, rows } = await shown([
    [{ pid: 13, eta: 2 }, photon],
    [{ ...photon, eta: -2 }, photon],
    [{ pid: 211, eta: 2 }],
    [{ ...photon, reached: 1 }],
    [
      { ...photon, gen: -1 },
      { ...photon, eta: -2.5 },
    ],
    [],
  ]);
  expect(rows).toBe("100+ 101+ 101- 104-");
  expect(source.kind).toEqual({ particles: "photons" });
  expect(source.info.description).toContain("ROOT ntuple: photons");
  expect(Array.from(source.batchFirst)).toEqual([0, 4]);
  const { batch, i } = await source.read(2);
  expect([batch.entries.columns.event[i], batch.entries.columns.zside[i]]).toEqual([101n, -1]);
  expect((await source.readBatch(0)).entries.rows).toBeGreaterThanOrEqual(4);
});

test("events without a cluster of CMSSW are shown too: each endcap of an event has one more, without energy", async () => {
  const photon = { pid: 22, eta: 2 };
  const clusters = [[{ pt: 7, eta: 2.5 }, { pt: 8, eta: -2.5 }], [], [{ pt: 9, eta: 2.25 }]]; // prettier-ignore
  const source = await openNtuple(await fileOf([[photon], [photon, { ...photon, eta: -2 }], [photon]], clusters));
  const { entries, cl3d } = await source.readBatch(0);
  const { cl3d_first, cl3d_rows, zside, event } = entries.columns;
  const { cl3d_pt, cl3d_eta, cl3d_en, cl3d_phi } = cl3d.columns;
  const found = Array.from(event, (number, i) => {
    const rows = Array.from({ length: cl3d_rows[i] }, (_, k) => cl3d_first[i] + k);
    return [Number(number), zside[i], ...rows.map((c) => [cl3d_pt[c], cl3d_eta[c], cl3d_en[c], cl3d_phi[c]])];
  });
  const plus = [0, 2, 0, 0];
  expect(found).toEqual([[100, 1, [7, 2.5, 1, 1], plus], [101, 1, plus], [101, -1, [0, -2, 0, 0]], [102, 1, [9, 2.25, 1, 1], plus]]); // prettier-ignore
});

test("antiparticles are of their kind; batches are of 20 entries, and both endcaps of an event are in one", async () => {
  const both = [{ pid: -11, eta: 2 }, { pid: 11, eta: -2 }];
  const { source, rows } = await shown([[both[0]], ...Array.from({ length: 25 }, () => both)]);
  expect([source.kind, rows.split(" ").length]).toEqual([{ particles: "electrons" }, 51]);
  expect(Array.from(source.batchFirst)).toEqual([0, 21, 41, 51]);
}); // prettier-ignore

test("a file without a particle that reaches an endcap is refused", async () => {
  await expect(shown([[{ pid: 13, eta: 2 }], [{ pid: 22, eta: 2, reached: 1 }]])).rejects.toThrow(
    "a.root: no generated photon, electron or charged pion reaches the endcap",
  );
});
