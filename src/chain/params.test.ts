/** What must hold between parameters: the last value that works and the first that does not. */
import { expect, test } from "vitest";
import { wrongValue, type ParameterRow } from "../core/index.js";
import { PARAMETERS } from "./parameters.js";
import { checkParams, type ChainParams, DEFAULT_PARAMS, storedParams } from "./params.js";
import { CMSSW_PARAMS, presetParams } from "./presets.js";

const { base, smooth, cs } = DEFAULT_PARAMS;
type Change = { readonly [S in keyof ChainParams]?: Partial<ChainParams[S]> };

const changed = (change: Change): ChainParams => {
  const sections = Object.entries(change).map(([name, values]) => [name, { ...DEFAULT_PARAMS[name as keyof ChainParams], ...values }]); // prettier-ignore
  return { ...DEFAULT_PARAMS, ...(Object.fromEntries(sections) as Partial<ChainParams>) };
};
const sums = (first: number): number[] => smooth.BinSums.map((sum, row) => (row === 0 ? first : sum));
const above = (value: number): number => value + 1e-9;

test.each<{ key: string; right: Change; wrong: Change }>([
  { key: "base.MaxROverZ", right: { base: { MinROverZ: 0.3, MaxROverZ: above(0.3) } }, wrong: { base: { MinROverZ: 0.3, MaxROverZ: 0.3 } } },
  { key: "base.MaxPhi", right: { base: { MinPhi: 1, MaxPhi: above(1) } }, wrong: { base: { MinPhi: 1, MaxPhi: 1 } } },
  { key: "base.MaxPhi", right: { base: { MinPhi: 0, MaxPhi: 2 * Math.PI } }, wrong: { base: { MinPhi: 0, MaxPhi: above(2 * Math.PI) } } },
  { key: "base.EtaMax", right: { base: { EtaMin: 2, EtaMax: above(2) } }, wrong: { base: { EtaMin: 2, EtaMax: 2 } } },
  { key: "base.EtaMaxStrict", right: { base: { EtaMinStrict: 2, EtaMaxStrict: above(2) } }, wrong: { base: { EtaMinStrict: 2, EtaMaxStrict: 2 } } },
  { key: "smooth.BinSums", right: {}, wrong: { smooth: { BinSums: smooth.BinSums.slice(1) } } },
  { key: "smooth.BinSums", right: { base: { NbinsPhi: 31 }, smooth: { BinSums: sums(29) } }, wrong: { base: { NbinsPhi: 31 }, smooth: { BinSums: sums(31) } } },
  { key: "seed.window", right: { base: { NbinsPhi: 21 }, seed: { window: 10 } }, wrong: { base: { NbinsPhi: 20 }, seed: { window: 10 } } },
  { key: "cs.eta_list", right: { cs: { threshold: [1], eta_list: [2, above(2)] } }, wrong: { cs: { threshold: [1], eta_list: [2, 2] } } },
  { key: "cs.eta_list", right: {}, wrong: { cs: { threshold: [...cs.threshold, 200] } } },
  { key: "cluster.PileUpPt", right: { cluster: { PileUpPt: [1, 2] } }, wrong: { cluster: { PileUpPt: [1] } } },
  { key: "cluster.PileUpPt", right: { cluster: { PileUpPt: [] } }, wrong: { cluster: { PileUpPt: [1, 2, 3] } } },
  { key: "cluster.EnergyResponse", right: { cluster: { EnergyResponse: [0.5, 0.05, 10, 500] } }, wrong: { cluster: { EnergyResponse: [0.5, 0.05, 10] } } },
  { key: "cluster.EnergyResponse", right: { cluster: { EnergyResponse: [] } }, wrong: { cluster: { EnergyResponse: [0.5, 0.05, 500, 10] } } },
])("$key: what works, and what just does not", ({ key, right, wrong }) => {
  expect(checkParams(changed(right))).toBeUndefined();
  expect(() => checkParams(changed(wrong))).toThrow(`${key}: expected `);
}); // prettier-ignore

test("defaults are right, and sliders lie within the bounds and hold the default", () => {
  for (const rows of Object.values<Readonly<Record<string, ParameterRow>>>(PARAMETERS)) {
    for (const [name, row] of Object.entries(rows)) {
      expect([name, wrongValue(row, row.value)]).toEqual([name, null]);
      const { panel } = row;
      if (panel?.min === undefined || panel.max === undefined || !("max" in row)) continue;
      expect([name, panel.min >= row.min, panel.max <= row.max, panel.min < panel.max]).toEqual([name, true, true, true]); // prettier-ignore
      if (typeof row.value === "number" && panel.step !== undefined) {
        // Both ends, and the default, are steps of it; whole numbers go in ones.
        for (const value of [panel.max, row.value]) {
          const steps = (value - panel.min) / panel.step;
          expect([name, Math.abs(steps - Math.round(steps)) < 1e-6]).toEqual([name, true]);
        }
        if (row.kind === "whole") expect([name, panel.step]).toEqual([name, 1]);
      }
      if (typeof row.value === "number") expect([name, row.value >= panel.min, row.value <= panel.max]).toEqual([name, true, true]); // prettier-ignore
    }
  }
  const { options } = PARAMETERS.cs.initial_layer;
  expect(options.every((layer, k) => k === 0 || Number(layer) > Number(options[k - 1]))).toBe(true);
});

test("what a file does not know has its default; the later of presets counts", () => {
  expect(storedParams(null)).toEqual(DEFAULT_PARAMS);
  expect(storedParams({ base: { NbinsRz: 7 } })).toEqual(changed({ base: { NbinsRz: 7 } }));
  expect(presetParams([])).toEqual(DEFAULT_PARAMS);
  expect(CMSSW_PARAMS.smooth).toEqual({ ...smooth, SeedsNormByArea: true });
  expect(CMSSW_PARAMS.base).toEqual(base);
  expect(() => presetParams(["none"])).toThrow('no preset "none"; there are ');
});
