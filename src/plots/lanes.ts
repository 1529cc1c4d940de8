/** The curves of a report: one a run and chain, with the same look in every plot. */
import { CHAINS, type ChainParams, type ChainSpec } from "../chain/index.js";
import { InputError, type Table } from "../core/index.js";
import { type CLUSTERS, type RECORDS, type SEEDS } from "../events/index.js";
import { type ColorName } from "./colors.js";
import { type Mark, type Marker, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";

type Records = Table<typeof RECORDS>;

/** What a report knows of a run. */
export interface ReportRun {
  readonly name: string;
  /** Sample and selection, as notes say it: "photons, PU200; splits_only". */
  readonly selection: string;
  /** Records of one chain or of several. */
  readonly records: Records;
  readonly seeds?: Table<typeof SEEDS>;
  readonly clusters?: Table<typeof CLUSTERS>;
  /** Selected entries (event and endcap) by chain, those without a generated particle included. */
  readonly entries?: Readonly<Record<string, number>>;
  /** What the chains ran with; without it the bins are those of the defaults. */
  readonly params?: ChainParams;
  /** Whether the records say what generated particles deposited; without it the clusters tell. */
  readonly knowsTruth?: boolean;
}

/** Number columns of the records. */
export type RecordColumn = {
  [K in keyof Records["columns"]]: Records["columns"][K] extends Float64Array | Int32Array | Uint8Array ? K : never;
}[keyof Records["columns"]];

/** The records of one chain in one run. */
export interface Lane {
  readonly run: ReportRun;
  readonly chain: string;
  readonly name: string;
  readonly color: ColorName;
  readonly marker: Marker;
  readonly dash?: string;
  readonly rows: readonly number[];
}

const MARKERS = ["circle", "square", "triangle", "diamond"] as const;
const DASHES = [undefined, "6 3", "2 2", "8 2 2 2"] as const;
const SHADES: Readonly<Record<ChainSpec["hue"], readonly ColorName[]>> = {
  blue: ["blue", "blue2", "blue3", "blue4"],
  orange: ["orange", "orange2", "orange3", "orange4"],
  green: ["green", "green2", "green3", "green4"],
  purple: ["purple", "purple2", "purple3", "purple4"],
};

/**
 * The lanes of runs that are compared: the hue is the chain's, shade, marker and dash are the run's. Throws an InputError
 * for more than four runs, which nobody could tell apart, and for two of the same name.
 */
export function lanesOf(runs: readonly ReportRun[]): Lane[] {
  if (runs.length > MARKERS.length) {
    throw new InputError(
      `${runs.length} runs in one report, expected at most ${MARKERS.length}: their curves would look alike`,
    );
  }
  const names = runs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new InputError(`two runs of the report are called "${twice}"; give each a name of its own`);
  return runs.flatMap((run, k) => {
    const { chain } = run.records.columns;
    const chains = CHAINS.filter(({ name }) => chain.includes(name));
    return chains.map(({ name, hue }) => ({
      run,
      chain: name,
      name: runs.length === 1 ? `${name} chain` : `${run.name}, ${name}`,
      color: SHADES[hue][k],
      marker: MARKERS[k],
      ...(DASHES[k] === undefined ? {} : { dash: DASHES[k] }),
      rows: Array.from({ length: run.records.rows }, (_, row) => row).filter((row) => chain[row] === name),
    }));
  });
}

export function valuesOf(lane: Lane, column: RecordColumn): number[] {
  const values = lane.run.records.columns[column];
  return lane.rows.map((row) => values[row]);
}

/** A lane with the first record of every entry only: for what belongs to an entry, however many particles it has. */
export function onePerEntry(lane: Lane): Lane {
  const { entry } = lane.run.records.columns;
  const seen = new Set<number>();
  return { ...lane, rows: lane.rows.filter((row) => !seen.has(entry[row]) && seen.add(entry[row])) };
}

export function seriesOf({ name, color, marker, dash }: Lane, marks: readonly Mark[]): Series {
  return { name, color, marker, ...(dash === undefined ? {} : { dash }), marks };
}

/**
 * "photons, no pile-up; all; default chain: 1,234 particles": the selections, and the sizes of the lanes, each followed by
 * what `more` says of it.
 */
export function describeLanes(
  lanes: readonly Lane[],
  what = "particles",
  more: (lane: Lane) => string = () => "",
): string {
  const selections = [...new Set(lanes.map(({ run }) => run.selection))].join(" | ");
  const sizes = lanes.map((lane) => `${lane.name}: ${formatNumber(lane.rows.length)}\u00a0${what}${more(lane)}`);
  return [selections, ...sizes].join("; ");
}
