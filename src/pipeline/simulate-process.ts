/** Some simulated events as they go to a sample: the same code in this thread and in workers. */
import { createNtupleClusters } from "../chain/index.js";
import { createGeometry, DEFAULT_GEOMETRY } from "../detector/index.js";
import {
  createSkim,
  type CutFlow,
  type NtupleChunk,
  type SampleBatch,
  simulateEvents,
  type SimulationOptions,
  type SkimOptions,
} from "../events/index.js";
import { type Job } from "./job.js";

/** Plain data, so that it can be sent to a worker. */
export interface SimulateTask {
  readonly simulation: Omit<SimulationOptions, "geometry">;
  readonly cuts: SkimOptions;
  /** Also answer with the events before the cuts. */
  readonly keepsNtuple: boolean;
}

export interface EventRange {
  readonly first: number;
  readonly events: number;
}

export interface SimulatedEvents {
  readonly batch: SampleBatch;
  readonly cutFlow: CutFlow;
  readonly ntuple?: NtupleChunk;
}

export function createSimulator({ simulation, cuts, keepsNtuple }: SimulateTask): Job<EventRange, SimulatedEvents> {
  const geometry = createGeometry(DEFAULT_GEOMETRY);
  const addClusters = createNtupleClusters();
  return {
    async process({ first, events }) {
      const ntuple = addClusters(simulateEvents({ ...simulation, geometry }, first, events));
      const { skim, cutFlow } = createSkim(cuts);
      return { batch: skim(ntuple), cutFlow, ...(keepsNtuple ? { ntuple } : {}) };
    },
    close: async () => undefined,
  };
}
