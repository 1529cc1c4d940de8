/** Which weights of a study a run gets. */
import { expect, test } from "vitest";
import { type ChainParams, DEFAULT_PARAMS } from "../chain/index.js";
import { type Schema, type Table, TableBuilder } from "../core/index.js";
import { CORRECTIONS, WEIGHTS } from "../studies/index.js";
import { fittedOf, particleFor, radiusFor, type WeightsTables } from "./apply-weights.js";

function table<S extends Schema>(schema: S, rows: readonly Readonly<Record<string, unknown>>[]): Table<S> {
  const builder = new TableBuilder(schema);
  for (const row of rows) {
    const at = builder.add(1);
    for (const [name, value] of Object.entries(row)) (builder.columns as Record<string, Record<number, unknown>>)[name][at] = value;
  }
  return builder.finish();
} // prettier-ignore

const NONE = {
  response_at1: NaN,
  response_slope: NaN,
  response_from: NaN,
  response_to: NaN,
  pileup_intercept: NaN,
  pileup_slope: NaN,
};
/** Photons at two radii, pions at one; lines of pile-up for photons, a response for pions. */
const TABLES: WeightsTables = {
  weights: table(WEIGHTS, [
    { particle: "photons", radius: 0.01, layer: 1, weight: 1.1, weight_lo: 1, weight_hi: 1.2 },
    { particle: "photons", radius: 0.02, layer: 1, weight: 2.1, weight_lo: 2, weight_hi: 2.2 },
    { particle: "photons", radius: 0.02, layer: 3, weight: 2.3, weight_lo: 2.1, weight_hi: 2.5 },
    { particle: "pions", radius: 0.03, layer: 1, weight: 3.1, weight_lo: 3, weight_hi: 3.2 },
  ]),
  corrections: table(CORRECTIONS, [
    { ...NONE, particle: "photons", radius: 0.02, sample: 0, pileup: 0 },
    { ...NONE, particle: "photons", radius: 0.02, sample: 1, pileup: 140, pileup_intercept: 9, pileup_slope: -3 },
    { ...NONE, particle: "photons", radius: 0.02, sample: 2, pileup: 200, pileup_intercept: 11, pileup_slope: -4 },
    { ...NONE, particle: "photons", radius: 0.01, sample: 2, pileup: 200, pileup_intercept: 5, pileup_slope: -1 },
    {
      ...NONE,
      particle: "pions",
      radius: 0.03,
      sample: 3,
      pileup: 200,
      response_at1: 0.6,
      response_slope: 0.05,
      response_from: 5,
      response_to: 90,
    },
  ]),
};

test("particles are those that are wanted, if there are weights of them", () => {
  expect([particleFor("STUDY", TABLES, "photons"), particleFor("STUDY", TABLES, "pions")]).toEqual(["photons", "pions"]);
  const there = "there are those of photons, pions: say with --weights-of whose to take";
  expect(() => particleFor("STUDY", TABLES, "electrons")).toThrow(`STUDY: it has no weights of electrons; ${there}`);
  expect(() => particleFor("STUDY", TABLES, undefined)).toThrow(`STUDY: the sample does not say which particles it holds; ${there}`);
}); // prettier-ignore

const withRadii = (of: (layer: number) => number): ChainParams => ({
  ...DEFAULT_PARAMS,
  cluster: { ...DEFAULT_PARAMS.cluster, CoeffA: DEFAULT_PARAMS.cluster.CoeffA.map((_, l) => of(l)) },
});

test("the radius is the study's only one, or the one that the run has in all layers", () => {
  expect(radiusFor("STUDY", TABLES, "pions", DEFAULT_PARAMS)).toBe(0.03);
  expect(
    radiusFor(
      "STUDY",
      TABLES,
      "photons",
      withRadii(() => 0.02),
    ),
  ).toBe(0.02);
  // As it is written in the study, whatever rounding made of it.
  expect(
    radiusFor(
      "STUDY",
      TABLES,
      "photons",
      withRadii(() => 0.02 * (1 + 1e-12)),
    ),
  ).toBe(0.02);
  expect(
    radiusFor(
      "STUDY",
      TABLES,
      "pions",
      withRadii(() => 0.03),
    ),
  ).toBe(0.03);
});

test.each<[string, string, ChainParams, string]>([
  ["none is given of several", "photons", DEFAULT_PARAMS, "for the radii 0.01, 0.02, none is given: choose one with --radius"],
  ["one that the study lacks", "photons", withRadii(() => 0.03), "for the radii 0.01, 0.02, the run has 0.03: choose"],
  ["another one than the only one", "pions", withRadii(() => 0.02), "for the radii 0.03, the run has 0.02: choose"],
  ["others by layer", "photons", withRadii((l) => (l < 9 ? 0.02 : 0.01)), "0.01, 0.02, the run has others by layer: choose"],
])("no radius: %s", (_, particle, params, message) => {
  expect(() => radiusFor("STUDY", TABLES, particle, params)).toThrow(`STUDY has weights of ${particle}`);
  expect(() => radiusFor("STUDY", TABLES, particle, params)).toThrow(message);
}); // prettier-ignore

test("what was fitted is that of the particles, the radius and the pile-up of the sample", () => {
  const photons = fittedOf(TABLES, "photons", 0.02, 200);
  expect(photons.weights).toEqual([
    { layer: 1, weight: 2.1, interval: { low: 2, high: 2.2 } },
    { layer: 3, weight: 2.3, interval: { low: 2.1, high: 2.5 } },
  ]);
  expect([photons.response, [...photons.pileUp]]).toEqual([undefined, [[0, { intercept: 11, slope: -4 }]]]);
  expect([...fittedOf(TABLES, "photons", 0.02, 140).pileUp]).toEqual([[0, { intercept: 9, slope: -3 }]]);
  expect([...fittedOf(TABLES, "photons", 0.01, 200).pileUp]).toEqual([[0, { intercept: 5, slope: -1 }]]);
  // None was fitted without pile-up, with another one, and where the sample does not say.
  for (const pileup of [0, 100, undefined]) expect(fittedOf(TABLES, "photons", 0.02, pileup).pileUp.size).toBe(0);
  const pions = fittedOf(TABLES, "pions", 0.03, undefined);
  expect([pions.response, pions.weights.length]).toEqual([{ at1: 0.6, slope: 0.05, from: 5, to: 90 }, 1]);
});
