import { expect, test } from "vitest";
import { type CatalogWeights } from "../../server/api.js";
import { applySettings } from "./parameters.js";
import { decodeView, DEFAULT_VIEW, encodeView } from "./view-state.js";
import { findWeights, settingsOfWeights, weightsName, withWeights } from "./weights.js";

const plain: CatalogWeights = {
  ...{ id: "out/weights", particle: "photons", radius: 0.01, pileup: 0, version: "weighted" },
  ...{ LayerWeights: [1.1, 1, 0.9000000000000001], PileUpPt: [], EnergyResponse: [] },
};
const corrected: CatalogWeights = { ...plain, pileup: 200, version: "eta_corrected", PileUpPt: [12.5, -3] };

test("weights of a study are settings: the parameters of a run with them, kept by links to the last digit", () => {
  const settings = settingsOfWeights(corrected);
  const { cluster } = applySettings(settings);
  expect(new Set(cluster.CoeffA)).toEqual(new Set([0.01]));
  expect(cluster).toMatchObject({ LayerWeights: corrected.LayerWeights, PileUpPt: [12.5, -3], EnergyResponse: [] });
  expect(decodeView(encodeView({ ...DEFAULT_VIEW, settings })).settings).toEqual(settings);
});

test("the weights that are set are found among all; changing them leaves the other settings", () => {
  const list = [plain, corrected];
  const before = { "seed.window": "2", radius: "0.03" };
  expect(findWeights(before, list)).toBe(-1);
  const set = withWeights(before, corrected);
  expect([findWeights(set, list), set["seed.window"]]).toEqual([1, "2"]);
  const other = withWeights(set, plain);
  expect([findWeights(other, list), other["cluster.PileUpPt"]]).toEqual([0, undefined]);
  expect(findWeights({ ...other, radius: "0.02" }, list)).toBe(-1);
  expect(withWeights(other, null)).toEqual({ "seed.window": "2" });
});

test("they are named for people", () => {
  expect(weightsName(corrected)).toBe("out/weights: photons, PU200, radius 0.01, eta corrected");
});
