/** The split fraction beside what pile-up alone would give. */
import { clopperPearson, type Interval, quantiles, Random } from "../core/index.js";

/** Where the control of a split fraction is above it, the plain fraction says nothing alone. */
export const TRUSTED_CONTROL = 0.05;

const REPLICAS = 400;
const SEED = 1;

export interface ControlSummary {
  /** Control directions with a cluster / control directions. */
  readonly matchControl: number;
  /** Control directions whose clusters would split the particle / those of particles with a matched cluster. */
  readonly splitControl: number;
  /** (observed - control) / (1 - control), not floored; NaN where the control is 1 or there is none. */
  readonly splitNet: number;
  /** 68 %, by bootstrap over entries; that of the split fraction where no control direction splits. */
  readonly splitNetInterval: Interval;
}

/** (observed - control) / (1 - control): the split fraction without what pile-up adds. */
export function netSplits(observed: number, control: number): number {
  return control === 1 ? Number.NaN : (observed - control) / (1 - control);
}

/**
 * Whether the middle of a net fraction's 68 % interval lies within two of its sigma of the true fraction, whose own error is
 * added: where not, the control does not fit and the net is not to be trusted.
 */
export function isNearTruth({ low, high }: Interval, trulySplit: number, particles: number): boolean {
  const own = clopperPearson(trulySplit, particles);
  const sigma = Math.hypot((high - low) / 2, (own.high - own.low) / 2);
  return Math.abs((high + low) / 2 - trulySplit / particles) <= 2 * sigma;
}

/** What an entry, or several together, counts. */
interface Tally {
  particles: number;
  split: number;
  controls: number;
  controlsMatched: number;
  controlsOfMatched: number;
  controlsSplit: number;
}

const emptyTally = (): Tally => ({
  particles: 0,
  split: 0,
  controls: 0,
  controlsMatched: 0,
  controlsOfMatched: 0,
  controlsSplit: 0,
});

const textOf = (tally: Tally): string => Object.values(tally).join();

/** The counts of an entry as one number, where they are as small as they nearly always are: a text for each of a million entries takes seconds. */
function keyOf(tally: Tally): number | string {
  const { particles, split, controls, controlsMatched, controlsOfMatched, controlsSplit } = tally;
  const isSmall = (particles | split | controls | controlsMatched | controlsOfMatched | controlsSplit) < 256;
  if (!isSmall) return textOf(tally);
  const low = (split << 16) | (particles << 8) | controlsSplit;
  return low * 2 ** 24 + ((controls << 16) | (controlsMatched << 8) | controlsOfMatched);
}

function addTally(to: Tally, from: Tally, times: number): void {
  for (const key of Object.keys(to) as (keyof Tally)[]) to[key] += times * from[key];
}

const netOf = (tally: Tally): number =>
  netSplits(tally.split / tally.particles, tally.controlsSplit / tally.controlsOfMatched);

/** Columns of validation records, or of a table of studies that has the same. */
export type ControlRecords = Readonly<
  Record<"entry" | "is_split" | "n_matched" | "match_control" | "split_control" | "n_control", ArrayLike<number>>
>;

/** Collects records of one chain; the records of an entry come one after the other. */
export class ControlBuilder {
  /** Entries that count the same are kept once, with their number: few kinds, whatever the number of entries. */
  readonly #kinds = new Map<number | string, { tally: Tally; entries: number }>();

  add(
    { rows, columns }: { readonly rows: number; readonly columns: ControlRecords },
    keeps?: (row: number) => boolean,
  ): void {
    const { entry, is_split, n_matched, match_control, split_control, n_control } = columns;
    const tally = emptyTally();
    for (let row = 0; row < rows; row++) {
      if (keeps?.(row) !== false) {
        const isMatched = n_matched[row] > 0;
        tally.particles++;
        tally.split += is_split[row];
        tally.controls += n_control[row];
        tally.controlsMatched += match_control[row];
        if (isMatched) tally.controlsOfMatched += n_control[row];
        tally.controlsSplit += split_control[row];
      }
      if (row + 1 < rows && entry[row + 1] === entry[row]) continue;
      if (tally.particles > 0) this.#keep(tally);
      tally.particles = 0;
      tally.split = 0;
      tally.controls = 0;
      tally.controlsMatched = 0;
      tally.controlsOfMatched = 0;
      tally.controlsSplit = 0;
    }
  }

  #keep(tally: Tally): void {
    const key = keyOf(tally);
    const kind = this.#kinds.get(key);
    if (kind === undefined) this.#kinds.set(key, { tally: { ...tally }, entries: 1 });
    else kind.entries++;
  }

  finish(): ControlSummary {
    const texts = [...this.#kinds.values()].map((kind) => ({ kind, text: textOf(kind.tally) }));
    const kinds = texts.toSorted((a, b) => (a.text < b.text ? -1 : 1)).map(({ kind }) => kind);
    const all = emptyTally();
    for (const { tally, entries } of kinds) addTally(all, tally, entries);
    return {
      matchControl: all.controlsMatched / all.controls,
      splitControl: all.controlsSplit / all.controlsOfMatched,
      splitNet: netOf(all),
      splitNetInterval: all.controlsSplit === 0 ? clopperPearson(all.split, all.particles) : bootstrap(kinds),
    };
  }
}

/** Draws the number of entries of each kind anew: entries are independent, so each number is Poisson's. */
function bootstrap(kinds: readonly { tally: Tally; entries: number }[]): Interval {
  const random = new Random(SEED);
  const nets = Array.from({ length: REPLICAS }, () => {
    const sum = emptyTally();
    for (const { tally, entries } of kinds) addTally(sum, tally, random.poisson(entries));
    return netOf(sum);
  });
  const [low, high] = quantiles(nets, [0.16, 0.84]);
  return { low, high };
}
