/** The last step of every chain: records of the clusters in the table beside the generated particles. */
import { type StepSpec } from "./chain-spec.js";
import { type ChainParams } from "./params.js";
import { addRecords } from "./record-entry.js";

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
        reads: ["seeds", "clusters", "assignment", ...(hasCoarse ? (["coarse_seeds"] as const) : [])],
        ...(thresholds.length > 0 ? {} : { writes: ["events"] }),
        run(at, particles, { seeds, clusters, assignment, coarse_seeds }, counts) {
          const seedOf = new Int32Array(at.batch.entries.columns.tc_rows[at.i]).fill(-1);
          for (let row = assignment.first; row < assignment.end; row++) {
            seedOf[assignment.columns.tc_row[row]] = assignment.columns.seed_idx[row];
          }
          const found = {
            particles,
            nSeeds: seeds.end - seeds.first,
            nCoarseSeeds: hasCoarse ? coarse_seeds.end - coarse_seeds.first : undefined,
            clusters,
            assignment: seedOf,
          };
          addRecords(out, at, { chain, params }, found, counts);
        },
      };
    },
  };
}
