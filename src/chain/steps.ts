/** What the two chains do with one entry: from its trigger cells to seeds and clusters. */
import { type SampleBatch } from "../events/index.js";
import { describeEntry } from "./check.js";
import { Clusterer } from "./cluster.js";
import { CoarseSeeder, createCoarseSeeds, cylinderInto } from "./coarse.js";
import { createHistogram, fillInto } from "./fill.js";
import { createGrid } from "./grid.js";
import {
  addCoarseSeeds,
  addFill,
  addSmooth,
  type ChainName,
  type ChainTables,
  type EntryOf,
  type Output,
} from "./output.js";
import { type ChainParams } from "./params.js";
import { createSeeds, type Seeds, seedInto } from "./seed.js";
import { UvSeeder } from "./seed-uv.js";
import { createSmoother, createSmoothMap } from "./smooth.js";

/** A chain with its scratch memory. What it holds is that of the last entry. */
export interface Steps {
  readonly chain: ChainName;
  readonly seeds: Seeds;
  readonly clusterer: Clusterer;
  /**
   * Runs all steps on row `i` of the entries. `assignment` takes the seed, or -1, of each of its TCs; returns how many
   * have one. Throws an InputError for TCs that it cannot use.
   */
  run(batch: SampleBatch, i: number, assignment: Int32Array): number;
  /** The number of coarse seeds; undefined where there is none by construction. */
  coarseSeeds(): number | undefined;
  /** Adds the tables in between, and takes them. */
  addSteps(out: Output, at: EntryOf): void;
  finishSteps(out: Output): Pick<ChainTables, "fill" | "smooth" | "coarse_seeds">;
}

/** Fill, smooth, seed, cluster. */
export function createDefaultSteps(params: ChainParams): Steps {
  const grid = createGrid(params.base);
  const histogram = createHistogram(grid);
  const smoother = createSmoother(params.base, params.smooth);
  const map = createSmoothMap(grid.nRz, grid.nPhi);
  const seeds = createSeeds();
  const clusterer = new Clusterer(params.cluster);

  function run(batch: SampleBatch, i: number, assignment: Int32Array): number {
    const { zside, tc_first, tc_rows } = batch.entries.columns;
    const tc = batch.tc.columns;
    const first = tc_first[i];
    const end = first + tc_rows[i];
    fillInto(histogram, tc, first, end, zside[i]);
    smoother.smoothInto(map, histogram);
    seedInto(seeds, map, histogram, params.seed);
    return clusterer.assignInto(assignment, seeds, tc, first, end, zside[i], describeEntry(batch, i));
  }

  function addSteps(out: Output, at: EntryOf): void {
    addFill(out, at, histogram);
    addSmooth(out, at, map);
  }

  return {
    chain: "default",
    seeds,
    clusterer,
    run,
    coarseSeeds: () => undefined,
    addSteps,
    finishSteps: (out) => ({ fill: out.fill.finish(), smooth: out.smooth.finish() }),
  };
}

/** Coarse seeds, seeds in (u, v), cluster. */
export function createCsSteps(params: ChainParams): Steps {
  const coarseSeeder = new CoarseSeeder(params.cs);
  const coarse = createCoarseSeeds();
  const uvSeeder = new UvSeeder(params);
  const seeds = createSeeds();
  const clusterer = new Clusterer(params.cluster);
  const { CSCylinder } = params.cluster;
  const everywhere = params.seed_cs.InputName === "NoCStcOut";
  const needsCoarse = !everywhere || CSCylinder;
  let cylinder = new Uint8Array(0);

  function run(batch: SampleBatch, i: number, assignment: Int32Array): number {
    const { zside, tc_first, tc_rows } = batch.entries.columns;
    const tc = batch.tc.columns;
    const first = tc_first[i];
    const end = first + tc_rows[i];
    const side = zside[i];
    const where = describeEntry(batch, i);
    if (needsCoarse) coarseSeeder.findInto(coarse, tc, first, end, side, where);
    uvSeeder.seedInto(seeds, everywhere ? null : coarse, tc, first, end, side, where);
    if (!CSCylinder) return clusterer.assignInto(assignment, seeds, tc, first, end, side, where);
    if (cylinder.length < tc_rows[i]) cylinder = new Uint8Array(2 * tc_rows[i]);
    cylinderInto(cylinder, coarse, tc, first, end);
    return clusterer.assignInto(assignment, seeds, tc, first, end, side, where, cylinder);
  }

  return {
    chain: "cs",
    seeds,
    clusterer,
    run,
    coarseSeeds: () => (everywhere ? undefined : coarse.n),
    addSteps: (out, at) => {
      if (needsCoarse) addCoarseSeeds(out, at, coarse);
    },
    finishSteps: (out) => ({ coarse_seeds: out.coarse_seeds.finish() }),
  };
}
