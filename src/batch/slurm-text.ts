/** Array jobs of Slurm. Pure texts. */
import { InputError } from "../core/index.js";
import { shellWord } from "./shell.js";
import { type SubmitFile } from "./condor-text.js";
import { valueLines } from "./texts.js";

/** Tasks of an array: Slurm's own default limit. */
export const LARGEST_ARRAY = 1000;

/** One element of the array a batch; it gets the numbers of its tasks and reads their values from tasks.jsonl. */
export function slurmText({ job, folder, exec, tasks, batches }: SubmitFile): string {
  const { name, options } = job;
  const { partition, account, qos, time, memory, cpus = 1, maxRunning, options: own } = options.resources;
  const log = (ending: string): string => `${folder}/logs/${name}`.replaceAll("%", "%%") + `_A%A_T%a.${ending}`;
  const option = (key: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`#SBATCH --${key}=${sbatchWord(value)}`];
  return [
    "#!/usr/bin/env bash",
    ...option("job-name", name),
    ...option("array", `0-${batches.length - 1}${maxRunning === undefined ? "" : `%${maxRunning}`}`),
    ...option("output", log("out")),
    ...option("error", log("err")),
    ...option("open-mode", "append"),
    ...option("cpus-per-task", String(cpus)),
    ...option("partition", partition),
    ...option("account", account),
    ...option("qos", qos),
    ...option("time", time),
    ...option("mem", memory),
    ...own.flatMap(([key, value]) => option(key, value)),
    ...valueLines(tasks, batches),
    "tasks=(",
    ...batches.map((batch) => batch.join()),
    ")",
    `exec ${shellWord(exec)} "\${tasks[$SLURM_ARRAY_TASK_ID]}"`,
    "",
  ].join("\n");
}

/** sbatch takes its lines apart at blanks, and knows both quotes and the backslash. */
function sbatchWord(text: string): string {
  if (/[\r\n]/.test(text))
    throw new InputError(`"${text.replaceAll(/[\r\n]/g, " ")}" has a line break: a batch script cannot name it`);
  return /^[\w@%+=:,./-]*$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}
