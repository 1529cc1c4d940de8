/** Corrections of the pt of clusters after layer weights: what pile-up adds, and a response that changes with the energy. */
import { type EnergyResponse, isInvertible } from "../chain/index.js";
import { effectiveRms, fitLine, type LineFit, median } from "../core/index.js";

/** Refits without points that are farther than this many widths from the line, so that split and missed particles do not pull it. */
const CUT = 3;
const REFITS = 10;

/**
 * The straight line through points of which some do not belong to it: begins at the median residual, then leaves out what is farther than
 * 3 effective widths (in units of `sigma`) and fits again until the same points stay. NaN with fewer than two different x.
 */
export function fitCore(x: ArrayLike<number>, y: ArrayLike<number>, sigma: ArrayLike<number>): LineFit {
  const used = (kept: readonly number[], of: ArrayLike<number>): number[] => kept.map((i) => of[i]);
  let kept = Array.from(x, (_, i) => i).filter((i) => [x[i], y[i], sigma[i]].every(Number.isFinite));
  const centre = median(used(kept, y));
  let pulls = kept.map((i) => (y[i] - centre) / sigma[i]);
  let fit = fitLine(used(kept, x), used(kept, y), used(kept, sigma));
  const all = kept;
  for (let k = 0; k < REFITS; k++) {
    const width = effectiveRms(pulls);
    const middle = median(pulls);
    // Points on a line have no width.
    const next = width > 0 ? all.filter((_, k) => Math.abs(pulls[k] - middle) <= CUT * width) : all;
    const isSame = next.length === kept.length && next.every((i, k) => i === kept[k]);
    if (isSame && k > 0) break;
    kept = next;
    fit = fitLine(used(kept, x), used(kept, y), used(kept, sigma));
    if (Number.isNaN(fit.slope)) break;
    pulls = all.map((i) => (y[i] - fit.intercept - fit.slope * x[i]) / sigma[i]);
  }
  return fit;
}

/** A particle and its cluster. */
export interface Calibrated {
  /** [GeV] generated. */
  readonly genPt: number;
  readonly genEn: number;
  /** Of the cluster: [GeV] with layer weights. */
  readonly absEta: number;
  readonly pt: number;
}

/** [GeV] What pile-up adds to the pt of a cluster: intercept + slope |eta|. */
export interface PileUpLine {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * The line in |eta| of the cluster through pt - expected pt, of clusters with pile-up; `expected`: what the cluster of a particle has
 * without. A shower's energy fluctuates with the root of the energy, so the points weigh with 1 / generated pt.
 */
export function fitPileUp(clusters: readonly Calibrated[], expected: (cluster: Calibrated) => number): PileUpLine {
  const { intercept, slope } = fitCore(
    clusters.map(({ absEta }) => absEta),
    clusters.map((cluster) => cluster.pt - expected(cluster)),
    clusters.map(({ genPt }) => Math.sqrt(genPt)),
  );
  return { intercept, slope };
}

/** The share of particles on each side whose energies are outside of the fitted range. */
const EDGE = 0.01;

/**
 * The response pt / generated pt against the GENERATED energy: against the cluster's own it would depend on the energies that were
 * generated, for a cluster is large also by chance. Undefined where the line could not be turned round: a response, or a change of energy
 * with the generated one, that is not above 0 within the range.
 */
export function fitEnergyResponse(clusters: readonly Calibrated[]): EnergyResponse | undefined {
  const energies = Float64Array.from(clusters, ({ genEn }) => genEn).toSorted();
  const { slope, intercept: at1 } = fitCore(
    clusters.map(({ genEn }) => Math.log(genEn)),
    clusters.map(({ pt, genPt }) => pt / genPt),
    clusters.map(({ genPt }) => 1 / Math.sqrt(genPt)),
  );
  const skipped = Math.floor(EDGE * energies.length);
  const [from, to] = [energies[skipped], energies[energies.length - 1 - skipped]];
  const response = { at1, slope, from, to };
  return isInvertible(response) ? response : undefined;
}
