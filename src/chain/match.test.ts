/** Where the definitions of CHAIN say "<" and ">=", to the last bit. */
import { expect, test } from "vitest";
import { createTable, TableBuilder } from "../core/index.js";
import { CLUSTERS, GEN } from "../events/index.js";
import { batchOf } from "./cells.test-data.js";
import { distanceTo, hasNeighbour, matchPoint, projected } from "./match.js";
import { DEFAULT_PARAMS, type ValidationParams } from "./params.js";

const { validation } = DEFAULT_PARAMS;
const { splitDistance, splitPt, splitShare } = validation;

interface Cluster {
  readonly at?: readonly [x: number, y: number];
  readonly pt?: number;
  readonly en?: number;
}

/** Clusters at a depth of 1 cm, at (x/z, y/z); the particle is at the origin. */
function matchesOf(...list: readonly Cluster[]) {
  return matchesBy(validation, list);
}

function matchesBy(params: ValidationParams, list: readonly Cluster[], also?: number) {
  const table = new TableBuilder(CLUSTERS);
  for (const { at = [0, 0], pt = 10, en = 20 } of list) {
    const row = table.add(1);
    [table.columns.x[row], table.columns.y[row]] = at;
    table.columns.z[row] = -1;
    table.columns.pt[row] = pt;
    table.columns.en[row] = en;
  }
  return matchPoint({ columns: table.columns, first: 0, end: list.length }, { x: 0, y: 0 }, params, also);
}

const within = splitDistance * (1 - 1e-9);

test.each<[string, readonly [number, number], number]>([
  ["just within, along x", [within, 0], 1],
  ["at the distance itself, along x", [splitDistance, 0], 0],
  ["just within, along -y", [0, -within], 1],
  ["at the distance itself, along -y", [0, -splitDistance], 0],
  ["near in x and in y, but not in both", [0.9 * splitDistance, 0.9 * splitDistance], 0],
])("a cluster %s", (_, at, n) => {
  expect(matchesOf({ at }).n).toBe(n);
});

test.each<[string, readonly Cluster[], boolean]>([
  ["one cluster", [{}], false],
  ["two alike", [{}, {}], true],
  ["a second one with the threshold itself", [{}, { pt: splitPt }], false],
  ["a second one just above the threshold", [{ pt: 4 }, { pt: splitPt + 1e-9 }], true],
  ["a second one with the share itself", [{ pt: 90 }, { pt: 100 * splitShare }], true],
  ["a second one just below the share", [{ pt: 90 }, { pt: 100 * splitShare - 1e-9 }], false],
  ["the first one is the second largest", [{ pt: 10 }, { pt: 11 }], true],
  ["the second largest counts, wherever it stands", [{ pt: 10 }, { pt: 90 }, { pt: 3 }], false],
])("split: %s", (_, list, isSplit) => {
  expect(matchesOf(...list).isSplit).toBe(isSplit);
});

test("of equal energies the first is the best, of equal pts the first is the largest", () => {
  expect(matchesOf({ en: 5 }, { en: 7 }, { en: 7 })).toMatchObject({ best: 1, largest: 0, second: 1, pt: 30 });
  expect(matchesOf({ at: [1, 0] })).toMatchObject({ n: 0, best: -1, largest: -1, second: -1, pt: 0 });
});

test("a cluster at the distance itself in both x and y is too far, one a little nearer is not", () => {
  const params = { ...validation, splitDistance: 5 };
  expect(matchesBy(params, [{ at: [3, -4] }]).n).toBe(0);
  expect(matchesBy(params, [{ at: [-3, 4 * (1 - 2 ** -50)] }]).n).toBe(1);
});

test("the cluster that counts anyway may be anywhere", () => {
  const far: Cluster = { at: [1, 1], pt: 40, en: 50 };
  expect(matchesBy(validation, [{}, far])).toMatchObject({ n: 1, best: 0, isSplit: false });
  expect(matchesBy(validation, [{}, far], 1)).toMatchObject({ n: 2, best: 1, largest: 1, second: 0, pt: 50, isSplit: true });
  expect(matchesBy(validation, [far, {}], 0)).toMatchObject({ n: 2, best: 0, largest: 0, second: 1 });
}); // prettier-ignore

test("the point of a direction: at tan(theta) from the beam in either endcap, turned by phi", () => {
  for (const eta of [1.5, -1.5, 3]) {
    const tan = Math.tan(2 * Math.atan(Math.exp(-Math.abs(eta))));
    const { x, y } = projected(eta, 2);
    expect([x, y].map((value) => value / tan)).toEqual([expect.closeTo(Math.cos(2), 12), expect.closeTo(Math.sin(2), 12)]); // prettier-ignore
  }
});

test("a particle has a neighbour when another one of its own entry is nearer than splitDistance", () => {
  // The particles of an entry, by their distance to the first one in x; those of the entries around it are all at its place.
  const near = (...distances: readonly number[]): boolean[] => {
    const batch = batchOf([{ cells: [] }, { cells: [] }, { cells: [] }]);
    const places = [0, ...distances, 0];
    const gen = createTable(GEN, places.length);
    for (const [g, away] of places.entries()) gen.columns.gen_eta[g] = Math.asinh(1 / (0.2 + away));
    batch.entries.columns.gen_first.set([0, 1, places.length - 1]);
    batch.entries.columns.gen_rows.set([1, distances.length, 1]);
    return distances.map((_, k) => hasNeighbour({ batch: { ...batch, gen }, i: 1 }, 1 + k, validation));
  };
  expect(near(0)).toEqual([false]);
  expect(near(0, within)).toEqual([true, true]);
  expect(near(0, splitDistance * (1 + 1e-9))).toEqual([false, false]);
  expect(near(0, 0.1, 0.15)).toEqual([false, true, true]);
  expect(near(0.15, 0.1, 0)).toEqual([true, true, false]);
});

test("a distance is that of both coordinates over the depth to the point's", () => {
  const table = new TableBuilder(CLUSTERS);
  const row = table.add(1);
  [table.columns.x[row], table.columns.y[row], table.columns.z[row]] = [-16, 48, -320];
  const clusters = { columns: table.columns, first: 0, end: 1 };
  expect(distanceTo(clusters, 0, { x: -0.05 + 3, y: 0.15 - 4 })).toBeCloseTo(5, 12);
  expect(distanceTo(clusters, 0, { x: -0.05, y: 0.15 })).toBeCloseTo(0, 12);
});
