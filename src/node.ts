/** The library for Node: files, and chains over whole samples. */
export * from "./io/node/index.js";
export { exportFolder, type ExportFormat, type ExportJob, type ExportReport } from "./pipeline/export.js";
export { type RunJob, type RunReport, runChains } from "./pipeline/run.js";
export { type RunTask } from "./pipeline/run-task.js";
export { listSplits, type SplitList } from "./pipeline/splits.js";
export { type FirstStepJob, runFirstStep, runNextStep, type StepJob, type StepReport } from "./pipeline/steps.js";
