import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { lanesOf } from "./lanes.js";
import { recordsOf } from "./records.test-data.js";
import { FOLDED_PHI, foldedPhi, PHI_IN_BIN, VARIABLES } from "./variables.js";

const lanesWith = (rows: Parameters<typeof recordsOf>[0]) =>
  lanesOf([{ name: "a", selection: "all", records: recordsOf(rows) }]);
const [pt, energy, eta, phi] = VARIABLES;

test("each quantity is its column; |η| without its sign", () => {
  const [lane] = lanesWith([{ genpt: 3, genen: 40, geneta: -2, genphi: -1 }]);
  expect(VARIABLES.map(({ id, values }) => [id, ...values(lane)])).toEqual([
    ["pt", 3],
    ["energy", 40],
    ["eta", 2],
    ["phi", -1],
  ]);
});

test("bins are round, at most twelve, and hold all values of all lanes", () => {
  const lanes = lanesWith([
    { genpt: 3, genen: 12, geneta: -1.6 },
    { genpt: 58, genen: 700, geneta: 2.9, chain: "cs" },
  ]);
  expect(lanes.length).toBe(2);
  expect(pt.edges(lanes)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  expect(energy.edges(lanes)).toEqual([0, 100, 200, 300, 400, 500, 600, 700]);
  expect(eta.edges(lanes)).toEqual([1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8, 3]);
  expect(pt.edges([])).toEqual([0, 1]);
});

test("angles have twelve bins, whatever the values are", () => {
  expect(phi.edges([])).toEqual([-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((k) => expect.closeTo((k * Math.PI) / 6, 12))); // prettier-ignore
  expect(FOLDED_PHI.edges([])).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  expect(PHI_IN_BIN.edges([])).toEqual(Array.from({ length: 13 }, (_, k) => expect.closeTo(k / 12, 12)));
});

test.each([
  { degrees: 0, eta: 2, folded: 0 },
  { degrees: 61, eta: 2, folded: 1 },
  { degrees: -1, eta: 2, folded: 59 },
  { degrees: 10, eta: -2, folded: 50 },
  { degrees: -170, eta: -2, folded: 50 },
  // Neither endcap: not turned over.
  { degrees: 10, eta: 0, folded: 10 },
])("φ = $degrees° at η = $eta is $folded° of a sector", ({ degrees, eta: at, folded }) => {
  expect(foldedPhi((degrees * Math.PI) / 180, at)).toBeCloseTo(folded, 9);
});

test("the place in the φ bin is that of the run's own bins", () => {
  const { base } = DEFAULT_PARAMS;
  const params = { ...DEFAULT_PARAMS, base: { ...base, NbinsPhi: 10, MinPhi: 0, MaxPhi: 5 } };
  const [lane] = lanesOf([{ name: "a", selection: "", records: recordsOf([{ genphi: 1.6 }]), params }]);
  expect(PHI_IN_BIN.values(lane)[0]).toBeCloseTo(0.2, 9);
});
