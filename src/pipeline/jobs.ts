/** What worker threads can do: one list for all commands, so that one file of code is enough for all threads. */
import { type ChainTask } from "./process.js";
import { type SimulateTask } from "./simulate-process.js";
import { type SkimTask } from "./skim-process.js";
import { type PartsTask } from "./studies/study-process.js";

export const JOBS = {
  run: async (task: ChainTask) => (await import("./process.js")).createProcessor(task),
  simulate: async (task: SimulateTask) => (await import("./simulate-process.js")).createSimulator(task),
  skim: async (task: SkimTask) => (await import("./skim-process.js")).createSkimProcessor(task),
  study: async (task: PartsTask) => (await import("./studies/study-process.js")).createPartsProcessor(task),
  digest: async (task: PartsTask) => (await import("./studies/study-process.js")).createDigester(task),
} as const;

export type JobName = keyof typeof JOBS;
/** Plain data. */
export type TaskOf<N extends JobName> = Parameters<(typeof JOBS)[N]>[0];
type JobOf<N extends JobName> = Awaited<ReturnType<(typeof JOBS)[N]>>;
export type QuestionOf<N extends JobName> = Parameters<JobOf<N>["process"]>[0];
export type AnswerOf<N extends JobName> = Awaited<ReturnType<JobOf<N>["process"]>>;
