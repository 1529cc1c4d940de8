/** What a chain is, and what a step of one is: rows of the table in chains.ts. */
import { type Schema, type Table } from "../core/index.js";
import { type RUN_TABLES, type SampleBatch, type SEEDS, type TcColumn } from "../events/index.js";
import { checkTcs, describeEntry } from "./check.js";
import { type ClusterMaker } from "./cluster.js";
import { type ChainCounts } from "./counts.js";
import { type EntryOf, type Output } from "./output.js";
import { type ChainParams } from "./params.js";
import { type Seeds } from "./seed.js";
import { type SharedStages } from "./stages.js";

export type StepTable = keyof typeof RUN_TABLES;

/** What the steps of a chain found in an entry, in memory that the next entry overwrites. */
export interface Clustered {
  readonly seeds: Seeds;
  /** The seed, or -1, of each TC of the entry, from the first one on; how many have one. */
  readonly assignment: Int32Array;
  readonly nAssigned: number;
  /** The sums by seed, and what becomes of them. */
  readonly clusterer: ClusterMaker;
}

/** A chain with its scratch memory, over one entry at a time. */
export interface Steps {
  /** All steps before clustering on an entry. Throws an InputError for TCs that they cannot use. */
  findSeeds(at: EntryOf): Seeds;
  /** All steps. Throws an InputError for TCs that it cannot use. */
  run(at: EntryOf): Clustered;
  /** The number of coarse seeds; undefined where there is none by construction. */
  coarseSeeds(at: EntryOf): number | undefined;
  /** Adds the tables in between. */
  addSteps(out: Output, at: EntryOf): void;
}

/** The rows [first, end) of one entry in a table. */
export interface EntryRows<S extends Schema> {
  readonly columns: Table<S>["columns"];
  readonly first: number;
  readonly end: number;
}

/** What earlier steps wrote about an entry: of each table that a step reads. */
export type StepRows = { readonly [K in StepTable]: EntryRows<(typeof RUN_TABLES)[K]> };

/** A step with its scratch memory. */
export interface StepBody {
  /** Tables of earlier steps. */
  readonly reads: readonly StepTable[];
  /** Where the parameters ask for fewer tables than the step can write. */
  readonly writes?: readonly StepTable[];
  /**
   * Row `i` of the entries, with its selected particles (rows of `gen`). Adds what the step finds to `counts`. Throws
   * an InputError for TCs that it cannot use.
   */
  run(at: EntryOf, particles: readonly number[], rows: StepRows, counts: ChainCounts): void;
}

export interface StepSpec {
  readonly name: string;
  /** For help: what it does. */
  readonly about: string;
  readonly writes: readonly StepTable[];
  create(params: ChainParams, out: Output, chain: string): StepBody;
}

/** What lies between two seeds. */
export interface Gap {
  /** R/z rows and phi columns between the seeds, and the widths of the phi kernel in their rows; -1 where seeds are no bins. */
  readonly rows: number;
  readonly columns: number;
  readonly binSums: readonly [number, number];
  /** Steps from cell to cell; -1 where seeds are no cells. */
  readonly cells: number;
  /** Bins, or cells, on the straight line between the seeds, and TCs in them. */
  readonly bins: number;
  readonly tcs: number;
  /** [MIP_T] */
  readonly mipPt: number;
  /** [MIP_T] lowest energy of a bin; NaN without bins. */
  readonly min: number;
}

type SeedColumns = Table<typeof SEEDS>["columns"];
/** The gap between the seeds in rows a and b, of row i of the entries. */
export type FindGap = (i: number, seeds: SeedColumns, a: number, b: number) => Gap;

export interface ChainSpec {
  readonly name: string;
  /** In sentences, and in lists of choices. */
  readonly label: string;
  readonly choice: string;
  /** Ends the names of its columns in tables that hold several chains side by side. */
  readonly suffix: string;
  /** Hue of its curves and texts in plots and pages. */
  readonly hue: "blue" | "orange" | "green" | "purple";
  /** Columns of trigger cells that it reads beyond those that every chain and the validation read. */
  readonly columns: readonly TcColumn[];
  readonly steps: readonly StepSpec[];
  /** What a seed is: a bin of the (R/z, phi) histogram, or a cell of the (u, v) map; and the picture that shows them. */
  readonly seedsAre: "bins" | "cells";
  /** Whether coarse seeds come before its seeds; absent: never. */
  hasCoarseSeeds?(params: ChainParams): boolean;
  /** `shared`: what chains with some equal parameters have in common. */
  create(params: ChainParams, shared: SharedStages): Steps;
  createGap(batch: SampleBatch, params: ChainParams, shared: SharedStages): FindGap;
}

/** First row of the TCs of an entry, the one behind the last, and its endcap. */
export function tcsOf({ batch, i }: EntryOf): [first: number, end: number, zside: number] {
  const { zside, tc_first, tc_rows } = batch.entries.columns;
  return [tc_first[i], tc_first[i] + tc_rows[i], zside[i]];
}

/** Throws an InputError for TCs that no chain can use. */
export function checkEntry(at: EntryOf): void {
  const [first, end] = tcsOf(at);
  checkTcs(at.batch.tc.columns, first, end, () => describeEntry(at.batch, at.i));
}
