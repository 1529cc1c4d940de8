/** `jobs`: how a job stands, going on with it, collecting, cancelling. */
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { type JobStatus } from "../batch/index.js";
import { ConfigError, FormatError, noun } from "../core/index.js";
import { EndWith } from "./end.js";
import { formatTable, type Globals, report } from "./globals.js";
import { type Io, say, warn, writeLines } from "./io.js";
import { wholeNumber } from "./values.js";
import { createProgress, withProgress } from "./progress.js";
import { driveOptions, jobsOption, runtimeHere, takeOverOption, tellDriven, tellInterrupted } from "./submit.js";
import { VERSION } from "./version.js";

const EXAMPLES = `
Examples:
  bye-splits jobs status JOB
  bye-splits jobs status JOB --watch
  bye-splits jobs resume JOB
  bye-splits jobs collect JOB --out result
  bye-splits jobs cancel JOB
  bye-splits jobs list FOLDER`;

export function jobsCommand(io: Io): Command {
  return new Command("jobs")
    .description("jobs of `submit`: status, resume, collect, cancel, list")
    .addHelpText("after", EXAMPLES)
    .addCommand(statusCommand(io))
    .addCommand(resumeCommand(io))
    .addCommand(collectCommand(io))
    .addCommand(cancelCommand(io))
    .addCommand(listCommand(io))
    .addCommand(taskCommand(io), { hidden: true });
}

/** 0: all done, 2: some failed for good, 3: some are not done. */
function exitOf({ tasks, done, failed }: JobStatus): number {
  return failed > 0 ? 2 : done === tasks ? 0 : 3;
}

function statusCommand(io: Io): Command {
  return new Command("status")
    .description("tasks by state; exit code 0 when all are done, 3 while some are not, 2 when some failed for good")
    .argument("<job>", "folder of the job")
    .option("--watch", "again and again, until no task is left that runs or waits")
    .addOption(new Option("--every <seconds>", "with --watch: how often").argParser(wholeNumber(1, 3600)).default(10))
    .addHelpText("after", "\nExamples:\n  bye-splits jobs status JOB\n  bye-splits jobs status JOB --watch --every 30")
    .action(async (folder: string, options: Globals & { watch?: boolean; every: number }) => {
      const { jobStatus } = await import("../batch/index.js");
      const { statusText } = await import("./batch/status-text.js");
      const { world } = driveOptions(io, {});
      for (;;) {
        const status = await jobStatus(resolve(folder), { world });
        report(io, options, status, statusText(status));
        if (options.watch !== true || status.running + status.waiting + status.held === 0) {
          const exit = exitOf(status);
          if (exit !== 0) throw new EndWith(exit);
          return;
        }
        await new Promise<void>((done, stop) => {
          const timer = setTimeout(done, options.every * 1000);
          world.signal.addEventListener("abort", () => {
            clearTimeout(timer);
            stop(world.signal.reason as Error);
          });
        });
      }
    });
}

function resumeCommand(io: Io): Command {
  return new Command("resume")
    .description("do what is missing: tasks that are neither done nor with the scheduler")
    .argument("<job>", "folder of the job")
    .option("--failed", "also tasks that failed for good")
    .addOption(jobsOption(io))
    .addOption(takeOverOption())
    .addHelpText("after", "\nExamples:\n  bye-splits jobs resume JOB\n  bye-splits jobs resume JOB --failed")
    .action(async (folder: string, options: Globals & { failed?: boolean; jobs: number; takeOver?: boolean }) => {
      const { resumeJob } = await import("../batch/index.js");
      try {
        const driven = await withProgress(createProgress(io, "resume", "tasks", options.quiet), (onProgress) =>
          resumeJob(resolve(folder), { ...driveOptions(io, options), failed: options.failed ?? false, onProgress }),
        );
        await tellDriven(io, options, [driven]);
      } catch (error) {
        tellInterrupted(io, resolve(folder));
        throw error;
      }
    });
}

function collectCommand(io: Io): Command {
  return new Command("collect")
    .description("check all outputs and merge them: samples per particle, runs of ranges, parts of a study")
    .argument("<job>", "folder of the job")
    .option("--out <folder>", "where merged samples and runs go (default: `collected` in the job's folder)")
    .option("--allow-partial", "go on without tasks that are not done")
    .addOption(takeOverOption())
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits jobs collect JOB\n  bye-splits jobs collect JOB --out result --allow-partial",
    )
    .action(async (folder: string, options: Globals & { out?: string; allowPartial?: boolean; takeOver?: boolean }) => {
      const { collectJob } = await import("./batch/collect.js");
      const { result, lines } = await collectJob(io, resolve(folder), options);
      report(io, options, result, lines);
    });
}

function cancelCommand(io: Io): Command {
  return new Command("cancel")
    .description("stop what is under way; what is done stays, and resume goes on from there")
    .argument("<job>", "folder of the job")
    .addHelpText("after", "\nExample:\n  bye-splits jobs cancel JOB")
    .action(async (folder: string, options: Globals) => {
      const { cancelJob } = await import("../batch/index.js");
      const told = await cancelJob(resolve(folder), driveOptions(io, {}).world);
      report(io, options, { folder, told }, told.length === 0 ? ["nothing is under way"] : told);
    });
}

function listCommand(io: Io): Command {
  return new Command("list")
    .description("the jobs in a folder, at any depth")
    .argument("[folder]", "where to look", ".")
    .addHelpText("after", "\nExample:\n  bye-splits jobs list /data/me/L1HGCAL")
    .action(async (folder: string, options: Globals) => {
      const { findJobs } = await import("./batch/list.js");
      const { jobStatus, STATES } = await import("../batch/index.js");
      const { world } = driveOptions(io, {});
      const all: JobStatus[] = [];
      let isOneBroken = false;
      for (const each of findJobs(resolve(folder))) {
        try {
          all.push(await jobStatus(each, { world }));
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          warn(io, error.message);
          isOneBroken = true;
        }
      }
      const rows = all.map((status) => [
        status.folder,
        status.name,
        status.engine,
        String(status.tasks),
        ...STATES.map((state) => String(status[state])),
      ]);
      report(
        io,
        options,
        all,
        all.length === 0 ? [`no jobs in ${folder}`] : formatTable(["job", "name", "engine", "tasks", ...STATES], rows),
      );
      if (isOneBroken) throw new EndWith(2);
    });
}

/** What the generated scripts call. */
function taskCommand(io: Io): Command {
  return new Command("task")
    .description("on a worker: run tasks of a job")
    .argument("<job>", "folder of the job")
    .argument("<tasks>", "their numbers, as in 0,1")
    .action(async (folder: string, list: string) => {
      const { openJob, parseNumbers, RETRY, runTasks } = await import("../batch/index.js");
      const path = resolve(folder);
      if (!/^[\d,]+$/.test(list)) throw new ConfigError(`jobs task: "${list}": expected numbers of tasks, as in 0,1`);
      const result = await runTasks({
        job: openJob(path),
        numbers: parseNumbers(list),
        runtime: runtimeHere(),
        versions: { "bye-splits": VERSION, node: process.version },
        env: io.env,
        signal: io.interrupt.signal(),
        // What tasks say goes on as it is.
        write: (text, to) => void io[to].write(text as string),
      });
      const { failed, retry } = result;
      if (failed.length > 0) say(io, `bye-splits: ${tasksOf(failed)} failed for good`);
      if (retry.length > 0) say(io, `bye-splits: ${tasksOf(retry)} to be done again`);
      if (failed.length > 0) throw new EndWith(2);
      if (retry.length > 0) throw new EndWith(RETRY);
      writeLines(io.stdout, []);
    });
}

function tasksOf(numbers: readonly number[]): string {
  return `${noun(numbers.length, "task")} ${numbers.join(", ")}`;
}
