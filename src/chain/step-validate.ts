/** The last step of every chain: records of the clusters in the table beside the generated particles. */
import { type StepSpec } from "./chain-spec.js";
import { type ChainParams } from "./params.js";
import { addRecord, addTcSums } from "./validate.js";

/** `hasCoarseSeeds`: of a chain whose seeds come from coarse seeds. */
export function validateStep(hasCoarseSeeds: (params: ChainParams) => boolean = () => false): StepSpec {
  return {
    name: "validate",
    about: "records of the clusters beside the generated particles",
    writes: ["events", "tcdr"],
    create(params, out, chain) {
      const thresholds = params.valid_cluster.tcDeltaRthresh;
      const hasCoarse = hasCoarseSeeds(params);
      return {
        reads: hasCoarse ? ["seeds", "clusters", "coarse_seeds"] : ["seeds", "clusters"],
        ...(thresholds.length > 0 ? {} : { writes: ["events"] }),
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
}
