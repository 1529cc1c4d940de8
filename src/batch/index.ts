export { checkInstalled, type World } from "./engine.js";
export { namesIn, textOf, writeWhole } from "./files.js";
export { isJob, type OpenJob, openJob, paths } from "./folder.js";
export { lockJob } from "./lock.js";
export { contentFault, type Marker, readMarker, readStates } from "./marker.js";
export { RETRY, runTasks, type TasksResult } from "./run-tasks.js";
export { shellLine, shellWord } from "./shell.js";
export * from "./spec.js";
export { type JobStatus, jobStatus, logsOf, type State, STATES } from "./status.js";
export { type Axis, fileNameOf, fillPlaceholders, gridOf, parseNumbers, taskHash } from "./tasks.js";
export {
  cancelJob,
  describeJob,
  type Driven,
  type DriveOptions,
  previewJob,
  resumeJob,
  schedulerOf,
  submitJob,
} from "./drive.js";
