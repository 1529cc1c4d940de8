/** The library for Node: files, and chains over whole samples. */
export * from "./io/node/index.js";
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
