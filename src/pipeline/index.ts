/** What the room offers. Commands load the file of their one call, so that `--help` waits for none of them. */
export { type EntryRange } from "./entries.js";
export { exportFolder, type ExportFormat, type ExportJob, type ExportReport } from "./export.js";
export { importGeometry, type ImportGeometryJob, openGeometry } from "./geometry.js";
export { type Workers } from "./pool.js";
export { importReference, type ImportJob, type ImportReport } from "./import.js";
export { type ReportJob, type ReportResult, writeReport } from "./report.js";
export { type RunTask } from "./run-task.js";
export { type RunJob, type RunReport, runChains } from "./run.js";
export { simulateSample, type SimulateJob, type SimulateReport } from "./simulate.js";
export { skimFiles, type SkimJob, type SkimProgress, type SkimReport } from "./skim.js";
export { listSplits, SPLIT_LIST, type SplitList } from "./splits.js";
export { type FirstStepJob, runFirstStep, runNextStep, type StepJob, type StepReport } from "./steps.js";
export { type StudyPlan, type StudyTask } from "./studies/spec.js";
export {
  type CombineJob,
  combineStudy,
  type InitJob,
  initStudy,
  type PartsJob,
  runParts,
  runStudy,
  type StudyReport,
} from "./studies/verbs.js";
