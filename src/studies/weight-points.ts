/** Figures of calibrated clusters on the events that a fit has seen, and on the others. */
import { type Calibration } from "../chain/index.js";
import {
  bootstrap,
  effectiveRms,
  mean,
  median,
  sortedEffectiveRms,
  sortedQuantile,
  standardDeviation,
} from "../core/index.js";
import { calibratedParticles, type CalibrationOptions, type LayerTable, placeOf } from "./calibration.js";
import { type WEIGHT_POINTS } from "./weight-tables.js";

export const SETS = ["fit", "test"] as const;

type Figure = Exclude<keyof typeof WEIGHT_POINTS, "point" | "radius" | "sample" | "particle" | "version" | "set">;

const REPLICAS = 100;

/** Of particles above the least pt, in one set of events. NaN for what does not exist. */
export function weightFigures(
  clusters: LayerTable,
  calibration: Calibration,
  set: (typeof SETS)[number],
  ptThreshold: number,
  { seed, fitShare, minGenPt }: CalibrationOptions,
): Record<Figure, number> {
  const particles = calibratedParticles(clusters, calibration, ptThreshold).filter(
    ({ event, genPt }) => genPt > minGenPt && placeOf(event, seed, fitShare).isFit === (set === "fit"),
  );
  const matched = particles.filter(({ pt }) => !Number.isNaN(pt));
  const pts = matched.map(({ pt, genPt }) => pt / genPt);
  const energies = matched.map(({ pt, absEta, genEn }) => (pt * Math.cosh(absEta)) / genEn);
  const resolution = (sorted: Float64Array): number => sortedEffectiveRms(sorted) / sortedQuantile(sorted, 0.5);
  const interval = bootstrap(pts, resolution, { replicas: REPLICAS, seed });
  return {
    particles: particles.length,
    matched: matched.length,
    response_en: median(energies),
    response_pt: median(pts),
    resolution_en: effectiveRms(energies) / median(energies),
    resolution_pt: effectiveRms(pts) / median(pts),
    resolution_pt_lo: interval.low,
    resolution_pt_hi: interval.high,
    rms_en: standardDeviation(energies) / mean(energies),
    rms_pt: standardDeviation(pts) / mean(pts),
  };
}
