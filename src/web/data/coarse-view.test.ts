import assert from "node:assert/strict";
import { expect, test } from "vitest";
import {
  type ChainParams,
  createChain,
  createNtupleClusters,
  DEFAULT_PARAMS,
  hexDistance,
  parseSelection,
} from "../../chain/index.js";
import { isLong } from "../../core/long.test-data.js";
import { createGeometry, layerOf, waferOutline } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, type SampleBatch, simulateEvents } from "../../events/index.js";
import { createLiveClusterer, sliceEntries } from "./clusterer.js";
import { createChainView } from "./chain-view.js";

const LAYERS = [7, 9, 11, 13];
const params = (change: { [K in keyof ChainParams]?: Partial<ChainParams[K]> }): ChainParams =>
  Object.fromEntries(
    Object.entries(DEFAULT_PARAMS).map(([name, section]) => [
      name,
      {
        ...section,
        ...change[name as keyof ChainParams],
        ...(name === "base" ? { EtaMin: 0, EtaMax: 100 } : {}),
      },
    ]),
  ) as unknown as ChainParams;

function sample(pileup: number, events: number): SampleBatch {
  const chunk = simulateEvents({ particles: "photons", pileup, seed: 4, geometry: createGeometry("V11") }, 1, events);
  return createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
}
const photons = sample(0, isLong ? 44 : 20);
const crowded = sample(60, isLong ? 8 : 3);

interface Brute {
  mipPt: Map<string, number>;
  eta: Map<string, number>;
  cells: Map<string, number>;
}

/** Plain sums over the trigger cells of an entry. */
function sumsOf({ entries, tc }: SampleBatch, i: number): Brute {
  const { tc_first, tc_rows, zside } = entries.columns;
  const { columns: c } = tc;
  const out: Brute = { mipPt: new Map(), eta: new Map(), cells: new Map() };
  const n = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, value: number): void =>
    void to.set(key, (to.get(key) ?? 0) + value);
  for (let t = tc_first[i]; t < tc_first[i] + tc_rows[i]; t++) {
    if (!LAYERS.includes(c.tc_layer[t]) || c.tc_zside[t] !== zside[i]) continue;
    const [wu, wv] = [c.tc_wu[t], c.tc_wv[t]];
    add(out.mipPt, `${wu},${wv}`, c.tc_mipPt[t]);
    add(out.eta, `${wu},${wv}`, Math.abs(c.tc_eta[t]));
    add(n, `${wu},${wv}`, 1);
    add(out.cells, `${wu},${wv},${c.tc_cu[t] - 4 * wu + 8 * wv},${c.tc_cv[t] - 8 * wu + 4 * wv}`, c.tc_mipPt[t]);
  }
  for (const [key, count] of n) out.eta.set(key, (out.eta.get(key) ?? 0) / count);
  return out;
}

test.each([
  { name: "defaults", batch: photons, change: {} },
  { name: "nearby", batch: photons, change: { cs: { nearby: true } } },
  { name: "thresholds", batch: photons, change: { cs: { threshold: [20, 40, 60] }, seed_cs: { histoThreshold: 5 } } },
  {
    name: "pile-up",
    batch: crowded,
    change: { cs: { nearby: true, threshold: [60, 60, 60] }, seed: { window: 2 }, seed_cs: { histoThreshold: 4 } },
  },
])("coarse view: the steps are those of a plain sum, and lead to the chain's seeds: $name", ({ batch, change }) => {
  const p = params(change);
  const { threshold, eta_list, nearby } = p.cs;
  const events = batch === photons ? (isLong ? 20 : 16) : batch.entries.rows;
  const found = { coarse: 0, seeds: 0, tables: 0 };
  for (let i = 0; i < events; i++) {
    const view = createChainView(sliceEntries(batch, i, i + 1), createLiveClusterer("cs", p));
    if (view.coarse === null) throw new Error("no coarse view");
    const { wafers, coarse, cells, cellOfTc } = view.coarse;
    const brute = sumsOf(batch, i);
    const name = (row: number): string => `${wafers.wu[row]},${wafers.wv[row]}`;
    const rows = Array.from({ length: wafers.n }, (_, row) => row);
    expect(
      rows
        .filter((row) => wafers.nTc[row] > 0)
        .map(name)
        .toSorted(),
    ).toEqual([...brute.mipPt.keys()].toSorted());
    const above = new Set<string>();
    for (const row of rows.filter((each) => wafers.nTc[each] > 0)) {
      assert.ok(Math.abs(wafers.mipPt[row] - (brute.mipPt.get(name(row)) ?? Number.NaN)) < 5e-10, name(row));
      const eta = brute.eta.get(name(row)) ?? Number.NaN;
      assert.ok(Math.abs(wafers.eta[row] - eta) < 5e-10, name(row));
      const range = eta_list.slice(1).findIndex((limit, k) => eta > eta_list[k] && eta <= limit);
      assert.equal(wafers.range[row], range);
      if (range >= 0 && wafers.mipPt[row] >= threshold[range]) above.add(name(row));
    }
    // Coarse seeds: those above threshold, and with `nearby` what is next to them.
    const next = [...above].flatMap((each) => {
      const [u, v] = each.split(",").map(Number);
      return [
        [1, 0],
        [1, 1],
        [0, 1],
        [-1, 0],
        [-1, -1],
        [0, -1],
      ].map(([du, dv]) => `${u + du},${v + dv}`);
    });
    const want = new Set([...above, ...(nearby ? next.filter((each) => brute.mipPt.has(each)) : [])]);
    expect(coarse.map(({ wafer }) => name(wafer)).toSorted()).toEqual([...want].toSorted());
    for (const [k, { wafer, origin }] of coarse.entries()) {
      expect(wafers.csId[wafer]).toBe(k);
      expect(above.has(name(coarse[origin].wafer))).toBe(true);
      if (!nearby) expect(origin).toBe(k);
    }
    // The map: the cells of these wafers, and every seed among them a maximum of its window.
    const inside = [...brute.cells].filter(([key]) => want.has(key.split(",").slice(0, 2).join(",")));
    expect(cells.n).toBe(inside.length);
    const energy = new Map<string, number>();
    for (let c = 0; c < cells.n; c++) {
      const key = `${cells.wu[c]},${cells.wv[c]},${cells.u[c]},${cells.v[c]}`;
      assert.ok(Math.abs(cells.mipPt[c] - (brute.cells.get(key) ?? Number.NaN)) < 5e-10, key);
      assert.equal(name(coarse[cells.csId[c]].wafer), `${cells.wu[c]},${cells.wv[c]}`);
      energy.set(`${cells.u[c]},${cells.v[c]}`, cells.mipPt[c]);
    }
    const w = p.seed.window;
    const seeds = Array.from({ length: cells.n }, (_, c) => c).filter((c) => {
      if (!(cells.mipPt[c] > p.seed_cs.histoThreshold)) return false;
      for (let du = -w; du <= w; du++) {
        for (let dv = -w; dv <= w; dv++) {
          const other = energy.get(`${cells.u[c] + du},${cells.v[c] + dv}`) ?? 0;
          if (hexDistance(du, dv) <= w && other > cells.mipPt[c]) return false;
        }
      }
      return true;
    });
    expect(seeds.map((c) => `${cells.u[c]},${cells.v[c]}`).toSorted()).toEqual(
      view.seeds.map(({ u, v }) => `${u},${v}`).toSorted(),
    );
    for (const c of seeds) {
      const seed = view.seeds[cells.seed[c]];
      expect([seed.u, seed.v, seed.energy]).toEqual([cells.u[c], cells.v[c], cells.mipPt[c]]);
    }
    // What each TC adds up to is the map.
    const sums = new Float64Array(cells.n);
    for (const [t, c] of cellOfTc.entries()) {
      if (c >= 0) sums[c] += batch.tc.columns.tc_mipPt[batch.entries.columns.tc_first[i] + t];
    }
    expect(sums).toEqual(cells.mipPt);
    found.coarse += coarse.length;
    found.seeds += seeds.length;
  }
  // The tables that a run writes say the same.
  const run = createChain("cs", p, { selection: parseSelection("all"), saveSteps: true })(batch);
  const inRun = { coarse: 0, seeds: 0 };
  const entries = new Set(batch.entries.columns.entry.subarray(0, events));
  for (const entry of run.coarse_seeds?.columns.entry ?? []) if (entries.has(entry)) inRun.coarse++;
  for (const entry of run.seeds.columns.entry) if (entries.has(entry)) inRun.seeds++;
  expect(inRun).toEqual({ coarse: found.coarse, seeds: found.seeds });
  expect(found.coarse).toBeGreaterThan(10);
  expect(found.seeds).toBeGreaterThan(10);
});

test("with all trigger cells as input there is one region, and coarse seeds only for the cylinder", () => {
  const all = params({ seed_cs: { InputName: "NoCStcOut" } });
  const { coarse, seeds } = createChainView(sliceEntries(photons, 0, 1), createLiveClusterer("cs", all));
  expect(coarse).toMatchObject({ everywhere: true, coarse: [] });
  expect(coarse?.cells.n).toBeGreaterThan(50);
  const seedOf = [...(coarse?.cells.seed ?? [])];
  expect(seedOf.filter((seed) => seed >= 0).length).toBe(seeds.length);
  expect(new Set(seedOf.filter((seed) => seed < 0))).toEqual(new Set([-1]));
  const cylinder = { ...all, cluster: { ...all.cluster, CSCylinder: true } };
  expect(
    createChainView(sliceEntries(photons, 0, 1), createLiveClusterer("cs", cylinder)).coarse?.coarse.length,
  ).toBeGreaterThan(0);
  expect(createChainView(sliceEntries(photons, 0, 1), createLiveClusterer("default", all)).coarse).toBe(null);
});

/** An entry whose trigger cells of two wafers are of a wafer that no geometry has, seen from endcap `side`. */
function strange(side: 1 | -1): SampleBatch {
  const { tc, entries } = photons;
  const first = entries.columns.tc_first[0];
  const end = first + entries.columns.tc_rows[0];
  const wu = Int32Array.from(tc.columns.tc_wu);
  const wv = Int32Array.from(tc.columns.tc_wv);
  const [u, v] = [wu[first], wv[first]];
  for (let t = first; t < end; t++) if (wu[t] === u && wv[t] === v) [wu[t], wv[t]] = [20, -20];
  const turned = (column: ArrayLike<number>): Float64Array => Float64Array.from(column, (value) => side * value);
  const columns = {
    ...tc.columns,
    ...{ tc_wu: wu, tc_wv: wv, tc_x: turned(tc.columns.tc_x), tc_z: turned(tc.columns.tc_z) },
    tc_zside: Int32Array.from(tc.columns.tc_zside, (zside) => side * zside),
  };
  const zside = Int32Array.from(entries.columns.zside, (each) => side * each);
  return { ...photons, tc: { ...tc, columns }, entries: { ...entries, columns: { ...entries.columns, zside } } } as unknown as SampleBatch; // prettier-ignore
}

test.each([1, -1] as const)(
  "wafers are where the first of the layers has them, times the endcap's sign in x: %d",
  (turn) => {
    const batch = strange(turn);
    const { wafers, cells, cellOfTc, layers } = createChainView(sliceEntries(batch, 0, 1), createLiveClusterer("cs", params({}))).coarse ?? {}; // prettier-ignore
    if (wafers === undefined || cells === undefined || cellOfTc === undefined) throw new Error("no coarse view");
    const geometry = createGeometry("V11");
    const { first, u, v, x, y } = geometry.wafers;
    const zside = batch.entries.columns.zside[0];
    expect(layers).toEqual(LAYERS);
    let strangers = 0;
    const { columns: c } = batch.tc;
    const from = batch.entries.columns.tc_first[0];
    const end = from + batch.entries.columns.tc_rows[0];
    for (let row = 0; row < wafers.n; row++) {
      const places = LAYERS.flatMap((layer) =>
        Array.from({ length: first[layer + 1] - first[layer] }, (_, k) => ({
          k: first[layer] + k,
          z: layerOf(geometry, layer).z,
        })),
      );
      const at = places.find(({ k }) => u[k] === wafers.wu[row] && v[k] === wafers.wv[row]);
      const corners = wafers.corners.subarray(12 * row, 12 * row + 12);
      if (at === undefined) {
        strangers++;
        // In the middle of its trigger cells.
        const own = Array.from({ length: end - from }, (_, k) => from + k).filter((t) => c.tc_wu[t] === 20 && LAYERS.includes(c.tc_layer[t])); // prettier-ignore
        const mean = (of: (t: number) => number): number => own.reduce((sum, t) => sum + of(t), 0) / own.length;
        const z = mean((t) => Math.abs(c.tc_z[t]));
        const middle = [0, 1].map((axis) => [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + corners[2 * k + axis] / 6, 0));
        const wanted = [mean((t) => c.tc_x[t]) / z, mean((t) => c.tc_y[t]) / z];
        expect(Math.max(...wanted.map((value, axis) => Math.abs(middle[axis] / value - 1)))).toBeLessThan(2e-6);
        continue;
      }
      const outline = waferOutline(geometry, at.k);
      const far = Array.from(corners, (value, k) => Math.abs(value - (outline[k] * (k % 2 === 0 ? zside : 1)) / at.z));
      expect(Math.max(...far)).toBeLessThan(1e-5);
      expect(x[at.k] ** 2 + y[at.k] ** 2).toBeGreaterThan(0);
    }
    expect(strangers).toBe(1);
    // Each trigger cell of the map is the cell of its own numbers.
    let mapped = 0;
    for (const [t, cell] of cellOfTc.entries()) {
      if (cell < 0) continue;
      mapped++;
      const row = from + t;
      expect([cells.wu[cell], cells.wv[cell], cells.cu[cell], cells.cv[cell]]).toEqual([c.tc_wu[row], c.tc_wv[row], c.tc_cu[row], c.tc_cv[row]]); // prettier-ignore
    }
    expect(cellOfTc.length).toBe(end - from);
    expect(mapped).toBeGreaterThan(5);
  },
);
