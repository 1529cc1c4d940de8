/** The library for Node: files, chains over whole samples, and batch jobs. */
export * from "./io/node/index.js";
export {
  cancelJob,
  describeJob,
  type JobInput,
  type JobStatus,
  jobStatus,
  openJob,
  previewJob,
  resumeJob,
  submitJob,
} from "./batch/index.js";
export {
  combineStudy,
  exportFolder,
  type ExportFormat,
  type ExportJob,
  type ExportReport,
  type FirstStepJob,
  initStudy,
  listSplits,
  runChains,
  runFirstStep,
  runParts,
  runStudy,
  type RunJob,
  runNextStep,
  type RunReport,
  type RunTask,
  type SplitList,
  type StepJob,
  type StepReport,
} from "./pipeline/index.js";
