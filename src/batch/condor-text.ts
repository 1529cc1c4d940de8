/** Submit files and DAGs of HTCondor. Pure texts. */
import { InputError } from "../core/index.js";
import { type JobInfo, type Task } from "./spec.js";
import { valueLines } from "./texts.js";

export interface SubmitFile {
  readonly job: JobInfo;
  /** Absolute paths. */
  readonly folder: string;
  readonly exec: string;
  readonly tasks: readonly Task[];
  readonly batches: readonly (readonly number[])[];
}

/** One job a batch; it gets the numbers of its tasks and reads their values from tasks.jsonl, so that no value meets a parser. */
export function condorText(file: SubmitFile): string {
  const { tasks, batches } = file;
  return [
    ...submitLines(file),
    `max_retries = ${file.job.options.resources.retries}`,
    "retry_until = !member(ExitCode, {75})",
    ...valueLines(tasks, batches),
    "queue tasks from (",
    ...batches.map((batch) => batch.join()),
    ")",
    "",
  ].join("\n");
}

/** For nodes of a DAG, which say the tasks and how often a node is tried. */
export function condorNodeText(file: SubmitFile): string {
  return [...submitLines(file), "queue", ""].join("\n");
}

function submitLines({ job, folder, exec }: SubmitFile): string[] {
  const { name, id, options } = job;
  const { site, queue, wnTag, flavour, maxRuntime, memory, disk, cpus = 1, options: own } = options.resources;
  const log = (ending: string): string => `${macro(`${folder}/logs/${name}`)}_C$(Cluster)P$(Process).${ending}`;
  return [
    `executable = ${macro(exec)}`,
    "Universe              = vanilla",
    'Arguments = "$(tasks)"',
    `output = ${log("out")}`,
    `error = ${log("err")}`,
    `log = ${log("log")}`,
    "getenv                = true",
    `request_cpus = ${cpus}`,
    ...(memory === undefined ? [] : [`request_memory = ${macro(memory)}`]),
    ...(disk === undefined ? [] : [`request_disk = ${macro(disk)}`]),
    `MY.ByeSplitsJob = "${id}"`,
    'MY.ByeSplitsTasks = "$(tasks)"',
    ...(site === "llr"
      ? [
          `T3Queue = ${macro(queue ?? "short")}`,
          `WNTag                 = ${macro(wnTag ?? "el9")}`,
          '+SingularityCmd       = ""',
          "include: /opt/exp_soft/cms/t3/t3queue |",
        ]
      : []),
    ...(site === "cern"
      ? [
          maxRuntime === undefined
            ? `MY.JobFlavour = "${macro(flavour ?? "longlunch")}"`
            : `+MaxRuntime = ${macro(maxRuntime)}`,
          ...(wnTag === undefined ? [] : [`MY.WantOS = "${macro(wnTag)}"`]),
        ]
      : []),
    ...own.map(([key, value]) => `${key} = ${value}`),
  ];
}

/** A text in a submit file, in which `$(` would begin a macro. InputError for one that a line cannot hold. */
function macro(text: string): string {
  if (/[\r\n]/.test(text))
    throw new InputError(`"${text.replaceAll(/[\r\n]/g, " ")}" has a line break: a submit file cannot name it`);
  return text.replaceAll("$", "$(DOLLAR)");
}

/** A node a batch; a stage begins when all of the stage before are done. `stages`: numbers of batches of each, in order. */
export function dagText(
  { job, batches, tasks }: SubmitFile,
  submitFile: string,
  stages: readonly (readonly number[])[],
): string {
  const node = (batch: number): string => `${tasks[batches[batch][0]].stage}${batch}`;
  const lines: string[] = [];
  for (const batch of stages.flat()) {
    lines.push(
      `JOB ${node(batch)} ${submitFile}`,
      `VARS ${node(batch)} tasks="${batches[batch].join()}"`,
      `RETRY ${node(batch)} ${job.options.resources.retries} UNLESS-EXIT 2`,
    );
  }
  const filled = stages.filter((stage) => stage.length > 0);
  for (const [i, stage] of filled.slice(1).entries()) {
    lines.push(`PARENT ${filled[i].map(node).join(" ")} CHILD ${stage.map(node).join(" ")}`);
  }
  return [...valueLines(tasks, batches), ...lines, ""].join("\n");
}
