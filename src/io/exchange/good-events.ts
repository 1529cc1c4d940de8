/**
 * The reference's own files: the ntuple after its skim. Its columns are those of the ntuple with "good_" in front, without
 * the ones that the cuts were made on.
 */
import { exactIntegers, InputError, type RawNumbers } from "../../core/index.js";
import { DEFAULT_GEOMETRY, subdetOf } from "../../detector/index.js";
import {
  type IdColumn,
  NTUPLE_GROUPS,
  type NtupleChunk,
  ntupleColumn,
  type NtupleColumn,
  type NtupleGroup,
  type NtupleType,
  type NtupleVectors,
} from "../../events/index.js";

/** RawNumbers of some events; without offsets there is one an event. */
export interface GoodColumn {
  readonly values: RawNumbers;
  readonly offsets?: Int32Array;
}

export type GoodColumns = Readonly<Record<string, GoodColumn>>;

/** How errors name a column, and its value of that index. */
export type Place = (column: string, index?: number) => string;

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
  tc_subdet: ({ tc_waferu, tc_layer }, i) => subdetOf(tc_waferu[i], tc_layer[i], DEFAULT_GEOMETRY),
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

/**
 * The events as those of an ntuple that the cuts keep. `place` names a column, and one of its values, in errors.
 * InputError when the vectors of a group differ in length, and for numbers that a column of a sample cannot hold.
 */
export function goodEvents(events: number, columns: GoodColumns, place: Place): NtupleChunk {
  const number = (name: keyof typeof EVENT_NUMBERS): RawNumbers => {
    if (columns[name] === undefined) return new Int32Array(events).fill(EVENT_NUMBERS[name] ?? 0);
    return exactIntegers(columns[name].values, (index) => place(name, index));
  };
  const group = <G extends NtupleGroup>(name: G): NtupleVectors<G> => groupOf(name, events, columns, place);
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
  place: Place,
): NtupleVectors<G> {
  const types: Readonly<Record<string, NtupleType>> = NTUPLE_GROUPS[group];
  const names = Object.keys(types);
  const vectors: Record<string, IdColumn> = {};
  let offsets: Int32Array | undefined;
  let first = "";
  for (const name of names) {
    const column: GoodColumn | undefined = columns[`good_${name}`];
    if (column === undefined) continue;
    const own = column.offsets ?? Int32Array.from({ length: events + 1 }, (_, i) => i);
    if (offsets === undefined) [offsets, first] = [own, name];
    else if (own.some((offset, i) => offset !== offsets?.[i])) {
      throw new InputError(
        `${place(`good_${first}`)}: it and "good_${name}" have different numbers of values in an event`,
      );
    }
    vectors[name] = ntupleColumn(types[name], column.values, (index) => place(`good_${name}`, index));
  }
  const rows = offsets?.[events] ?? 0;
  for (const name of names) {
    const fill = DEFAULTS[name];
    if (vectors[name] === undefined && fill !== undefined) {
      vectors[name] = Float64Array.from({ length: rows }, (_, i) => fill(vectors as Record<string, NtupleColumn>, i));
    }
  }
  return { offsets: offsets ?? new Int32Array(events + 1), columns: vectors } as unknown as NtupleVectors<G>;
}
