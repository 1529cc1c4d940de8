/** What the files of a JOB folder must say. */
import { type Fields, isCount, isListOf, isRecord, isText, isWith } from "../core/index.js";
import { ENGINES, type JobInfo, type Run, SITES, type Task } from "./spec.js";

const isTexts = isListOf(isText);
const isOneOf =
  (names: readonly unknown[]) =>
  (value: unknown): boolean =>
    names.includes(value);

/** Of pairs whose first member is a text. */
const isPairs = (test: (value: unknown) => boolean) =>
  isListOf((value) => Array.isArray(value) && value.length === 2 && isText(value[0]) && test(value[1]));

const isProgram = (value: unknown): boolean =>
  isRecord(value) &&
  (value["kind"] === "command"
    ? isTexts(value["words"])
    : value["kind"] === "script" && isText(value["path"]) && isTexts(value["interpreter"]));

const isStage = (value: unknown): boolean =>
  isWith(isText, "name")(value) && isWith(isProgram, "program")(value) && isWith(isCount, "perBatch")(value);

const isResources = (value: unknown): boolean =>
  isWith(isOneOf(SITES), "site")(value) &&
  isWith(isCount, "retries")(value) &&
  isWith(isPairs(isText), "options")(value);

const isOutput = (value: unknown): boolean =>
  isWith(isText, "path")(value) && isWith(isOneOf(["whole", "exists", "files", "parts"]), "kind")(value);

const ENGINE = [`one of ${ENGINES.join(", ")}`, isOneOf(ENGINES), true] as const;

/** job.json */
export const JOB: Fields<JobInfo> = {
  format: ["a format", isText, true],
  formatVersion: ["a version", isCount, true],
  id: ["a text", isText, true],
  name: ["a text", isText, true],
  engine: ENGINE,
  task: ["a text", isText, true],
  options: [
    "a record with cwd, and resources with site, retries and options",
    (value) => isWith(isText, "cwd")(value) && isWith(isResources, "resources")(value),
    true,
  ],
  stages: ["a list of stages with name, program and perBatch", isListOf(isStage), true],
  runtime: ["a record with node, program and version", isWith(isText, "node", "program", "version"), true],
  versions: ["texts by name", isWith(isText, "bye-splits", "node"), true],
};

/** A line of tasks.jsonl. */
export const TASK: Fields<Task> = {
  index: ["the number of a task", isCount, true],
  hash: ["a text", isText, true],
  stage: ["the name of a stage", isText, true],
  kind: ["command or script", isOneOf(["command", "script"]), true],
  arguments: ["a list of names with their words", isPairs(isTexts), true],
  argv: ["a list of words", isTexts, true],
  output: ["a record with path and kind", isOutput, false],
  needs: ["numbers of tasks", isListOf(isCount), false],
};

/** A line of runs.jsonl: what the scheduler called a submission. */
export const RUN_IDS: Fields<Pick<Run, "run" | "ids">> = {
  run: ["the number of a submission", isCount, true],
  ids: ["a list of names", isTexts, true],
};

/** A line of runs.jsonl: a submission. */
export const RUN: Fields<Run> = {
  ...RUN_IDS,
  engine: ENGINE,
  files: ["a list of paths", isTexts, true],
  batches: ["numbers of tasks, by batch job", isListOf(isListOf(isCount)), true],
  host: ["the name of a machine", isText, true],
  time: ["a time", isText, true],
};
