import { expect, test } from "vitest";
import { createSkim, DEFAULT_SKIM, type SkimOptions } from "./skim.js";
import { NTUPLE_GROUPS, type NtupleChunk, type NtupleColumn, type NtupleGroup } from "./ntuple.js";

type Row = Record<string, number | undefined>;
interface Event {
  genpart?: Row[];
  cl3d?: Row[];
  tc?: Row[];
}

const photon: Row = {
  genpart_exeta: 2,
  genpart_exphi: 0.1,
  genpart_energy: 100,
  genpart_pt: 26,
  genpart_pid: 22,
  genpart_gen: 1,
  genpart_reachedEE: 2,
};
const cluster: Row = { cl3d_id: 7, cl3d_eta: 2.01, cl3d_phi: 0.1, cl3d_energy: 95, cl3d_pt: 25 };
const cell: Row = {
  tc_subdet: 1,
  tc_zside: 1,
  tc_layer: 5,
  tc_mipPt: 3,
  tc_x: 10,
  tc_y: 40,
  tc_z: 330,
  tc_multicluster_id: 7,
};
const good: Event = { genpart: [photon], cl3d: [cluster], tc: [cell] };

function chunkOf(events: Event[]): NtupleChunk {
  const group = (name: NtupleGroup) => {
    const rows = events.flatMap((event) => event[name] ?? []);
    const offsets = new Int32Array(events.length + 1);
    for (const [i, event] of events.entries()) offsets[i + 1] = offsets[i] + (event[name]?.length ?? 0);
    const columns: Record<string, NtupleColumn> = {};
    for (const [column, type] of Object.entries(NTUPLE_GROUPS[name])) {
      const values = rows.map((row) => row[column] ?? 0);
      columns[column] =
        type === "float"
          ? Float32Array.from(values)
          : type === "int"
            ? Int32Array.from(values)
            : Uint32Array.from(values);
    }
    return { offsets, columns } as never;
  };
  const numbers = events.map((_, i) => i + 1);
  return {
    events: events.length,
    run: numbers,
    event: numbers,
    lumi: numbers,
    genpart: group("genpart"),
    cl3d: group("cl3d"),
    tc: group("tc"),
  };
}

const skimmed = (events: Event[], options: Partial<SkimOptions> = {}) => {
  const { skim, cutFlow } = createSkim({ ...DEFAULT_SKIM, ...options });
  return { ...skim(chunkOf(events)), cutFlow };
};

test.each([
  { name: "a particle of another kind", change: { genpart_pid: 11 } },
  { name: "a particle that is not generated", change: { genpart_gen: -1 } },
  { name: "a particle that does not reach CE-E", change: { genpart_reachedEE: 1 } },
  { name: "a particle in the other endcap", change: { genpart_exeta: -2 } },
])("$name drops the event", ({ change }) => {
  const { entries, gen, tc, cutFlow } = skimmed([{ ...good, genpart: [{ ...photon, ...change }] }, good]);
  expect([entries.rows, gen.rows, tc.rows]).toEqual([1, 1, 1]);
  expect(entries.columns.event[0]).toBe(2n);
  expect(cutFlow).toMatchObject({ events: 2, withoutParticle: 1, entries: 1 });
});

test("an antiparticle counts; an event without a cl3d on its side stays, unless one is required", () => {
  expect(
    skimmed([{ ...good, genpart: [{ ...photon, genpart_pid: -11 }] }], { particles: "electrons" }).entries.rows,
  ).toBe(1);
  const without = { ...good, cl3d: [{ ...cluster, cl3d_eta: -2 }] };
  const kept = skimmed([without, good]);
  expect([kept.entries.rows, kept.gen.rows, kept.cutFlow.withoutCl3d]).toEqual([2, 2, 1]);
  expect(kept.entries.columns.cl3d_rows).toEqual(Int32Array.of(0, 1));
  const { entries, gen, tc, cutFlow } = skimmed([without, good], { requireCl3d: true });
  expect([entries.rows, gen.rows, tc.rows, cutFlow.withoutCl3d]).toEqual([1, 1, 1, 1]);
});

test("minimum bias: every endcap is an entry, whatever is generated, and has no particle", () => {
  const { entries, gen, tc, cl3d } = skimmed([good, { ...good, genpart: [] }], { particles: "none", endcap: "both" });
  expect([entries.rows, gen.rows, tc.rows]).toEqual([4, 0, 2]);
  expect(Array.from(cl3d.columns.deltaR)).toEqual([Number.NaN, Number.NaN]);
});

test.each([
  { name: "exactly the threshold", change: { tc_mipPt: 0.5 }, kept: 0, counter: "tcsBelowThreshold" },
  { name: "just above", change: { tc_mipPt: 0.51 }, kept: 1, counter: "tcsKept" },
  { name: "beyond the last layer", change: { tc_layer: 29 }, kept: 0, counter: "tcsBeyondMaxLayer" },
  { name: "in the last layer", change: { tc_layer: 28 }, kept: 1, counter: "tcsKept" },
] as const)("a trigger cell $name", ({ change, kept, counter }) => {
  const { tc, cutFlow } = skimmed([{ ...good, tc: [{ ...cell, ...change }] }], { maxLayer: 28 });
  expect(tc.rows).toBe(kept);
  expect(cutFlow[counter]).toBe(1);
});

test("both endcaps become entries of their own", () => {
  const other = {
    genpart: [{ ...photon, genpart_exeta: -2 }],
    cl3d: [{ ...cluster, cl3d_eta: -2 }],
    tc: [{ ...cell, tc_zside: -1, tc_z: -330 }],
  };
  const event = {
    genpart: [...(good.genpart ?? []), ...other.genpart],
    cl3d: [...(good.cl3d ?? []), ...other.cl3d],
    tc: [...(good.tc ?? []), ...other.tc],
  };
  const { entries, gen, tc } = skimmed([event], { endcap: "both" });
  expect([...entries.columns.zside]).toEqual([1, -1]);
  expect([...gen.columns.gen_eta]).toEqual([2, -2]);
  expect([...tc.columns.tc_z]).toEqual([330, -330]);
  expect([...tc.columns.entry]).toEqual([0, 1]);
  expect(skimmed([event]).entries.rows).toBe(1);
});

test("names, float32 values and ids arrive", () => {
  const { gen, cl3d, tc } = skimmed([
    { ...good, tc: [{ ...cell, tc_waferu: 1, tc_waferv: -2, tc_cellu: 3, tc_cellv: 4, tc_energy: 0.1 }] },
  ]);
  const first = ({ columns }: { columns: Record<string, ArrayLike<unknown>> }) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
  expect(first(gen)).toEqual({
    entry: 0,
    event: 1n,
    gen_eta: 2,
    gen_phi: Math.fround(0.1),
    gen_en: 100,
    gen_pt: 26,
    gen_pid: 22,
  });
  expect(first(tc)).toMatchObject({
    tc_wu: 1,
    tc_wv: -2,
    tc_cu: 3,
    tc_cv: 4,
    tc_energy: Math.fround(0.1),
    tc_cl3d_id: 7n,
    tc_subdet: 1,
    tc_zside: 1,
  });
  expect(first(cl3d)).toMatchObject({ cl3d_id: 7n, cl3d_en: 95, matches: 1 });
  expect(cl3d.columns.deltaR[0]).toBeCloseTo(0.01, 6);
});

test("deltaR is wrapped in phi and taken to the nearest particle", () => {
  const near = { ...photon, genpart_exphi: 3.1 };
  const far = { ...photon, genpart_exphi: 1 };
  const { cl3d } = skimmed([{ ...good, genpart: [far, near], cl3d: [{ ...cluster, cl3d_eta: 2, cl3d_phi: -3.1 }] }]);
  expect(cl3d.columns.deltaR[0]).toBeCloseTo(2 * Math.PI - 6.2, 5);
  expect(cl3d.columns.matches[0]).toBe(0);
});

test("entries are numbered on from chunk to chunk", () => {
  const { skim } = createSkim(DEFAULT_SKIM);
  skim(chunkOf([good, good]));
  expect([...skim(chunkOf([good])).entries.columns.entry]).toEqual([2]);
});

test("NaN is an error that names event and branch, or a counted event", () => {
  const events = [good, { ...good, tc: [cell, { ...cell, tc_x: Number.NaN }] }];
  expect(() => skimmed(events)).toThrow("event 2 (run 2): tc_x[1] is NaN; use --skip-bad-events");
  expect(skimmed(events, { skipBadEvents: true }).cutFlow).toMatchObject({ badEvents: 1, entries: 1 });
});

test("whose a trigger cell is: the row of the particle in its own entry, -1 for one that is not there", () => {
  // Particles 0 and 2 of each event are in the positive endcap, 1 in the negative one; cells by turns in both.
  const event = {
    genpart: [photon, { ...photon, genpart_exeta: -2 }, { ...photon, genpart_exeta: 2.2 }],
    cl3d: [cluster],
    tc: Array.from({ length: 8 }, (_, t) => (t % 2 === 0 ? cell : { ...cell, tc_zside: -1, tc_z: -330 })),
  };
  const chunk = chunkOf([event, { ...event, tc: event.tc.slice(0, 2) }]);
  const truth = {
    tc_signal: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
    tc_particle: Int32Array.of(0, 1, 2, 0, 1, 2, -1, -1, 2, 1),
  };
  const { skim } = createSkim({ ...DEFAULT_SKIM, endcap: "both" });
  const batch = skim({ ...chunk, truth });
  expect([...batch.entries.columns.zside]).toEqual([1, -1, 1, -1]);
  expect([...(batch.truth?.columns.tc_particle ?? [])]).toEqual([0, 1, -1, -1, 0, -1, -1, -1, 1, 0]);
  const signals = [0.1, 0.3, 0.5, 0.7, 0.2, 0.4, 0.6, 0.8, 0.9, 1].map(Math.fround);
  expect([...(batch.truth?.columns.tc_signal ?? [])]).toEqual(signals);
  expect(skim(chunk).truth).toBe(undefined);
});
