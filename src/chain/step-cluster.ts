/** The last but one step of every chain: trigger cells to the seeds in the table. */
import { describeEntry } from "./check.js";
import { type Clustered, type StepRows, type StepSpec, type StepTable, tcsOf } from "./chain-spec.js";
import { Clusterer } from "./cluster.js";
import { addAssignment, addClusters, type EntryOf } from "./output.js";
import { type ChainParams, type ClusterParams } from "./params.js";
import { addSeed, createSeeds, type Seeds } from "./seed.js";
import { type SharedStages, type Stage } from "./stages.js";
import { sumSignal } from "./truth.js";

/** Which TCs take part, and the table that says so. */
export interface TcMask {
  readonly reads: StepTable;
  /** 1 for each TC of the entry that takes part. */
  of(at: EntryOf, rows: StepRows): Uint8Array;
}

/**
 * The clustering of a whole chain. `key`: what the seeds depend on; `mask`: 1 for each TC of the entry that takes part,
 * absent where all do.
 */
export function clusterStage(
  shared: SharedStages,
  key: readonly unknown[],
  params: ClusterParams,
  seedsOf: Stage<Seeds>,
  mask?: (at: EntryOf) => Uint8Array,
): Stage<Clustered> {
  return shared.stage("cluster", [...key, params], () => {
    const clusterer = new Clusterer(params);
    let assignment = new Int32Array(1024);
    return (at) => {
      const seeds = seedsOf(at);
      const tcs = tcsOf(at);
      const n = tcs[1] - tcs[0];
      if (n > assignment.length) assignment = new Int32Array(2 * n);
      const where = describeEntry(at.batch, at.i);
      const nAssigned = clusterer.assignInto(assignment, seeds, at.batch.tc.columns, ...tcs, where, mask?.(at));
      return { seeds, assignment, nAssigned, clusterer };
    };
  });
}

/** `createMask`: of a chain that clusters some TCs only; undefined where the parameters say all. */
export function clusterStep(createMask: (params: ChainParams) => TcMask | undefined = () => undefined): StepSpec {
  return {
    name: "cluster",
    about: "trigger cells to seeds",
    writes: ["clusters", "assignment"],
    create(params, out, chain) {
      const mask = createMask(params);
      const seeds = createSeeds();
      const clusterer = new Clusterer(params.cluster);
      return {
        reads: mask === undefined ? ["seeds"] : ["seeds", mask.reads],
        run(at, _particles, rows, counts) {
          const { columns, first: firstSeed, end: endSeed } = rows.seeds;
          seeds.n = 0;
          for (let row = firstSeed; row < endSeed; row++) {
            const s = addSeed(seeds);
            seeds.energy[s] = columns.seedEn[row];
            seeds.x[s] = columns.seedXdivZ[row];
            seeds.y[s] = columns.seedYdivZ[row];
          }
          const [first, end, zside] = tcsOf(at);
          const assignment = new Int32Array(end - first);
          const where = describeEntry(at.batch, at.i);
          const tc = at.batch.tc.columns;
          const nAssigned = clusterer.assignInto(assignment, seeds, tc, first, end, zside, where, mask?.of(at, rows));
          addAssignment(out, at, chain, assignment, nAssigned);
          const signalPt = sumSignal(at, assignment, seeds.n, { weights: clusterer.weights })?.bySeed;
          counts.withoutPosition += addClusters(out, at, { chain, nSeeds: seeds.n, signalPt }, clusterer);
          counts.tcs += end - first;
          counts.tcsAssigned += nAssigned;
        },
      };
    },
  };
}
