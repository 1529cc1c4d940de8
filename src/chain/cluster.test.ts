/** Which trigger cells a seed gets, at the very border of their radius: with few seeds and with many, which take different ways. */
import { expect, test } from "vitest";
import { type Cell, cells } from "./cells.test-data.js";
import { Clusterer } from "./cluster.js";
import { DEFAULT_PARAMS } from "./params.js";
import { addSeed, createSeeds, type Seeds } from "./seed.js";

const { cluster } = DEFAULT_PARAMS;
const { CoeffA, MidRadius } = cluster;

/** The seeds, and as many far away as make `n` of them. */
function seedsAt(n: number, list: readonly (readonly [x: number, y: number, energy: number])[]): Seeds {
  const seeds = createSeeds();
  for (let k = 0; k < n; k++) {
    const s = addSeed(seeds);
    [seeds.x[s], seeds.y[s], seeds.energy[s]] = list[k] ?? [-0.5, -0.5 - 0.01 * k, 1000];
  }
  return seeds;
}

/** A cell at (x, y) of the projected plane. */
const at = (x: number, y: number, rest: Partial<Cell> = {}): Cell => ({ x: 330 * x, y: 330 * y, ...rest });

function assign(params: Partial<typeof cluster>, seeds: Seeds, list: readonly Cell[], mask?: Uint8Array) {
  const clusterer = new Clusterer({ ...cluster, ...params });
  const assignment = new Int32Array(list.length).fill(99);
  // One row before and one behind do not belong to the entry.
  const all = cells([at(0.2, 0), ...list, at(0.2, 0)]);
  const n = clusterer.assignInto(assignment, seeds, all, 1, 1 + list.length, 1, "event 7", mask);
  expect(n).toBe(assignment.filter((s) => s >= 0).length);
  return { assignment: [...assignment], sums: clusterer.sums };
}

const WAYS = [2, 4, 5, 40];

test.each(WAYS)(
  "%i seeds: a cell belongs to a seed just within its radius, which depends on its layer and eta",
  (n) => {
    const seeds = seedsAt(n, [[0.2, 0, 1]]);
    for (const CoeffB of [0, 0.02, -0.002]) {
      for (const layer of [1, 9, 28, CoeffA.length]) {
        for (const away of [1, -1]) {
          // The radius depends on the place, which depends on the radius.
          let radius = CoeffA[layer - 1];
          for (let k = 0; k < 60; k++) radius = CoeffA[layer - 1] + CoeffB * (MidRadius - Math.asinh(1 / (0.2 + away * radius))); // prettier-ignore
          const border = [1 - 1e-7, 1 + 1e-7].map((part) => at(0.2 + away * part * radius, 0, { layer }));
          expect([CoeffB, layer, away, assign({ CoeffB }, seeds, border).assignment]).toEqual([CoeffB, layer, away, [0, -1]]); // prettier-ignore
        }
      }
    }
  },
);

test.each(WAYS)("%i seeds: the nearest one, or the most energetic of those that are near; of equals the first", (n) => {
  const layer = 9;
  const step = 0.4 * CoeffA[layer - 1];
  const two = seedsAt(n, [[0.2, 0, 5], [0.2 + step, 0, 7]]); // prettier-ignore
  const list = [at(0.2 + 0.25 * step, 0, { layer }), at(0.2 + 0.75 * step, 0, { layer }), at(0.2 - 2.4 * step, 0, { layer })];
  expect(assign({ algo: "min_distance" }, two, list).assignment).toEqual([0, 1, 0]);
  expect(assign({ algo: "max_energy" }, two, list).assignment).toEqual([1, 1, 0]);
  const twins = seedsAt(n, [[0.2, 0, 5], [0.2, 0, 5]]); // prettier-ignore
  for (const algo of ["min_distance", "max_energy"] as const) expect(assign({ algo }, twins, list).assignment).toEqual([0, 0, 0]); // prettier-ignore
}); // prettier-ignore

test.each(WAYS)("%i seeds: sums are those of the cells, of this endcap and within the mask, pt weighted by layer", (n) => {
  const LayerWeights = CoeffA.map((_, k) => (k === 9 ? 3 : 1));
  const list = [
    at(0.2, 0, { mipPt: 2, pt: 1, layer: 9 }),
    { x: 400 * 0.201, y: 0, z: 400, mipPt: 4, pt: 2, layer: 10 },
    at(0.2, 0, { mipPt: 8, pt: 4, z: -330 }),
    at(0.2, 0, { mipPt: 16, pt: 8 }),
    at(0.9, 0, { mipPt: 32, pt: 16 }),
  ];
  const mask = Uint8Array.of(1, 1, 1, 0, 1);
  const seeds = seedsAt(n, [[0.2, 0, 1]]);
  const { assignment, sums } = assign({ LayerWeights }, seeds, list, mask);
  expect(assignment).toEqual([0, 0, -1, -1, -1]);
  expect([sums.nTc[0], sums.mipPt[0], sums.pt[0]]).toEqual([2, 6, 1 + 3 * 2]);
  expect(sums.x[0]).toBeCloseTo(2 * 66 + 4 * 80.4, 9);
  expect(sums.z[0]).toBeCloseTo(2 * 330 + 4 * 400, 9);
  expect(sums.nTc[1]).toBe(0);
}); // prettier-ignore

test.each(WAYS)("%i seeds: a layer without a radius is an error that names the event", (n) => {
  for (const layer of [0, CoeffA.length + 1]) {
    expect(() => assign({}, seedsAt(n, [[0.2, 0, 1]]), [at(0.2, 0, { layer })])).toThrow(
      `event 7: trigger cell in layer ${layer}, but cluster.CoeffA has radii for layers 1 to ${CoeffA.length}`,
    );
  }
});

test.each(WAYS)("%i seeds: all of it turned about the beam gives the same clusters, turned", (n) => {
  const turned = (angle: number): ReturnType<typeof assign> => {
    const turn = (x: number, y: number): [number, number] => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
    const seeds = seedsAt(n, [[...turn(0.2, 0), 1], [...turn(0.21, 0.01), 2]]);
    const places = Array.from({ length: 40 }, (_, k) => turn(0.17 + 0.00163 * k, -0.03 + 0.0017 * ((k * 17) % 40)));
    return assign({}, seeds, places.map(([x, y], k) => ({ x: (330 + k) * x, y: (330 + k) * y, z: 330 + k, mipPt: 1 + k, layer: 16 })));
  };
  const straight = turned(0);
  expect(new Set(straight.assignment)).toEqual(new Set([-1, 0, 1]));
  for (const angle of [1, 2.5, -1.2]) {
    const { assignment, sums } = turned(angle);
    expect(assignment).toEqual(straight.assignment);
    for (const s of [0, 1]) {
      const { x, y } = straight.sums;
      expect(sums.x[s]).toBeCloseTo(x[s] * Math.cos(angle) - y[s] * Math.sin(angle), 8);
      expect(sums.y[s]).toBeCloseTo(x[s] * Math.sin(angle) + y[s] * Math.cos(angle), 8);
    }
  }
}); // prettier-ignore

test.each(WAYS)("%i seeds: a cell exactly at the radius is outside, for the nearest seed and for the most energetic", (n) => {
  const params = { CoeffA: CoeffA.map(() => 0.0625), CoeffB: 0 };
  // Binary fractions: their differences are exact.
  const list = [0.3125, 0.3125 - 2 ** -40, 0.1875, 0.1875 + 2 ** -40].map((x) => ({ x, y: 0, z: 1 }));
  for (const algo of ["min_distance", "max_energy"] as const) {
    expect([algo, assign({ ...params, algo }, seedsAt(n, [[0.25, 0, 1]]), list).assignment]).toEqual([algo, [-1, 0, -1, 0]]);
  }
}); // prettier-ignore
