/** Which entries and particles are selected: the definitions, one row each. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { CL3D, ENTRIES, GEN, type SampleBatch } from "../events/index.js";
import { DEFAULT_PARAMS } from "./params.js";
import { energyResponse, leftOutReasons, parseSelection, selectEntry } from "./select.js";

const { base } = DEFAULT_PARAMS;
const { EtaMin, EtaMax, EtaMinStrict, EtaMaxStrict, EnResSplits, EnResNoSplits } = base;

type EtaEnergy = readonly [eta: number, energy: number];

/** One entry on the positive endcap, behind another one with a particle and a cluster of its own. */
function entryOf(particles: readonly EtaEnergy[], clusters: readonly EtaEnergy[]): SampleBatch {
  const entries = createTable(ENTRIES, 2);
  const gen = createTable(GEN, 1 + particles.length);
  const cl3d = createTable(CL3D, 1 + clusters.length);
  entries.columns.zside.fill(1);
  entries.columns.gen_first.set([0, 1]);
  entries.columns.gen_rows.set([1, particles.length]);
  entries.columns.cl3d_first.set([0, 1]);
  entries.columns.cl3d_rows.set([1, clusters.length]);
  for (const [g, [eta, energy]] of ([[2, 10], ...particles] as const).entries()) {
    gen.columns.gen_eta[g] = eta;
    gen.columns.gen_en[g] = energy;
  }
  for (const [c, [eta, energy]] of ([[2, 1], ...clusters] as const).entries()) {
    cl3d.columns.cl3d_eta[c] = eta;
    cl3d.columns.cl3d_en[c] = energy;
  }
  return { entries, gen, cl3d, tc: { rows: 0, columns: {} as SampleBatch["tc"]["columns"] } };
}

const select = (text: string, particles: readonly EtaEnergy[], clusters: readonly EtaEnergy[], required = false) =>
  selectEntry(entryOf(particles, clusters), 1, parseSelection(text), { ...base, RequireCl3d: required });

/** A cluster with a response r to a particle of 100 GeV. */
const at = (r: number, eta = 2): EtaEnergy => [eta, 100 * (1 + r)];
const whole = at((EnResNoSplits + 1) / 2);
const broken = at(EnResSplits - 0.05);
const between = at((EnResSplits + EnResNoSplits) / 2);
const photon: EtaEnergy = [2.2, 100];

test("the thresholds of this test lie in their order", () => {
  expect(EnResSplits).toBeLessThan(EnResNoSplits);
  expect([EtaMin, EtaMinStrict, EtaMaxStrict, EtaMax].toSorted((a, b) => a - b)).toEqual([EtaMin, EtaMinStrict, EtaMaxStrict, EtaMax]); // prettier-ignore
});

test.each<[string, readonly EtaEnergy[], readonly string[]]>([
  ["whole", [whole], ["all", "no_splits"]],
  ["broken", [broken], ["all", "splits_only"]],
  ["neither whole nor broken", [between], ["all"]],
  ["whole with a broken piece", [whole, broken], ["all", "splits_only"]],
  ["broken in the other endcap, whole in this one", [whole, [-2, broken[1]]], ["all", "no_splits"]],
  ["whole in the other endcap alone", [[-2, whole[1]]], ["all"]],
  ["without a cluster", [], ["all"]],
])("a particle %s: which selections take it", (_, clusters, taken) => {
  for (const text of ["all", "splits_only", "no_splits"]) {
    const { particles, leftOut } = select(text, [photon], clusters);
    expect([text, particles]).toEqual([text, taken.includes(text) ? [1] : []]);
    const hasCl3d = clusters.some(([eta]) => eta > 0);
    expect([text, leftOut]).toEqual([text, taken.includes(text) ? null : hasCl3d ? "deselected" : "withoutCl3d"]);
  }
});

test("a response at a threshold is on neither side of it", () => {
  // Energies whose response is the threshold to the last bit.
  const exactly = (threshold: number): readonly [EtaEnergy, EtaEnergy] => {
    const gen = Array.from({ length: 1000 }, (_, k) => 1 + k).find((en) => energyResponse(en * (1 + threshold), en) === threshold) ?? 0; // prettier-ignore
    expect(gen).toBeGreaterThan(0);
    return [[2.2, gen], [2, gen * (1 + threshold)]]; // prettier-ignore
  };
  const [particle, cluster] = exactly(EnResSplits);
  expect(select("splits_only", [particle], [cluster]).leftOut).toBe("deselected");
  expect(select("splits_only", [particle], [[2, cluster[1] * (1 - 1e-12)]]).leftOut).toBe(null);
  const [whole1, cluster1] = exactly(EnResNoSplits);
  expect(select("no_splits", [whole1], [cluster1]).leftOut).toBe("deselected");
  expect(select("no_splits", [whole1], [[2, cluster1[1] * (1 + 1e-12)]]).leftOut).toBe(null);
});

test("the response of a cluster: exact, +1.1 where it is not defined, infinite where the particle has no energy", () => {
  expect([energyResponse(50, 100), energyResponse(150, 100), energyResponse(0, 0), energyResponse(1, 0)]).toEqual([
    -0.5,
    0.5,
    1.1,
    Infinity,
  ]);
});

test.each<[string, string, readonly number[], readonly number[]]>([
  ["the edges of the acceptance do not belong to it", "all", [EtaMin, EtaMax, EtaMin + 1e-6, EtaMax - 1e-6], [2, 3]],
  [
    "nor do those of the strict one",
    "no_splits",
    [EtaMinStrict, EtaMaxStrict, EtaMinStrict + 1e-6, EtaMaxStrict - 1e-6],
    [2, 3],
  ],
  ["nor does the eta that particles are to be above", "above_eta_2.3", [2.3, 2.2, 2.4, -2.4], [2, 3]],
  ["both endcaps have the same acceptance", "all", [-2, 2, -EtaMax, -EtaMin], [0, 1]],
])("%s", (_, text, etas, taken) => {
  const found = select(text, etas.map((eta) => [eta, 100]), [whole]); // prettier-ignore
  expect(found.particles).toEqual(taken.map((k) => 1 + k));
  expect([found.rowsIn, found.rowsOut]).toEqual([etas.length, taken.length]);
});

test("an entry is left out for the first reason there is", () => {
  expect(select("all", [[EtaMax + 0.1, 100]], [whole]).leftOut).toBe("outside");
  expect(select("all", [photon], [], true).leftOut).toBe("withoutCl3d");
  expect(select("all", [photon], []).leftOut).toBe(null);
  expect(select("above_eta_2.5", [photon], []).leftOut).toBe("deselected");
  expect(select("no_splits", [[EtaMin + 1e-6, 100]], [whole]).leftOut).toBe("deselected");
});

test("minimum bias, without generated particles, is selected by all alone", () => {
  expect(select("all", [], [])).toEqual({ rowsIn: 0, rowsOut: 0, particles: [], leftOut: null });
  expect(select("all", [], [], true).leftOut).toBe("withoutCl3d");
  expect(select("splits_only", [], [whole]).leftOut).toBe("outside");
});

test("rows are those of the join of particles and clusters; a particle without one is a row unless one is required", () => {
  const two: readonly EtaEnergy[] = [photon, [EtaMax + 0.1, 100]];
  expect(select("all", two, [whole, whole, whole])).toMatchObject({ rowsIn: 6, rowsOut: 3 });
  expect(select("all", two, [])).toMatchObject({ rowsIn: 2, rowsOut: 1 });
  expect(select("all", two, [], true)).toMatchObject({ rowsIn: 0, rowsOut: 0 });
});

test("reasons in words: those that there are, with their numbers, in the order in which they are asked", () => {
  const words = leftOutReasons({ outside: 1, withoutCl3d: 0, deselected: 3 }, base);
  expect(words.map((text) => text.split(" ")[0])).toEqual(["1", "3"]);
  expect(words[0]).toContain(`${EtaMin} < |eta| < ${EtaMax}`);
});
