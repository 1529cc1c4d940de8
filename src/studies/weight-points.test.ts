/** Figures of calibrated clusters, by their definitions. */
import { expect, test } from "vitest";
import { createTable, effectiveRms, mean, median, standardDeviation } from "../core/index.js";
import { type CalibrationOptions, type LayerTable, placeOf } from "./calibration.js";
import { LAYER_CLUSTERS_WITH_PT } from "./weight-tables.js";
import { weightFigures } from "./weight-points.js";

const OPTIONS: CalibrationOptions = {
  ...{ maxWeight: 5, fitShare: 0.5, seed: 1, minGenPt: 5, minPt: 3, minClusters: 20, fixedLayers: [] },
  ...{ ptWindow: false, replicas: 10 },
};
const NONE = { LayerWeights: [], PileUpPt: [], EnergyResponse: [] };

test("figures of each set: of particles above the least pt, their medians, widths and means; the fit sees the others", () => {
  const n = 120;
  const table = createTable(LAYER_CLUSTERS_WITH_PT, n) as unknown as LayerTable;
  const columns = table.columns as unknown as Record<string, Float64Array>;
  const of = (row: number) => ({ genPt: 4 + row, genEta: -1.8 - 0.007 * row, eta: -1.8 - 0.006 * row, pt: (4 + row) * (0.4 + ((row * 37) % 61) / 200) }); // prettier-ignore
  for (let row = 0; row < n; row++) {
    const { genPt, genEta, eta, pt } = of(row);
    table.columns.entry[row] = row;
    table.columns.event[row] = BigInt(row);
    table.columns.gen_pt[row] = genPt;
    table.columns.gen_eta[row] = genEta;
    table.columns.gen_en[row] = genPt * Math.cosh(genEta);
    table.columns.eta[row] = eta;
    table.columns.seed_idx[row] = 0;
    // Some make no cluster above the threshold.
    columns["pt_5"][row] = row % 10 === 9 ? 0.5 : pt;
  }
  for (const set of ["fit", "test"] as const) {
    const rows = Array.from({ length: n }, (_, row) => row).filter(
      (row) => of(row).genPt > 5 && placeOf(BigInt(row), 1, 0.5).isFit === (set === "fit"),
    );
    const matched = rows.filter((row) => row % 10 !== 9).map(of);
    const pts = matched.map(({ pt, genPt }) => pt / genPt);
    const energies = matched.map(({ pt, eta, genPt, genEta }) => (pt * Math.cosh(eta)) / (genPt * Math.cosh(genEta)));
    const { resolution_pt_lo: low, resolution_pt_hi: high, ...found } = weightFigures(table, NONE, set, 0.5, OPTIONS);
    const want = {
      particles: rows.length, matched: matched.length,
      response_en: median(energies), response_pt: median(pts),
      resolution_en: effectiveRms(energies) / median(energies), resolution_pt: effectiveRms(pts) / median(pts),
      rms_en: standardDeviation(energies) / mean(energies), rms_pt: standardDeviation(pts) / mean(pts),
    }; // prettier-ignore
    expect(found).toEqual(Object.fromEntries(Object.entries(want).map(([name, value]) => [name, expect.closeTo(value, 12)])));
    // The interval is that of the relative width.
    expect(low).toBeLessThan(high);
    for (const end of [low, high]) expect(Math.abs(end / want.resolution_pt - 1)).toBeLessThan(0.5);
  }
}); // prettier-ignore
