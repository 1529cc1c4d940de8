/** Clusters alone: without selection and validation, for events that have no particle or cl3d yet. */
import { type Table } from "../core/index.js";
import { type ASSIGNMENT, type CLUSTERS, type SampleBatch } from "../events/index.js";
import { DEFAULT_CHAIN } from "./chain-default.js";
import { addAssignment, addClusters, createOutput } from "./output.js";
import { type ChainParams, checkParams } from "./params.js";
import { SharedStages } from "./stages.js";

export interface FoundClusters {
  readonly clusters: Table<typeof CLUSTERS>;
  readonly assignment: Table<typeof ASSIGNMENT>;
}

/** Prepares the default chain for finding the clusters of every entry of a batch. Expects finite values and z != 0. */
export function createClusterFinder(params: ChainParams): (batch: SampleBatch) => FoundClusters {
  checkParams(params);
  const steps = DEFAULT_CHAIN.create(params, new SharedStages());
  const out = createOutput();
  return (batch) => {
    for (let i = 0; i < batch.entries.rows; i++) {
      const at = { batch, i };
      const { seeds, assignment, nAssigned, clusterer } = steps.run(at);
      addAssignment(out, at, DEFAULT_CHAIN.name, assignment, nAssigned);
      addClusters(out, at, { chain: DEFAULT_CHAIN.name, nSeeds: seeds.n }, clusterer);
    }
    return { clusters: out.clusters.finish(), assignment: out.assignment.finish() };
  };
}
