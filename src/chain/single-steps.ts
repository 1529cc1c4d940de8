/** One step of a chain alone: from the tables of the steps before it to its own, exactly those of the whole chain. */
import { InputError, type Schema, type Table } from "../core/index.js";
import { type RUN_TABLES } from "../events/index.js";
import { checkTcs, describeEntry } from "./check.js";
import { Clusterer } from "./cluster.js";
import { CoarseSeeder, type CoarseSeeds, createCoarseSeeds, cylinderInto } from "./coarse.js";
import { type ChainCounts } from "./counts.js";
import { createHistogram, fillInto, type Histogram } from "./fill.js";
import { createGrid } from "./grid.js";
import {
  addAssignment,
  addClusters,
  addCoarseSeeds,
  addFill,
  addSeeds,
  addSmooth,
  type ChainName,
  type ChainTables,
  createOutput,
  type EntryOf,
  type Output,
} from "./output.js";
import { type ChainParams } from "./params.js";
import { addSeed, createSeeds, seedInto } from "./seed.js";
import { UvSeeder } from "./seed-uv.js";
import { createSmoother, createSmoothMap, type SmoothMap } from "./smooth.js";
import { createCsSteps, createDefaultSteps } from "./steps.js";
import { addRecord, addTcSums } from "./validate.js";

export type StepName = "fill" | "smooth" | "seed" | "coarse-seed" | "seed-cs" | "cluster" | "validate";
export type StepTable = keyof ChainTables;

/** The steps of each chain, in order. */
export const CHAIN_STEPS: Readonly<Record<ChainName, readonly StepName[]>> = {
  default: ["fill", "smooth", "seed", "cluster", "validate"],
  cs: ["coarse-seed", "seed-cs", "cluster", "validate"],
};

/** The rows [first, end) of one entry in a table. */
export interface EntryRows<S extends Schema> {
  readonly columns: Table<S>["columns"];
  readonly first: number;
  readonly end: number;
}

/** What earlier steps wrote about an entry: of each table that a step reads. */
export type StepRows = { readonly [K in StepTable]: EntryRows<(typeof RUN_TABLES)[K]> };

export interface SingleStep {
  /** Tables of earlier steps, and those of this one. */
  readonly reads: readonly StepTable[];
  readonly writes: readonly StepTable[];
  /**
   * Row `i` of the entries, with its selected particles (rows of `gen`). Adds what the step finds to `counts`. Throws
   * an InputError for TCs that it cannot use.
   */
  run(at: EntryOf, particles: readonly number[], rows: StepRows, counts: ChainCounts): void;
  /** Its tables so far; they are empty afterwards. */
  finish(): Partial<ChainTables>;
}

type StepBody = Omit<SingleStep, "finish">;

/** Prepares one step of a chain. Throws an InputError for a step that the chain does not have. */
export function createSingleStep(name: StepName, chain: ChainName, params: ChainParams): SingleStep {
  if (!CHAIN_STEPS[chain].includes(name)) {
    throw new InputError(`the ${chain} chain has no step ${name}; it has ${CHAIN_STEPS[chain].join(", ")}`);
  }
  const out = createOutput();
  const body = BODIES[name](params, out, chain);
  const finish = (): Partial<ChainTables> =>
    Object.fromEntries(body.writes.map((table) => [table, out[table].finish()]));
  return { ...body, finish };
}

/** Whether a chain can use row `i` of the entries: all its steps, so that what one of them refuses is in no table. */
export function createEntryTest(chain: ChainName, params: ChainParams): (at: EntryOf) => boolean {
  const steps = (chain === "cs" ? createCsSteps : createDefaultSteps)(params);
  return (at) => {
    try {
      checkEntry(at);
      steps.run(at.batch, at.i, new Int32Array(at.batch.entries.columns.tc_rows[at.i]));
      return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  };
}

/** First row of the TCs of an entry, the one behind the last, and its endcap. */
function tcsOf({ batch, i }: EntryOf): [first: number, end: number, zside: number] {
  const { zside, tc_first, tc_rows } = batch.entries.columns;
  return [tc_first[i], tc_first[i] + tc_rows[i], zside[i]];
}

function checkEntry(at: EntryOf): void {
  const [first, end] = tcsOf(at);
  checkTcs(at.batch.tc.columns, first, end, () => describeEntry(at.batch, at.i));
}

const BODIES: Readonly<Record<StepName, (params: ChainParams, out: Output, chain: ChainName) => StepBody>> = {
  fill(params, out) {
    const histogram = createHistogram(createGrid(params.base));
    return {
      reads: [],
      writes: ["fill"],
      run(at) {
        checkEntry(at);
        fillInto(histogram, at.batch.tc.columns, ...tcsOf(at));
        addFill(out, at, histogram);
      },
    };
  },

  smooth(params, out) {
    const histogram = createHistogram(createGrid(params.base));
    const smoother = createSmoother(params.base, params.smooth);
    const map = createSmoothMap(params.base.NbinsRz, params.base.NbinsPhi);
    return {
      reads: ["fill"],
      writes: ["smooth"],
      run(at, _particles, { fill }) {
        restoreBins(histogram, fill);
        smoother.smoothInto(map, histogram);
        addSmooth(out, at, map);
      },
    };
  },

  seed(params, out, chain) {
    const histogram = createHistogram(createGrid(params.base));
    const map = createSmoothMap(params.base.NbinsRz, params.base.NbinsPhi);
    const seeds = createSeeds();
    return {
      reads: ["fill", "smooth"],
      writes: ["seeds"],
      run(at, _particles, { fill, smooth }) {
        restoreBins(histogram, fill);
        restorePositions(histogram, fill);
        restoreMap(map, smooth);
        seedInto(seeds, map, histogram, params.seed);
        addSeeds(out, at, chain, seeds);
      },
    };
  },

  "coarse-seed"(params, out) {
    const seeder = new CoarseSeeder(params.cs);
    const coarse = createCoarseSeeds();
    const needed = !isEverywhere(params) || params.cluster.CSCylinder;
    return {
      reads: [],
      writes: ["coarse_seeds"],
      run(at) {
        checkEntry(at);
        if (!needed) return;
        seeder.findInto(coarse, at.batch.tc.columns, ...tcsOf(at), describeEntry(at.batch, at.i));
        addCoarseSeeds(out, at, coarse);
      },
    };
  },

  "seed-cs"(params, out, chain) {
    const seeder = new UvSeeder(params);
    const coarse = createCoarseSeeds();
    const seeds = createSeeds();
    return {
      reads: ["coarse_seeds"],
      writes: ["seeds"],
      run(at, _particles, rows) {
        restoreCoarse(coarse, rows.coarse_seeds);
        const where = describeEntry(at.batch, at.i);
        seeder.seedInto(seeds, isEverywhere(params) ? null : coarse, at.batch.tc.columns, ...tcsOf(at), where);
        addSeeds(out, at, chain, seeds);
      },
    };
  },

  cluster(params, out, chain) {
    const { CSCylinder, PtC3dThreshold } = params.cluster;
    const inCylinder = chain === "cs" && CSCylinder;
    const coarse = createCoarseSeeds();
    const seeds = createSeeds();
    const clusterer = new Clusterer(params.cluster);
    return {
      reads: inCylinder ? ["seeds", "coarse_seeds"] : ["seeds"],
      writes: ["clusters", "assignment"],
      run(at, _particles, rows, counts) {
        const { columns, first: firstSeed, end: endSeed } = rows.seeds;
        seeds.n = 0;
        for (let row = firstSeed; row < endSeed; row++) {
          const s = addSeed(seeds);
          seeds.energy[s] = columns.seedEn[row];
          seeds.x[s] = columns.seedXdivZ[row];
          seeds.y[s] = columns.seedYdivZ[row];
        }
        const tc = at.batch.tc.columns;
        const [first, end, zside] = tcsOf(at);
        const assignment = new Int32Array(end - first);
        const mask = inCylinder ? new Uint8Array(end - first) : undefined;
        if (mask !== undefined) {
          restoreCoarse(coarse, rows.coarse_seeds);
          cylinderInto(mask, coarse, tc, first, end);
        }
        const where = describeEntry(at.batch, at.i);
        const nAssigned = clusterer.assignInto(assignment, seeds, tc, first, end, zside, where, mask);
        addAssignment(out, at, chain, assignment, nAssigned);
        counts.withoutPosition += addClusters(out, at, chain, seeds.n, clusterer.sums, PtC3dThreshold);
        counts.tcs += end - first;
        counts.tcsAssigned += nAssigned;
      },
    };
  },

  validate(params, out, chain) {
    const thresholds = params.valid_cluster.tcDeltaRthresh;
    const hasCoarse = chain === "cs" && !isEverywhere(params);
    return {
      reads: hasCoarse ? ["seeds", "clusters", "coarse_seeds"] : ["seeds", "clusters"],
      writes: thresholds.length > 0 ? ["events", "tcdr"] : ["events"],
      run(at, particles, { seeds, clusters, coarse_seeds }, counts) {
        const nSeeds = seeds.end - seeds.first;
        const nClusters = clusters.end - clusters.first;
        const nCoarse = hasCoarse ? coarse_seeds.end - coarse_seeds.first : 0;
        for (const particle of particles) {
          const record = out.events.rows;
          addRecord(out.events, at, particle, chain, nSeeds, hasCoarse ? nCoarse : 1, clusters, params.validation);
          addTcSums(out.tcdr, at, particle, chain, thresholds);
          counts.particles++;
          if (out.events.columns.n_matched[record] > 0) counts.matched++;
          counts.split += out.events.columns.is_split[record];
        }
        counts.coarseSeeds += nCoarse;
        counts.seeds += nSeeds;
        counts.clusters += nClusters;
        if (nCoarse > 0) counts.withCoarseSeeds++;
        if (nSeeds > 0) counts.withSeeds++;
        if (nClusters > 0) counts.withClusters++;
      },
    };
  },
};

/** Seeding in (u, v) without coarse seeds. */
function isEverywhere(params: ChainParams): boolean {
  return params.seed_cs.InputName === "NoCStcOut";
}

function restoreCoarse(coarse: CoarseSeeds, rows: StepRows["coarse_seeds"]): void {
  coarse.n = rows.end - rows.first;
  for (let k = 0; k < coarse.n; k++) {
    coarse.wu[k] = rows.columns.wu[rows.first + k];
    coarse.wv[k] = rows.columns.wv[rows.first + k];
  }
}

function restoreBins(histogram: Histogram, { columns, first, end }: StepRows["fill"]): void {
  for (let k = 0; k < histogram.nBins; k++) histogram.mipPt[histogram.bins[k]] = 0;
  histogram.nBins = end - first;
  for (let k = 0; k < histogram.nBins; k++) {
    const bin = columns.rz_bin[first + k] * histogram.grid.nPhi + columns.phi_bin[first + k];
    histogram.bins[k] = bin;
    histogram.mipPt[bin] = columns.mipPt[first + k];
  }
}

/** The table holds the quotients that are positions: over a sum of 1 they are the same numbers again. */
function restorePositions(histogram: Histogram, { columns, first }: StepRows["fill"]): void {
  for (let k = 0; k < histogram.nBins; k++) {
    const bin = histogram.bins[k];
    if (histogram.mipPt[bin] !== 0) histogram.mipPt[bin] = 1;
    histogram.sumX[bin] = columns.wght_x[first + k];
    histogram.sumY[bin] = columns.wght_y[first + k];
  }
}

function restoreMap(map: SmoothMap, { columns, first, end }: StepRows["smooth"]): void {
  map.energy.fill(0);
  map.length.fill(0);
  for (let k = first; k < end; k++) {
    map.energy[columns.rz_bin[k] * map.nPhi + columns.phi_bin[k]] = columns.energy[k];
    map.length[columns.rz_bin[k]] = map.nPhi;
  }
}
