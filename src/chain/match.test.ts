/** Where the definitions of CHAIN say "<" and ">=", to the last bit. */
import { expect, test } from "vitest";
import { TableBuilder } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { matchPoint } from "./match.js";
import { DEFAULT_PARAMS } from "./params.js";

const { validation } = DEFAULT_PARAMS;
const { splitDistance, splitPt, splitShare } = validation;

interface Cluster {
  readonly at?: readonly [x: number, y: number];
  readonly pt?: number;
  readonly en?: number;
}

/** Clusters at a depth of 1 cm, at (x/z, y/z); the particle is at the origin. */
function matchesOf(...list: readonly Cluster[]) {
  const table = new TableBuilder(CLUSTERS);
  for (const { at = [0, 0], pt = 10, en = 20 } of list) {
    const row = table.add(1);
    [table.columns.x[row], table.columns.y[row]] = at;
    table.columns.z[row] = -1;
    table.columns.pt[row] = pt;
    table.columns.en[row] = en;
  }
  return matchPoint({ columns: table.columns, first: 0, end: list.length }, { x: 0, y: 0 }, validation);
}

const within = splitDistance * (1 - 2 ** -50);

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
  ["the second largest counts, wherever it stands", [{ pt: 10 }, { pt: 90 }, { pt: 3 }], false],
])("split: %s", (_, list, isSplit) => {
  expect(matchesOf(...list).isSplit).toBe(isSplit);
});

test("of equal energies the first is the best, of equal pts the first is the largest", () => {
  expect(matchesOf({ en: 5 }, { en: 7 }, { en: 7 })).toMatchObject({ best: 1, largest: 0, second: 1, pt: 30 });
  expect(matchesOf({ at: [1, 0] })).toMatchObject({ n: 0, best: -1, largest: -1, second: -1, pt: 0 });
});
