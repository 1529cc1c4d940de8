/** What generated particles really left in the clusters of an entry: of simulated samples alone. */
import { type EntryOf } from "./output.js";
import { type ValidationParams } from "./params.js";

/** A cluster with a smaller share of signal in its pt is false. */
export const FALSE_PURITY = 0.1;
/** A particle is found when one cluster holds this share of what it deposited. */
const FOUND_SHARE = 0.5;

export interface Signal {
  /** [GeV] sum of tc_pt * tc_signal by seed. */
  readonly bySeed: Float64Array;
  /** [GeV] the same sum over all TCs of the entry and its endcap, assigned or not. */
  readonly deposited: number;
}

export interface SignalOptions {
  /** Of one particle alone: its row in the entry. Of a TC that several share it has all or nothing. */
  readonly particle?: number | undefined;
  /** Factors of the pt of TCs by layer - 1, where clusters have them too. */
  readonly weights?: Float64Array;
}

/**
 * Sums what generated particles deposited in row `i` of the entries. `assignment`: seed of each TC, -1 for none. Undefined
 * where the batch does not say.
 */
export function sumSignal(
  { batch, i }: EntryOf,
  assignment: Int32Array,
  nSeeds: number,
  { particle, weights }: SignalOptions = {},
): Signal | undefined {
  if (batch.truth === undefined) return undefined;
  const { tc_signal, tc_particle } = batch.truth.columns;
  const { tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_layer, tc_pt, tc_zside } = batch.tc.columns;
  const bySeed = new Float64Array(nSeeds);
  let deposited = 0;
  for (let t = 0; t < tc_rows[i]; t++) {
    const row = tc_first[i] + t;
    // With pile-up nearly all of them.
    if (tc_signal[row] === 0) continue;
    if (tc_zside[row] !== zside[i] || (particle !== undefined && tc_particle[row] !== particle)) continue;
    const signal = (weights?.[tc_layer[row] - 1] ?? 1) * tc_pt[row] * tc_signal[row];
    deposited += signal;
    if (assignment[t] >= 0) bySeed[assignment[t]] += signal;
  }
  return { bySeed, deposited };
}

/** The signal of particle `g` (a row of `gen`): everything where it is alone in its entry. */
export function sumParticleSignal(at: EntryOf, assignment: Int32Array, nSeeds: number, g: number): Signal | undefined {
  const { gen_first, gen_rows } = at.batch.entries.columns;
  const isAlone = gen_rows[at.i] === 1;
  return sumSignal(at, assignment, nSeeds, { particle: isAlone ? undefined : g - gen_first[at.i] });
}

export interface Verdict {
  readonly isSplit: boolean;
  readonly isFound: boolean;
}

/**
 * A particle is truly split when at least two clusters have a signal above splitPt and the second largest holds at least
 * splitShare of its signal in all clusters; truly found when one cluster holds half of what it deposited. `seeds`: those
 * that made a cluster.
 */
export function judgeTruth({ bySeed, deposited }: Signal, seeds: Iterable<number>, params: ValidationParams): Verdict {
  let largest = 0;
  let second = 0;
  let sum = 0;
  for (const seed of seeds) {
    const signal = bySeed[seed];
    sum += signal;
    if (signal > largest) {
      second = largest;
      largest = signal;
    } else if (signal > second) second = signal;
  }
  return {
    isSplit: second > params.splitPt && second >= params.splitShare * sum,
    isFound: deposited > 0 && largest >= FOUND_SHARE * deposited,
  };
}
