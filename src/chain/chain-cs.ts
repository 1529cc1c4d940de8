/** The coarse-seeding chain: wafers with much energy, seeds in (u, v) among their trigger cells, cluster. */
import { cellStages, hasCoarseSeeds, rowsOf } from "./cells.js";
import { type ChainSpec, checkEntry, type StepRows, type StepSpec, type Steps, tcsOf } from "./chain-spec.js";
import { CoarseSeeder, type CoarseSeeds, createCoarseSeeds, cylinderInto } from "./coarse.js";
import { createCellGap } from "./gap-cells.js";
import { addCoarseSeeds, addSeeds, type EntryOf } from "./output.js";
import { type ChainParams } from "./params.js";
import { createSeeds, type Seeds } from "./seed.js";
import { UvSeeder } from "./seed-uv.js";
import { type SharedStages } from "./stages.js";
import { clusterStage, clusterStep, type TcMask } from "./step-cluster.js";
import { validateStep } from "./step-validate.js";

function needsCoarse(params: ChainParams): boolean {
  return hasCoarseSeeds(params) || params.cluster.CSCylinder;
}

function create(params: ChainParams, shared: SharedStages): Steps {
  const { cs, seed, seed_cs, cluster } = params;
  const cells = cellStages(params, shared);
  const coarseOf = (at: EntryOf): CoarseSeeds => cells.coarse(at).seeds;
  const seedsOf = (at: EntryOf): Seeds => cells.seeds(at).seeds;
  const inCoarse = hasCoarseSeeds(params);
  const needed = needsCoarse(params);
  let cylinder = new Uint8Array(0);
  const maskOf = ({ batch, i }: EntryOf): Uint8Array => {
    const [first, end] = tcsOf({ batch, i });
    if (cylinder.length < end - first) cylinder = new Uint8Array(2 * (end - first));
    cylinderInto(cylinder, coarseOf({ batch, i }), rowsOf({ batch, i }));
    return cylinder;
  };
  const mask = cluster.CSCylinder ? maskOf : undefined;
  return {
    findSeeds: seedsOf,
    run: clusterStage(shared, ["cs", cs, seed, seed_cs], cluster, seedsOf, mask),
    coarseSeeds: (at) => (inCoarse ? coarseOf(at).n : undefined),
    addSteps(out, at) {
      if (needed) addCoarseSeeds(out, at, coarseOf(at));
    },
  };
}

const coarseStep: StepSpec = {
  name: "coarse-seed",
  about: "wafers with much energy",
  writes: ["coarse_seeds"],
  create(params, out) {
    const seeder = new CoarseSeeder(params.cs);
    const coarse = createCoarseSeeds();
    const needed = needsCoarse(params);
    return {
      reads: [],
      run(at) {
        checkEntry(at);
        if (!needed) return;
        seeder.findInto(coarse, rowsOf(at));
        addCoarseSeeds(out, at, coarse);
      },
    };
  },
};

const seedStep: StepSpec = {
  name: "seed-cs",
  about: "seeds in (u, v) in the wafers that are coarse seeds",
  writes: ["seeds"],
  create(params, out, chain) {
    const seeder = new UvSeeder(params);
    const coarse = createCoarseSeeds();
    const seeds = createSeeds();
    return {
      reads: ["coarse_seeds"],
      run(at, _particles, rows) {
        restoreCoarse(coarse, rows.coarse_seeds);
        seeder.seedInto(seeds, hasCoarseSeeds(params) ? coarse : null, rowsOf(at));
        addSeeds(out, at, chain, seeds);
      },
    };
  },
};

/** Only TCs in CE-E whose wafer u and v both occur among the coarse seeds. */
function createCylinder(params: ChainParams): TcMask | undefined {
  if (!params.cluster.CSCylinder) return undefined;
  const coarse = createCoarseSeeds();
  return {
    reads: "coarse_seeds",
    of(at, rows) {
      const [first, end] = tcsOf(at);
      const mask = new Uint8Array(end - first);
      restoreCoarse(coarse, rows.coarse_seeds);
      cylinderInto(mask, coarse, rowsOf(at));
      return mask;
    },
  };
}

function restoreCoarse(coarse: CoarseSeeds, rows: StepRows["coarse_seeds"]): void {
  coarse.n = rows.end - rows.first;
  for (let k = 0; k < coarse.n; k++) {
    coarse.wu[k] = rows.columns.wu[rows.first + k];
    coarse.wv[k] = rows.columns.wv[rows.first + k];
  }
}

export const CS_CHAIN = {
  name: "cs",
  label: "coarse seeding",
  choice: "coarse seeding (u, v)",
  suffix: "cs",
  hue: "orange",
  columns: ["tc_wu", "tc_wv", "tc_cu", "tc_cv"],
  steps: [coarseStep, seedStep, clusterStep(createCylinder), validateStep(hasCoarseSeeds)],
  seedsAre: "cells",
  hasCoarseSeeds,
  create,
  createGap: createCellGap,
} as const satisfies ChainSpec;
