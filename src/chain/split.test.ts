/** The numbers of a split: seeds in both chains, on both sides of the seam, and what lies between them. */
import { expect, test } from "vitest";
import { batchOf, type Cell } from "./cells.test-data.js";
import { createChain } from "./chain.js";
import { DEFAULT_PARAMS } from "./params.js";
import { parseSelection } from "./select.js";
import { findSplits } from "./split.js";

const options = { selection: parseSelection("all") };
const etaAt = (rz: number): number => Math.asinh(1 / rz);
/** R/z of the middle of row k. */
const row = (k: number): number => 0.076 + 0.012 * (k + 0.5);
/** Phi of the middle of column k. */
const column = (k: number): number => -3.14159 + (2 * 3.14159 * (k + 0.5)) / 216;
const spot = (rz: number, phi: number, cell: Partial<Cell> = {}): Cell => ({
  x: 330 * rz * Math.cos(phi),
  y: 330 * rz * Math.sin(phi),
  mipPt: 500,
  pt: 10,
  ...cell,
});

test.each([
  { name: "up across the seam", pts: [30, 12], order: [0, 1], line: ["5 0", "5 1", "6 2"] },
  { name: "down across the seam", pts: [12, 30], order: [1, 0], line: ["6 2", "5 1", "5 0"] },
])(
  "a split of the default chain, $name: bins between the seeds, their energies, the valley",
  ({ pts, order, line }) => {
    // Seeds in (4, 215) and (6, 3): two rows and four columns apart; one soft cell on the line, one beside it.
    const cells = [
      spot(row(4), column(215), { mipPt: 900, pt: pts[0] }),
      spot(row(6), column(3), { mipPt: 800, pt: pts[1] }),
      spot(row(5), column(1), { mipPt: 7, pt: 0.1 }),
      spot(row(9), column(1), { mipPt: 7, pt: 0.1 }),
    ];
    const batch = batchOf([{ cells: [] }, { cells, eta: etaAt(row(5)), phi: -Math.PI }]);
    const result = createChain("default", DEFAULT_PARAMS, { ...options, saveSteps: true })(batch);
    const { rows, columns } = findSplits(batch, result, DEFAULT_PARAMS);
    const of = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
    expect(rows).toBe(1);
    expect(of).toMatchObject({
      entry: 1,
      event: 101n,
      chain: "default",
      particle: 0,
      seed_a: order[0],
      seed_b: order[1],
    });
    expect(of).toMatchObject({ d_rz: 2, d_phi: 4, BinSums_a: 9, BinSums_b: 9, d_uv: -1, cs_id_a: -1, cs_id_b: -1 });
    expect(of).toMatchObject({ valley_bins: 3, valley_tcs: 1, valley_mipPt: 7 });
    expect(of["share"]).toBeCloseTo(Number(of["pt_b"]) / (Number(of["pt_a"]) + Number(of["pt_b"])), 14);
    expect(of["seedEn_a"]).toBe(result.seeds.columns.seedEn[order[0]]);
    const { x, y } = { x: (cells[0].x - cells[1].x) / 330, y: (cells[0].y - cells[1].y) / 330 };
    expect(of["distance"]).toBeCloseTo(Math.hypot(x, y), 12);
    const smoothed = new Map<string, number>();
    const { rz_bin, phi_bin, energy } = result.smooth?.columns ?? { rz_bin: [], phi_bin: [], energy: [] };
    for (const [k, e] of energy.entries()) smoothed.set(`${rz_bin[k]} ${phi_bin[k]}`, e);
    expect(of["valley_min"]).toBe(Math.min(...line.map((key) => smoothed.get(key) ?? 0)));
  },
);

test("a split of the coarse-seeding chain: cells between the seeds, coarse seeds on both sides", () => {
  // Cells (7, 3) of wafer (0, 0) and (2, 2) of (0, 1): (7, 3) and (10, 6) in (u, v), with (8, 4) and (9, 5) between.
  const eta = 1.8;
  const rz = 1 / Math.sinh(eta);
  const cells = [
    spot(rz, 0, { mipPt: 300, pt: 20 }),
    spot(rz, 0.05, { mipPt: 250, pt: 10 }),
    spot(rz, 0.02, { mipPt: 6, pt: 0.1 }),
    spot(rz, 0.02, { mipPt: 5, pt: 0.1, layer: 25 }),
  ].map((cell, k) => ({
    ...cell,
    wafer: k === 0 ? ([0, 0] as const) : ([0, 1] as const),
    cell: (
      [
        [7, 3],
        [2, 2],
        [1, 1],
        [1, 1],
      ] as const
    )[k],
  }));
  const batch = batchOf([{ cells, eta, phi: 0.02 }]);
  const { rows, columns } = findSplits(batch, createChain("cs", DEFAULT_PARAMS, options)(batch), DEFAULT_PARAMS);
  const of = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
  expect(rows).toBe(1);
  expect(of).toMatchObject({ chain: "cs", d_uv: 3, cs_id_a: 0, cs_id_b: 1, d_rz: -1, d_phi: -1, BinSums_a: -1 });
  expect(of).toMatchObject({ seedEn_a: 300, seedEn_b: 250 });
  expect(of).toMatchObject({ valley_bins: 2, valley_tcs: 1, valley_mipPt: 6, valley_min: 0 });
});

test("whole particles make no row", () => {
  const batch = batchOf([{ cells: [spot(row(20), 0)], eta: etaAt(row(20)) }]);
  expect(findSplits(batch, createChain("default", DEFAULT_PARAMS, options)(batch), DEFAULT_PARAMS).rows).toBe(0);
});

test("every split of a batch has its row, that of its entry and chain, whichever tables stand before it", () => {
  const two = (turn: number): Cell[] => [
    spot(row(4), turn, { mipPt: 900, pt: 30 }),
    spot(row(6), turn + 0.09, { mipPt: 400, pt: 12 }),
  ];
  const eta = etaAt(row(4));
  const batch = batchOf([
    { cells: two(0.4), eta, phi: 0.4 },
    { cells: [spot(row(20), 0)], eta: etaAt(row(20)) },
    { cells: [spot(row(5), -2, { mipPt: 950, pt: 40 }), ...two(0.5)], eta, phi: 0.5 },
  ]);
  const result = createChain("default", DEFAULT_PARAMS, options)(batch);
  const { rows, columns: of } = findSplits(batch, result, DEFAULT_PARAMS);
  expect([rows, [...of.entry], [...of.seed_a], [...of.seed_b]]).toEqual([2, [0, 2], [0, 0], [1, 2]]);
  const share = 12 / 42;
  for (const k of [0, 1]) expect([of.pt_a[k], of.pt_b[k], of.share[k]]).toEqual([30, 12, share]);
  const [first, second] = [two(0.4), two(0.5)].map(([a, b]) => Math.hypot(a.x - b.x, a.y - b.y) / 330);
  expect(of.distance[0]).toBeCloseTo(first, 12);
  expect(of.distance[1]).toBeCloseTo(second, 12);
});

test("tables of other entries than the batch's are an error that names the entry", () => {
  const batch = batchOf([
    { cells: [spot(row(4), 0, { pt: 30 }), spot(row(6), 0.09, { mipPt: 400, pt: 12 })], eta: etaAt(row(4)) },
  ]);
  const result = createChain("default", DEFAULT_PARAMS, options)(batch);
  const { clusters, seeds, events } = result;
  const none = createChain("default", DEFAULT_PARAMS, options)(batchOf([]));
  const message = "entry 0: its record is split, but the batch or the tables lack it";
  expect(() => findSplits(batchOf([]), result, DEFAULT_PARAMS)).toThrow(message);
  expect(() => findSplits(batch, { events, seeds, clusters: none.clusters }, DEFAULT_PARAMS)).toThrow(message);
  expect(() => findSplits(batch, { events, clusters, seeds: none.seeds }, DEFAULT_PARAMS)).toThrow(message);
});
