export { checkInstalled, type World } from "./engine.js";
export { namesIn, textOf, writeWhole } from "./files.js";
export { isJob, type OpenJob, openJob, paths } from "./folder.js";
export { lockJob } from "./lock.js";
export { contentFault, type Marker, readMarker, readRunning, readStates } from "./marker.js";
export { RETRY, runTasks, type TasksResult } from "./run-tasks.js";
export { shellLine, shellWord } from "./shell.js";
export {
  type Argument,
  type EngineName,
  ENGINES,
  type JobInfo,
  type JobInput,
  type Output,
  type OutputKind,
  type Program,
  type Resources,
  type Run,
  type Runtime,
  type Said,
  type Site,
  SITES,
  type StageInput,
  type Task,
  type TaskInput,
  type Versions,
  type Word,
} from "./spec.js";
export { type JobStatus, jobStatus, type State, STATES } from "./status.js";
export { type Axis, fileNameOf, fillPlaceholders, gridOf, parseNumbers, taskHash } from "./tasks.js";
export { cancelJob, describeJob, type Driven, type DriveOptions, previewJob, resumeJob, submitJob } from "./drive.js";
export { schedulerOf } from "./ask.js";
