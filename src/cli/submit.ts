/** `submit`: jobs of a job file, each in a folder of its own. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { type Driven, ENGINES, type EngineName, isJob, type OpenJob, type Runtime, shellWord } from "../batch/index.js";
import { ConfigError, counted, type ExpectedError, InputError, noun } from "../core/index.js";
import { type Globals, report } from "./globals.js";
import { type Io, say, warn } from "./io.js";
import { collect, wholeNumber } from "./values.js";
import { createProgress, withProgress } from "./progress.js";
import { VERSION } from "./version.js";

export interface SubmitOptions extends Globals {
  engine?: EngineName;
  out?: string;
  set: string[];
  dryRun?: boolean;
  jobs?: number;
  takeOver?: boolean;
}

export const jobsOption = (io: Io): Option =>
  new Option("--jobs <n>", "local engine: batch jobs at the same time")
    .argParser(wholeNumber(1, 1024))
    .default(io.cores, "number of cores");

export const takeOverOption = (): Option =>
  new Option(
    "--take-over",
    "go on although a command on another host seems to drive the job: when it is gone for sure",
  );

/** The program that batch jobs run: this one. */
export function runtimeHere(bundle?: string): Runtime {
  const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  return { node: process.execPath, program, version: VERSION, ...(bundle === undefined ? {} : { bundle }) };
}

export function submitCommand(io: Io, whole: () => Promise<Command>): Command {
  const command = new Command("submit")
    .description("run the tasks of a job file: on this machine, with HTCondor or with Slurm")
    .argument("[arguments...]", "behind --: arguments of the task, over those of the job file")
    .addOption(
      new Option("--engine <name>", "what runs the tasks (default: `local`, `engine` of the job file)").choices(
        ENGINES,
      ),
    )
    .option("--out <job>", "the job's folder, in place of submit_dir; with several sections a folder for each in it")
    .addOption(
      new Option("--set <key=value>", "one key of `job:`, as in queue=long or photons.args_per_batch=5 (repeatable)")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--dry-run", "write nothing: print every file with its name, and what would be called")
    .addOption(jobsOption(io))
    .addOption(takeOverOption())
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits submit --config job.yaml --engine local --dry-run\n  bye-splits submit --config job.yaml --engine local --jobs 4\n  bye-splits submit --config job.yaml --engine htcondor --set queue=long\n  bye-splits submit --config job.yaml --engine slurm --set partition=short -- --radius 0.01 0.02 0.03\n  bye-splits jobs status JOB",
    )
    .action(async (words: string[], options: SubmitOptions) => {
      if (options.config === undefined) throw new ConfigError("submit needs --config: the job file, see docs/batch.md");
      const { readJobFile } = await import("./batch/job-file.js");
      const { jobOf, runsCommands } = await import("./batch/job-program.js");
      const { describeJob, previewJob, submitJob } = await import("../batch/index.js");
      const file = readJobFile(io, options.config, options.set, words);
      const program = file.sections.some(runsCommands) ? await whole() : command;
      const { engine, out } = options;
      const context = {
        io,
        file,
        program,
        ...(engine === undefined ? {} : { engine }),
        ...(out === undefined ? {} : { out }),
      };
      // All sections are checked before the first is begun.
      const jobs = file.sections.map((section) => {
        const input = jobOf(context, section);
        return describeJob(input, runtimeHere(bundleOf(section.keys.text("bundle"))));
      });
      const folders = jobs.map(({ job }) => job.folder);
      const twice = folders.find((folder, i) => folders.indexOf(folder) !== i);
      if (twice !== undefined)
        throw new ConfigError(
          `${options.config}: two sections have the submit_dir ${twice}: each job needs a folder of its own`,
        );
      for (const { job } of jobs) warnOfMissing(io, job);
      if (options.dryRun === true) {
        const previews = jobs.map(({ job, wanted }) => ({ folder: job.folder, ...previewJob(job, wanted) }));
        const lines = previews.flatMap(({ folder, files, commands }) => [
          ...files.flatMap(({ path, text }) => [`==> ${path} <==`, ...text.replace(/\n$/, "").split("\n"), ""]),
          ...(commands.length === 0
            ? [`nothing to do in ${folder}: no task is new`]
            : commands.map((line) => `would call: ${line}`)),
        ]);
        report(io, options, previews, lines);
        return;
      }
      const results: Driven[] = [];
      for (const { job, wanted } of jobs) {
        const isQuiet = options.quiet === true || job.info.engine !== "local";
        try {
          results.push(
            await withProgress(createProgress(io, job.info.name, "tasks", isQuiet), (onProgress) =>
              submitJob(job, wanted, { ...driveOptions(io, options), onProgress }),
            ),
          );
        } catch (error) {
          tellInterrupted(io, job.folder);
          throw error;
        }
      }
      await tellDriven(io, options, results);
    });
  return command;
}

/** Names of arguments of our commands that say what is read. */
const INPUT_NAMES = ["in", "input", "inputs"];

/** Inputs that are not there and no task makes: only a warning, for other machines may have them. */
export function warnOfMissing(io: Io, { info, tasks }: OpenJob): void {
  const made = new Set(tasks.map(({ output }) => output?.path));
  const read = tasks
    .filter(({ kind }) => kind === "command")
    .flatMap(({ arguments: all }) => all.flatMap(([name, words]) => (INPUT_NAMES.includes(name) ? words : [])));
  const missing = [...new Set(read)].filter((word) => {
    // URLs, lists of files, patterns.
    if (/^\w+:\/\/|^@|[*?[]/.test(word)) return false;
    const path = resolve(info.options.cwd, word);
    return !made.has(path) && !existsSync(path);
  });
  if (missing.length === 0) return;
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  const are = noun(missing.length, "is", "are");
  warn(
    io,
    `${info.name}: ${missing.slice(0, 3).join(", ")}${more} ${are} not there: tasks that read from there will fail`,
  );
}

/** A job that was stopped in the middle is not lost. */
export function tellInterrupted(io: Io, folder: string): void {
  if (io.interrupt.received() !== null && isJob(folder))
    say(io, `what is done stays: bye-splits jobs resume ${shellWord(folder)} goes on`);
}

/** InputError for a bundle that is not there. */
function bundleOf(bundle: string | undefined): string | undefined {
  if (bundle === undefined) return undefined;
  const path = resolve(bundle);
  if (existsSync(path)) return path;
  throw new InputError(`bundle: ${path} is not there: make it with bye-splits bundle --out ${bundle}`);
}

export function driveOptions(io: Io, { jobs, takeOver = false }: Pick<SubmitOptions, "jobs" | "takeOver">) {
  return {
    world: { env: io.env, signal: io.interrupt.signal(), onNotice: (line: string) => warn(io, line) },
    jobs: jobs ?? io.cores,
    cores: io.cores,
    takeOver,
    onNotice: (line: string) => warn(io, line),
  };
}

/** What was launched; of local jobs how they ended. */
export async function tellDriven(io: Io, globals: Globals, results: readonly Driven[]): Promise<void> {
  const { statusEnd, statusText } = await import("./batch/status-text.js");
  const { jobStatus } = await import("../batch/index.js");
  const lines: string[] = [];
  let end: ExpectedError | undefined;
  const all: object[] = [];
  for (const driven of results) {
    const { folder, engine, tasks, launched, batches, ids, done, failed, busy, blocked } = driven;
    const left = [
      ...(done > 0 ? [`${done} ${noun(done, "is", "are")} done`] : []),
      ...(busy > 0 ? [`${busy} ${noun(busy, "is", "are")} under way`] : []),
      ...(failed.length > 0
        ? [`${failed.length} failed for good (bye-splits jobs resume --failed ${shellWord(folder)} does them again)`]
        : []),
      ...(blocked.length > 0 ? [`${blocked.length} ${noun(blocked.length, "needs", "need")} tasks that failed`] : []),
    ];
    const number = ids.length === 0 ? "" : ` as ${ids.map((id) => id.split("@")[0]).join(", ")}`;
    lines.push(
      `${folder}: ${launched.length} of ${counted(tasks, "task")} ${engine === "local" ? "run" : "submitted"} in ${counted(batches, "batch job")} (${engine}${number})${left.length === 0 ? "" : `; ${left.join(", ")}`}`,
    );
    if (engine === "local") {
      const status = await jobStatus(folder, driveOptions(io, {}));
      lines.push(...statusText(status));
      end ??= statusEnd(status);
      all.push({ ...driven, status });
    } else {
      lines.push(`bye-splits jobs status ${shellWord(folder)}   shows how it goes`);
      all.push(driven);
    }
  }
  report(io, globals, all.length === 1 ? all[0] : all, lines);
  if (end !== undefined) {
    say(io, `bye-splits: ${end.message}`);
    const { EndWith } = await import("./end.js");
    throw new EndWith(end.code === "TRANSIENT" ? 75 : 2);
  }
}
