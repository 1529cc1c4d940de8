/**
 * The reference's own files: the ntuple after its skim. Its columns are those of the ntuple with "good_" in front, without
 * the ones that the cuts were made on.
 */
import { InputError } from "../core/index.js";
import {
  NTUPLE_GROUPS,
  type NtupleChunk,
  type NtupleColumn,
  type NtupleGroup,
  type NtupleVectors,
} from "../events/index.js";

/** Numbers of some events; without offsets there is one an event. */
export interface GoodColumn {
  readonly values: ArrayLike<number | bigint>;
  readonly offsets?: Int32Array;
}

export type GoodColumns = Readonly<Record<string, GoodColumn>>;

const SCINTILLATOR_WAFER = -999;
const LAST_LAYER_CEE = 28;

type Fill = (columns: Readonly<Record<string, NtupleColumn>>, i: number) => number;

/** What the reference's files may lack, and what it is then. */
const DEFAULTS: Readonly<Record<string, Fill>> = {
  genpart_eta: ({ genpart_exeta }, i) => genpart_exeta[i],
  genpart_phi: ({ genpart_exphi }, i) => genpart_exphi[i],
  genpart_pt: ({ genpart_energy, genpart_exeta }, i) => genpart_energy[i] / Math.cosh(genpart_exeta[i]),
  genpart_pid: () => 0,
  genpart_gen: () => 1,
  genpart_reachedEE: () => 2,
  cl3d_id: (_, i) => i,
  tc_zside: ({ tc_z }, i) => (tc_z[i] < 0 ? -1 : 1),
  tc_subdet: ({ tc_waferu, tc_layer }, i) =>
    tc_waferu[i] === SCINTILLATOR_WAFER ? 10 : tc_layer[i] <= LAST_LAYER_CEE ? 1 : 2,
  tc_multicluster_id: () => 0,
};
const EVENT_NUMBERS = { run: 1, lumi: 1, event: undefined } as const;

/** All names that a file of the reference may have. */
export const GOOD_NAMES: readonly string[] = [
  ...Object.keys(EVENT_NUMBERS),
  ...Object.values(NTUPLE_GROUPS).flatMap((group) => Object.keys(group).map((name) => `good_${name}`)),
];

/** InputError unless all columns that have no default are among the names. */
export function checkGoodNames(names: readonly string[], where: string): void {
  const needed = GOOD_NAMES.filter((name) => name === "event" || !(name in EVENT_NUMBERS));
  const missing = needed.filter((name) => !names.includes(name) && DEFAULTS[name.replace("good_", "")] === undefined);
  if (missing.length > 0)
    throw new InputError(`${where} is not a file of the reference: it lacks ${missing.join(", ")}`);
}

/** The events as those of an ntuple that the cuts keep. InputError when the vectors of a group differ in length. */
export function goodEvents(events: number, columns: GoodColumns, where: string): NtupleChunk {
  const number = (name: keyof typeof EVENT_NUMBERS): ArrayLike<number | bigint> =>
    columns[name]?.values ?? new Int32Array(events).fill(EVENT_NUMBERS[name] ?? 0);
  const group = <G extends NtupleGroup>(name: G): NtupleVectors<G> => groupOf(name, events, columns, where);
  return {
    events,
    run: number("run"),
    lumi: number("lumi"),
    event: number("event"),
    genpart: group("genpart"),
    cl3d: group("cl3d"),
    tc: group("tc"),
  };
}

function groupOf<G extends NtupleGroup>(
  group: G,
  events: number,
  columns: GoodColumns,
  where: string,
): NtupleVectors<G> {
  const names = Object.keys(NTUPLE_GROUPS[group]);
  const vectors: Record<string, NtupleColumn> = {};
  let offsets: Int32Array | undefined;
  let first = "";
  for (const name of names) {
    const column: GoodColumn | undefined = columns[`good_${name}`];
    if (column === undefined) continue;
    const own = column.offsets ?? Int32Array.from({ length: events + 1 }, (_, i) => i);
    if (offsets === undefined) [offsets, first] = [own, name];
    else if (own.some((offset, i) => offset !== offsets?.[i])) {
      throw new InputError(`${where}: "good_${first}" and "good_${name}" have different numbers of values in an event`);
    }
    vectors[name] = asColumn(column.values, `${where}: "good_${name}"`);
  }
  const rows = offsets?.[events] ?? 0;
  for (const name of names) {
    const fill = DEFAULTS[name];
    if (vectors[name] === undefined && fill !== undefined) {
      vectors[name] = Float64Array.from({ length: rows }, (_, i) => fill(vectors, i));
    }
  }
  return { offsets: offsets ?? new Int32Array(events + 1), columns: vectors } as unknown as NtupleVectors<G>;
}

/** InputError for 64-bit integers that a double does not hold. */
function asColumn(values: GoodColumn["values"], what: string): NtupleColumn {
  const isColumn =
    values instanceof Float32Array ||
    values instanceof Float64Array ||
    values instanceof Int32Array ||
    values instanceof Uint32Array;
  if (isColumn) return values;
  return Float64Array.from(values, (value) => {
    const number = Number(value);
    if (typeof value === "number" || BigInt(number) === value) return number;
    throw new InputError(`${what} has ${value}, expected whole numbers of at most 2^53`);
  });
}
