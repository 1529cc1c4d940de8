/** Clusters of other programs beside their particles: what is known of each particle at a radius. */
import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { rowOf } from "./entries.test-data.js";
import { type ClusterFrame, importRadius, KnownParticles } from "./imported-radius.js";

interface Row {
  readonly event: number;
  readonly en: number;
  readonly eta: number;
  readonly phi: number;
  readonly gen?: readonly [en: number, eta: number, phi: number];
  readonly rest?: Readonly<Record<string, number>>;
}
const GEN = [100, 2, 3] as const;

function frameOf(rows: readonly Row[], more: readonly string[] = []): ClusterFrame {
  const of = (pick: (row: Row) => number): Float64Array => Float64Array.from(rows, pick);
  const gen = (k: number): Float64Array => of((row) => (row.gen ?? GEN)[k]);
  const extra = Object.fromEntries(more.map((name) => [name, of((row) => row.rest?.[name] ?? 0)]));
  const own = { en: of(({ en }) => en), eta: of(({ eta }) => eta), phi: of(({ phi }) => phi) };
  const columns = { event: BigInt64Array.from(rows, ({ event }) => BigInt(event)), ...own, gen_en: gen(0), gen_eta: gen(1), gen_phi: gen(2), ...extra }; // prettier-ignore
  return { rows: rows.length, columns };
}

const POINT = { point: 5, radius: 0.02, validation: DEFAULT_PARAMS.validation, threshold: 0.05 };
function read(frames: readonly ClusterFrame[], which = 0) {
  const known = new KnownParticles();
  for (const frame of frames) known.add(frame, "h5");
  const { all, entries } = known.finish();
  return { entries, ...importRadius(frames[which], "h5", all, POINT) };
}

test("particles are numbered by event, then in the order of the file; those of other radii have a row without a cluster", () => {
  const first = [{ event: 9, en: 50, eta: 2, phi: 3 }, { event: 4, en: 60, eta: 2, phi: 3 }];
  const second = [{ event: 9, en: 50, eta: 1.8, phi: 0, gen: [80, 1.8, 0] as const }, ...first.toReversed()];
  const { entries, events } = read([frameOf(first), frameOf(second)]);
  expect(entries).toBe(2);
  const of = [0, 1, 2].map((row) => rowOf(events.columns, row));
  expect([events.rows, ...of.map(({ entry, particle, n_clusters }) => [entry, particle, n_clusters])]).toEqual([3, [0, 0, 1], [1, 0, 1], [1, 1, 0]]); // prettier-ignore
  expect(of[2]).toMatchObject({ n_matched: 0, response_en: Number.NaN, response_pt: Number.NaN, is_split: 0, gen_eta: 1.8 });
  expect(of[0]).toMatchObject({ point: 5, sample: 0, n_seeds: -1, n_false: -1, has_truth: 0, gen_pt: 100 / Math.cosh(2) });
}); // prettier-ignore

test("a cluster has its distance with phi wrapped, its ratios, and is a match within the threshold or where the file says so", () => {
  const rows = [
    { event: 1, en: 60, eta: 2.03, phi: 3.04, rest: { matches: 1, pt: 17 } },
    { event: 1, en: 30, eta: -2, phi: 3 - 2 * Math.PI + 0.05, rest: { matches: 0, pt: 8 } },
    { event: 1, en: 40, eta: 2, phi: 3.0501, rest: { matches: 1, pt: 11 } },
  ];
  const without = read([frameOf(rows)]);
  expect([...without.clusters.columns.deltaR].map((value) => Number(value.toFixed(9)))).toEqual([0.05, 0.05, 0.0501]);
  const known = read([frameOf(rows.map((row) => ({ ...row, phi: row.phi - 1e-6 })))]);
  expect([...known.clusters.columns.matches]).toEqual([1, 1, 0]);
  expect([known.acrossPhi, known.events.columns.n_matched[0]]).toEqual([0, 2]);
  const said = read([
    frameOf(
      rows.map((row) => ({ ...row, phi: row.phi - 1e-6 })),
      ["matches", "pt"],
    ),
  ]);
  expect([...said.clusters.columns.matches]).toEqual([1, 0, 1]);
  expect([said.acrossPhi, said.events.columns.n_matched[0]]).toEqual([1, 2]);
  const genPt = 100 / Math.cosh(2);
  expect(rowOf(said.clusters.columns, 2)).toMatchObject({
    ...{ point: 5, radius: 0.02, sample: 0, entry: 0, event: 1n, seed_idx: 2, en: 40, pt: 11, eta: 2, en_norm: 0.4 },
    ...{ pt_norm: 11 / genPt, gen_en: 100, gen_pt: genPt, gen_eta: 2, gen_phi: 3 },
  });
  // The most energetic match.
  expect([said.events.columns.response_en[0], said.events.columns.response_pt[0]]).toEqual([0.6, 17 / genPt]);
  expect(known.clusters.columns.pt[2]).toBe(40 / Math.cosh(2));
});

test("a particle is split as in a chain: the second of its clusters has a share, near it in the projected plane", () => {
  const two = (en: number, phi = 3) => [{ event: 1, en: 70, eta: 2, phi: 3 }, { event: 1, en, eta: 2.1, phi }]; // prettier-ignore
  const splits = [two(30), two(7), two(30, 2)].map((rows) => read([frameOf(rows)]).events.columns.is_split[0]);
  expect(splits).toEqual([1, 0, 0]);
  expect(read([frameOf(two(30).toReversed())]).events.columns.is_split[0]).toBe(1);
});

test("clusters of a particle are in the order of their seeds; a seed that is there twice is an error", () => {
  const row = (seed_idx: number, en: number): Row => ({ event: 7, en, eta: 2, phi: 3, rest: { seed_idx } });
  const { clusters } = read([frameOf([row(4, 10), row(0, 20), row(2, 30)], ["seed_idx"])]);
  expect([[...clusters.columns.seed_idx], [...clusters.columns.en]]).toEqual([[0, 2, 4], [20, 30, 10]]); // prettier-ignore
  expect(() => read([frameOf([row(4, 10), row(0, 20), row(4, 30)], ["seed_idx"])])).toThrow(
    "h5, row 2: event 7 has the seed 4 twice",
  );
});

test("columns that are missing and values that are no numbers are errors; an empty frame lacks nothing", () => {
  const frame = frameOf([{ event: 7, en: 1, eta: 2, phi: 3 }]);
  const { gen_eta: _, en: __, ...some } = frame.columns;
  expect(() => read([{ rows: 1, columns: some }])).toThrow("h5 lacks the columns en, gen_eta: the clusters are not beside");
  expect(() => read([frameOf([{ event: 7, en: Number.NaN, eta: 2, phi: 3 }])])).toThrow("h5, row 0: en is NaN");
  const asReal = (event: number) => ({ rows: 1, columns: { ...frame.columns, event: Float64Array.of(event) } });
  expect(() => read([asReal(1.5)])).toThrow("h5, row 0: event is 1.5");
  expect(read([asReal(12)]).clusters.columns.event[0]).toBe(12n);
  const large = { rows: 1, columns: { ...frame.columns, event: BigInt64Array.of(2n ** 60n) } };
  expect(read([large]).clusters.columns.event[0]).toBe(2n ** 60n);
  expect(new KnownParticles().add({ rows: 0, columns: {} }, "h5")).toBe(undefined);
  expect(new KnownParticles().finish().entries).toBe(0);
}); // prettier-ignore

test("a cluster exactly at the threshold is a match", () => {
  const known = new KnownParticles();
  // Binary fractions: their difference is exact.
  const frame = frameOf([2.0625, 2.0625 + 2 ** -40].map((eta) => ({ event: 1, en: 50, eta, phi: 3 })));
  known.add(frame, "h5");
  const { clusters } = importRadius(frame, "h5", known.finish().all, { ...POINT, threshold: 0.0625 });
  expect([...clusters.columns.matches]).toEqual([1, 0]);
});
