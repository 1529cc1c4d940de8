/** The radius with the best resolution, and how sure that is. */
import {
  drawInto,
  quantiles,
  Random,
  repeatInto,
  sortedEffectiveRms,
  sortedOf,
  sortedQuantile,
  shortNumber,
} from "../core/index.js";

/** The response that is looked at: of the matched cluster, or of what the particle left in it. */
export type Measure = "response_pt" | "response_signal";

/** With pile-up the pt of a cluster is not the particle's alone: then its own share counts, where that is known. */
export function measureOf({ pileup, hasTruth }: { readonly pileup?: number; readonly hasTruth: boolean }): Measure {
  return hasTruth && pileup !== undefined && pileup > 0 ? "response_signal" : "response_pt";
}

export interface BestRadius {
  readonly measure: Measure;
  readonly radius: number;
  /** 68 %: of the best radii of samples drawn anew from the particles. */
  readonly low: number;
  readonly high: number;
  /** Half of the shortest window with 68 % of the responses / their median, at this radius. */
  readonly resolution: number;
  readonly response: number;
  /** Particles with a response there, and all. */
  readonly matched: number;
  readonly particles: number;
}

const REPLICAS = 64;
const SEED = 1;
/** A radius at which fewer particles match than this share of the most does not stand for them. */
const LEAST_MATCHED = 0.9;

interface Candidate {
  readonly radius: number;
  readonly resolution: number;
  readonly response: number;
  readonly matched: number;
  readonly particles: number;
  /** The resolution in each sample that is drawn anew. */
  readonly replicas: Float64Array;
}

/** Numbers of draws that are kept from radius to radius; of more particles they are drawn again, the same ones. */
const KEPT_DRAWS = 1e7;

/** Takes the responses at one radius after another, of the same particles in the same order. */
export class BestRadiusFinder {
  readonly measure: Measure;
  readonly #candidates: Candidate[] = [];
  #draws: Uint8Array[] = [];
  /** The particles by their response at the last radius: nearly their order at the next. */
  #order: readonly number[] = [];

  constructor(measure: Measure) {
    this.measure = measure;
  }

  /** NaN: without a matched cluster. */
  add(radius: number, responses: Float64Array): void {
    const n = responses.length;
    const last = this.#order.length === n ? this.#order : [...responses.keys()];
    const isFound = (i: number): boolean => !Number.isNaN(responses[i]);
    const found = last.filter(isFound).toSorted((a, b) => responses[a] - responses[b]);
    this.#order = [...found, ...last.filter((i) => !isFound(i))];
    const order = Uint32Array.from(found);
    const sorted = Float64Array.from(found, (i) => responses[i]);
    const response = sortedQuantile(sorted, 0.5);
    const memory = new Float64Array(n);
    const draws = this.#drawsOf(n);
    const replicas = Float64Array.from({ length: REPLICAS }, () => {
      const replica = memory.subarray(0, repeatInto(memory, sorted, draws(), order));
      return sortedEffectiveRms(replica) / sortedQuantile(replica, 0.5);
    });
    this.#candidates.push({
      radius,
      resolution: sortedEffectiveRms(sorted) / response,
      response,
      matched: sorted.length,
      particles: n,
      replicas,
    });
  }

  /** How often each particle is drawn, sample after sample: the same at each radius, for radii are compared, not samples. */
  #drawsOf(n: number): () => Uint8Array {
    const random = new Random(SEED);
    const draw = (): Uint8Array => {
      const times = new Uint8Array(n);
      drawInto(times, random);
      return times;
    };
    if (n * REPLICAS > KEPT_DRAWS) return draw;
    if (this.#draws.length === 0) this.#draws = Array.from({ length: REPLICAS }, draw);
    let next = 0;
    return () => this.#draws[next++];
  }

  /** Undefined where no radius has the responses of two particles or more. */
  finish(): BestRadius | undefined {
    const most = Math.max(0, ...this.#candidates.map(({ matched }) => matched));
    const candidates = this.#candidates.filter(
      ({ matched, resolution }) => matched >= LEAST_MATCHED * most && !Number.isNaN(resolution),
    );
    const best = smallest(candidates, ({ resolution }) => resolution);
    if (best === undefined) return undefined;
    const radii = Array.from({ length: REPLICAS }, (_, r) => {
      return smallest(candidates, ({ replicas }) => replicas[r])?.radius ?? Number.NaN;
    });
    const [low, high] = quantiles(sortedOf(radii), [0.16, 0.84]);
    const { radius, resolution, response, matched, particles } = best;
    return { measure: this.measure, radius, low, high, resolution, response, matched, particles };
  }
}

/** The first of equal ones; NaN is none. */
function smallest(candidates: readonly Candidate[], of: (candidate: Candidate) => number): Candidate | undefined {
  let best: Candidate | undefined;
  for (const each of candidates) {
    if (!Number.isNaN(of(each)) && (best === undefined || of(each) < of(best))) best = each;
  }
  return best;
}

/** "photons: best radius 0.012 [0.010, 0.014] ...". */
export function bestRadiusLine(name: string, best: BestRadius | null): string {
  if (best === null)
    return `${name}: no best radius: it takes two particles or more with a matched cluster at one radius`;
  const { radius, low, high, resolution, response, matched, particles, measure } = best;
  const what = measure === "response_signal" ? "share of the particle itself, pt" : "pt of the matched cluster";
  return (
    `${name}: best radius ${shortNumber(radius)} [${shortNumber(low)}, ${shortNumber(high)}]: resolution ${shortNumber(100 * resolution)} % at response ` +
    `${shortNumber(response)} (${what}; ${matched} of ${particles} particles)` +
    (radius < low || radius > high
      ? "; most samples drawn anew are best elsewhere: these particles do not tell which radius is"
      : "")
  );
}
