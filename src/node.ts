/** The library for Node: files, and chains over whole samples. */
export * from "./io/node/index.js";
export {
  exportFolder,
  type ExportFormat,
  type ExportJob,
  type ExportReport,
  type FirstStepJob,
  listSplits,
  runChains,
  runFirstStep,
  type RunJob,
  runNextStep,
  type RunReport,
  type RunTask,
  type SplitList,
  type StepJob,
  type StepReport,
} from "./pipeline/index.js";
