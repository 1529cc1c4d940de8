/** Defaults and bounds: files of users and links hold values that stay valid. */
import { expect, test } from "vitest";
import { type ParameterRow, wrongValue } from "../core/index.js";
import { PARAMETERS } from "./parameters.js";

/** Reals and integers by section: [least, greatest] that are accepted; least is the first that is not where an interval is open. */
const BOUNDS: Readonly<Record<string, readonly [least: number, greatest: number, fewest?: number]>> = {
  "base.NbinsRz": [1, 1000],
  "base.NbinsPhi": [3, 10_000],
  "base.MinROverZ": [0, 10],
  "base.MaxROverZ": [0, 10],
  "base.MinPhi": [-7, 7],
  "base.MaxPhi": [-7, 7],
  "base.EtaMin": [0, 100],
  "base.EtaMax": [0, 100],
  "base.EtaMinStrict": [0, 100],
  "base.EtaMaxStrict": [0, 100],
  "base.EnResSplits": [-1, 1000],
  "base.EnResNoSplits": [-1, 1000],
  "smooth.BinSums": [1, 9999, 1],
  "smooth.AreaPerTriggerCell": [0, 1],
  "seed.histoThreshold": [0, 1e6],
  "seed.window": [1, 100],
  "cs.k": [1, 36],
  "cs.threshold": [0, 1e6, 1],
  "cs.eta_list": [0, 100, 2],
  "seed_cs.histoThreshold": [0, 1e6],
  "cluster.CoeffA": [0, 10, 1],
  "cluster.CoeffB": [-10, 10],
  "cluster.MidRadius": [0, 100],
  "cluster.PtC3dThreshold": [0, 1e6],
  "cluster.LayerWeights": [0, 1000, 0],
  "cluster.PileUpPt": [-1000, 1000, 0],
  "cluster.EnergyResponse": [-100_000, 100_000, 0],
  "valid_cluster.tcDeltaRthresh": [0, 10, 0],
  "validation.splitDistance": [0, 10],
  "validation.splitPt": [0, 1e6],
  "validation.splitShare": [0, 1],
};
/** Greater than their lower bound. */
const OPEN = ["smooth.AreaPerTriggerCell", "valid_cluster.tcDeltaRthresh"];

const rows = Object.entries<Readonly<Record<string, ParameterRow>>>(PARAMETERS).flatMap(([section, table]) =>
  Object.entries(table).map(([name, row]) => [`${section}.${name}`, row] as const),
);

test("every number has bounds: it is accepted at them, and refused beyond", () => {
  const numbers = rows.filter(([, row]) => "max" in row);
  expect(numbers.map(([key]) => key)).toEqual(Object.keys(BOUNDS));
  for (const [key, row] of numbers) {
    const [least, greatest, fewest] = BOUNDS[key];
    const isList = fewest !== undefined;
    const accepts = (value: number): boolean =>
      wrongValue(row, isList ? Array.from({ length: Math.max(1, fewest) }, () => value) : value) === null;
    const small = 1e-9;
    // Whole numbers go in ones, odd ones in twos.
    const step = Number.isInteger(greatest) && !accepts(least + 0.5) ? 1 : small;
    expect([key, accepts(least), accepts(greatest)]).toEqual([key, !OPEN.includes(key), true]);
    expect([key, accepts(least - step), accepts(greatest + Math.max(step, small * greatest))]).toEqual([key, false, false]); // prettier-ignore
    if (OPEN.includes(key)) expect([key, accepts(least + small)]).toEqual([key, true]);
    if (!isList) continue;
    const ones = (n: number): number[] => Array.from({ length: n }, () => 1);
    expect([key, wrongValue(row, ones(fewest))]).toEqual([key, null]);
    if (fewest > 0) expect([key, wrongValue(row, ones(fewest - 1)) === null]).toEqual([key, false]);
  }
});

test("widths of the phi kernel are odd", () => {
  const accepts = (value: number): boolean => wrongValue(PARAMETERS.smooth.BinSums, [3, value, 5]) === null;
  expect([1, 2, 3, 4, 9998, 9999].map(accepts)).toEqual([true, false, true, false, false, true]);
});

test("defaults of lists: kernels narrow towards larger R/z, radii widen with depth", () => {
  const runs = (list: readonly number[]): [number, number][] =>
    [...new Set(list)].map((value) => [list.filter((each) => each === value).length, value]);
  expect(runs(PARAMETERS.smooth.BinSums.value)).toEqual([[1, 13], [3, 11], [3, 9], [6, 7], [15, 5], [14, 3]]); // prettier-ignore
  expect(runs(PARAMETERS.cluster.CoeffA.value)).toEqual([[7, 0.015], [7, 0.02], [7, 0.03], [13, 0.04], [18, 0.05]]); // prettier-ignore
});

test("switches are off but for the hexagonal window, choices begin with their default", () => {
  const on = rows.filter(([, { value }]) => value === true).map(([key]) => key);
  expect(on).toEqual(["seed_cs.hexDist"]);
  const { base, smooth, seed_cs, cluster } = PARAMETERS;
  for (const { value, options } of [base.PhiAxis, smooth.kernel, seed_cs.InputName, cluster.algo]) expect(value).toBe(options[0]); // prettier-ignore
});

test("what the panel shows before it is opened: thresholds, windows, and what changes the kind of result", () => {
  const main = rows.filter(([, { panel }]) => panel?.main === true).map(([key]) => key);
  expect(main).toEqual([
    ...["smooth.kernel", "seed.histoThreshold", "seed.window", "cs.threshold", "cs.nearby"],
    ...["seed_cs.histoThreshold", "seed_cs.hexDist", "cluster.PtC3dThreshold", "cluster.algo", "cluster.CSCylinder"],
  ]);
});

test("sliders of the panel: what is scanned by hand is within the bounds, in steps that divide the range", () => {
  const sliders = rows.flatMap(([key, { panel }]) =>
    panel?.step === undefined ? [] : [[key, panel.min, panel.max, panel.step]],
  );
  expect(sliders).toEqual([
    ["base.NbinsRz", 4, 120, 1],
    ["base.NbinsPhi", 36, 720, 1],
    ["base.MinROverZ", 0, 0.3, 0.001],
    ["base.MaxROverZ", 0.3, 0.8, 0.001],
    ["smooth.AreaPerTriggerCell", 1e-6, 1e-3, 1e-7],
    ["seed.histoThreshold", 0, 200, 0.5],
    ["seed.window", 1, 10, 1],
    ["cs.k", 1, 36, 1],
    ["seed_cs.histoThreshold", 0, 200, 0.5],
    ["cluster.CoeffB", -0.05, 0.05, 0.001],
    ["cluster.MidRadius", 1.5, 3, 0.05],
    ["cluster.PtC3dThreshold", 0, 20, 0.1],
  ]);
  for (const [key, min, max] of sliders as [string, number, number][]) {
    const [least, greatest] = BOUNDS[key];
    const value = Number(rows.find(([name]) => name === key)?.[1].value);
    expect([key, least <= min, max <= greatest, min <= value && value <= max]).toEqual([key, true, true, true]);
  }
});
