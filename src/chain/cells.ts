/** The coarse seeds of an entry and its map in (u, v): made once, for the chain and for whoever draws them. */
import { tcsOf } from "./chain-spec.js";
import { describeEntry } from "./check.js";
import { CoarseSeeder, type CoarseSeeds, createCoarseSeeds, type TcRows, tcRowsOf, type WaferSums } from "./coarse.js";
import { type EntryOf } from "./output.js";
import { type ChainParams } from "./params.js";
import { createSeeds, type Seeds } from "./seed.js";
import { type UvCells, UvSeeder } from "./seed-uv.js";
import { type SharedStages, type Stage } from "./stages.js";

/** In memory that the next entry overwrites. */
export interface Cells {
  /** `sums`: what the thresholds were compared with. */
  readonly coarse: Stage<{ readonly seeds: CoarseSeeds; sums(): WaferSums }>;
  /** `cells`: the map that the seeds are maxima of. */
  readonly seeds: Stage<{ readonly seeds: Seeds; cells(): UvCells }>;
}

/** Else seeds are looked for in all trigger cells, without coarse seeds. */
export function hasCoarseSeeds(params: ChainParams): boolean {
  return params.seed_cs.InputName !== "NoCStcOut";
}

/** The trigger cells of an entry, in the geometry of its sample. */
export function rowsOf(at: EntryOf): TcRows {
  const [first, end, zside] = tcsOf(at);
  const { tc, geometry } = at.batch;
  const where = describeEntry(at.batch, at.i);
  return tcRowsOf(tc.columns, { first, end, zside, where, ...(geometry === undefined ? {} : { geometry }) });
}

export function cellStages(params: ChainParams, shared: SharedStages): Cells {
  const { cs, seed, seed_cs } = params;
  const coarse = shared.stage("coarse-seed", cs, () => {
    const seeder = new CoarseSeeder(cs);
    const found = { seeds: createCoarseSeeds(), sums: () => seeder.sums() };
    return (at) => {
      seeder.findInto(found.seeds, rowsOf(at));
      return found;
    };
  });
  const inCoarse = hasCoarseSeeds(params);
  const seeds = shared.stage("seed-cs", [cs, seed, seed_cs], () => {
    const seeder = new UvSeeder(params);
    const found = { seeds: createSeeds(), cells: () => seeder.cells() };
    return (at) => {
      seeder.seedInto(found.seeds, inCoarse ? coarse(at).seeds : null, rowsOf(at));
      return found;
    };
  });
  return { coarse, seeds };
}
