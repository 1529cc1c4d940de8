/** Entries of a few trigger cells, each where a test puts it. */
import { DEFAULT_PARAMS } from "../chain/index.js";
import { createTable, type Schema, type Table } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { ASSIGNMENT, CL3D, CLUSTERS, ENTRIES, GEN, type SampleBatch, SEEDS, TC } from "../events/index.js";
import { type EventInput } from "./event-input.js";

type Row = Readonly<Record<string, number | bigint | string>>;

/** A table of rows; what is not given is 0, "" or false. */
export function tableOf<S extends Schema>(schema: S, rows: readonly Row[]): Table<S> {
  const table = createTable(schema, rows.length);
  const columns = table.columns as unknown as Record<string, (number | bigint | string)[]>;
  for (const [at, row] of rows.entries()) for (const [name, value] of Object.entries(row)) columns[name][at] = value;
  return table;
}

export interface ToyEvent {
  readonly zside?: number;
  readonly gen: Row;
  readonly tc: readonly Row[];
  readonly seeds?: readonly Row[];
  readonly clusters?: readonly Row[];
  /** Seed of some of the trigger cells, by their number. */
  readonly assignment?: readonly Row[];
}

/** The second entry of a batch whose first and last have cells, seeds and a particle of their own, which nobody may see. */
export function toyInput({ zside = 1, gen, tc, seeds = [], clusters = [], assignment = [] }: ToyEvent): EventInput {
  const foreign = { tc_layer: 7, tc_zside: zside, tc_x: 30, tc_y: 0, tc_z: 322, tc_mipPt: 1e4 };
  const entry = (rows: readonly Row[]): Row[] => rows.map((row) => ({ entry: 5, chain: "default", ...row }));
  const entries = [0, 1, 2].map((k) => ({
    ...{ entry: 4 + k, event: BigInt(100 + k), zside, gen_first: k, gen_rows: 1 },
    tc_first: k === 0 ? 0 : k === 1 ? 1 : 1 + tc.length,
    tc_rows: k === 1 ? tc.length : 1,
  }));
  const batch = {
    geometry: "V11",
    entries: tableOf(ENTRIES, entries),
    gen: tableOf(GEN, [{ gen_eta: 3, gen_phi: 3 }, gen, { gen_eta: 3, gen_phi: 3 }]),
    cl3d: tableOf(CL3D, []),
    tc: tableOf(TC, [foreign, ...tc.map((row) => ({ tc_zside: zside, ...row })), foreign]),
  } as unknown as SampleBatch;
  return {
    ...{ geometry: createGeometry("V11"), batch, row: 1, chain: "default", params: DEFAULT_PARAMS, source: "toy" },
    seeds: tableOf(SEEDS, [{ entry: 4, chain: "default" }, ...entry(seeds), { entry: 6, chain: "default" }]),
    clusters: tableOf(CLUSTERS, entry(clusters)),
    assignment: tableOf(ASSIGNMENT, entry(assignment)),
  };
}
