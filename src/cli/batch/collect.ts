/** `jobs collect`: outputs are compared with their markers, then merged by what made them. */
import { join, resolve } from "node:path";
import { contentFault, lockJob, openJob, readMarker, readStates, shellWord, type Task } from "../../batch/index.js";
import { concurrently, counted, InputError, noun } from "../../core/index.js";
import { type Io, warn } from "../io.js";
import { VERSION } from "../version.js";

export interface CollectOptions {
  readonly out?: string;
  readonly allowPartial?: boolean;
  readonly takeOver?: boolean;
  readonly force?: boolean;
}

export interface Collected {
  readonly result: object;
  readonly lines: readonly string[];
}

/** Outputs that are opened at the same time. */
const FILES_TOGETHER = 8;

/** Tasks that are named in an error. */
const TOLD = 5;

export async function collectJob(io: Io, folder: string, options: CollectOptions): Promise<Collected> {
  // No lock where there is no job.
  openJob(folder);
  const unlock = lockJob(folder, { takeOver: options.takeOver ?? false, onNotice: (line) => warn(io, line) });
  try {
    return await collect(io, folder, options);
  } finally {
    unlock();
  }
}

async function collect(io: Io, folder: string, options: CollectOptions): Promise<Collected> {
  const job = openJob(folder);
  const states = readStates(job);
  const isStudy = job.info.stages.some(
    ({ program }) => program.kind === "command" && program.words[0] === "study" && program.words[2] === "run",
  );
  const good: Task[] = [];
  const all = states.filter(({ task }) => !(isStudy && task.stage === "combine"));
  const bad: string[] = [];
  // Combining is what happens here.
  for (const { task, state, marker, fault } of all) {
    const content = state === "done" && marker !== undefined ? contentFault(marker) : undefined;
    if (state === "done" && content === undefined) good.push(task);
    else if (state === "failed")
      bad.push(`task ${task.index} failed with ${marker?.exit}: ${marker?.log?.split("\n").at(-1) ?? ""}`);
    else bad.push(`task ${task.index} is not done${(content ?? fault) === undefined ? "" : `: ${content ?? fault}`}`);
  }
  if (bad.length > 0) {
    const told = `${bad.slice(0, TOLD).join("; ")}${bad.length > TOLD ? `; and ${bad.length - TOLD} more` : ""}`;
    if (options.allowPartial !== true) {
      throw new InputError(
        `${bad.length} of ${counted(all.length, "task")} ${noun(bad.length, "is", "are")} missing (${told}): bye-splits jobs resume ${shellWord(folder)}, or collect with --allow-partial`,
      );
    }
    warn(io, `${bad.length} of ${counted(all.length, "task")} ${noun(bad.length, "is", "are")} missing: ${told}`);
  }
  const made = await merge(
    io,
    folder,
    job.info.stages.map(({ name, program }) => ({ name, words: program.kind === "command" ? program.words : [] })),
    good,
    {
      ...options,
      out: resolve(options.out ?? join(folder, "collected")),
      isPartial: bad.length > 0,
    },
  );
  const result = { folder, tasks: all.length, collected: good.length, missing: bad, ...made.result };
  return { result, lines: [...made.lines, `${good.length} of ${counted(all.length, "task")} collected`] };
}

interface MergeOptions extends CollectOptions {
  readonly out: string;
  readonly isPartial: boolean;
}

async function merge(
  io: Io,
  folder: string,
  stages: readonly { name: string; words: readonly string[] }[],
  tasks: readonly Task[],
  options: MergeOptions,
): Promise<Collected> {
  const last = stages.findLast(({ name }) => name === "run");
  const own = tasks.filter(({ stage }) => stage === "run");
  const [first, second, third] = last?.words ?? [];
  const outputs = own.flatMap(({ output }) => output?.path ?? []);
  if (own.length === 0) return { result: { outputs }, lines: ["nothing is done yet"] };
  if (first === "study" && third === "run") return combine(io, folder, own, second ?? "", options);
  if (first === "run" && own.every(({ arguments: args }) => args.some(([name]) => name === "entries"))) {
    const { mergeRuns } = await import("../../pipeline/merge-runs.js");
    const { out, force = false } = options;
    await checkOneSample(folder, own);
    const { range } = await mergeRuns({ runs: outputs, out, force, signal: io.interrupt.signal() });
    return { result: { out, range }, lines: [`the runs of entries ${range.from}:${range.to} merged to ${out}`] };
  }
  if (["skim", "simulate", "import"].includes(first ?? "")) return samples(io, outputs, options);
  return {
    result: { outputs },
    lines: outputs.length === 0 ? [] : [`nothing to merge; ${outputs.length} outputs, the first is ${outputs[0]}`],
  };
}

/** InputError for runs of a sample that was replaced between two of them. */
async function checkOneSample(folder: string, tasks: readonly Task[]): Promise<void> {
  const [{ openRunFolder }, { readTask }] = await Promise.all([
    import("../../io/node/index.js"),
    import("../../pipeline/run-task.js"),
  ]);
  const hashes = await concurrently(
    tasks,
    FILES_TOGETHER,
    async ({ output }) => readTask(await openRunFolder(output?.path ?? "", "run")).sample.hash,
  );
  const byHash = new Map<string, Task[]>();
  for (const [i, task] of tasks.entries()) {
    const hash = hashes[i];
    byHash.set(hash, [...(byHash.get(hash) ?? []), task]);
  }
  const inputs = new Set(tasks.map(({ arguments: all }) => all.find(([name]) => name === "in")?.[1].join(" ")));
  if (byHash.size < 2 || inputs.size > 1) return;
  const told = [...byHash.values()].map((each) => namesOf(each.map(({ index }) => index)));
  throw new InputError(
    `the sample ${[...inputs][0] ?? ""} was replaced between tasks: ${told.join(" and ")} have read different ones; remove the outputs of the old one, such as ${tasks[0].output?.path}, and bye-splits jobs resume ${shellWord(folder)} does them again`,
  );
}

function namesOf(numbers: readonly number[]): string {
  const more = numbers.length > TOLD ? ` and ${numbers.length - TOLD} more` : "";
  return `${noun(numbers.length, "task")} ${numbers.slice(0, TOLD).join(", ")}${more}`;
}

/** A sample of each kind of particles, never of several. */
async function samples(io: Io, outputs: readonly string[], { out, force = false }: MergeOptions): Promise<Collected> {
  const { mergeSamples, particlesOf } = await import("../../pipeline/merge-samples.js");
  const byParticles = new Map<string, string[]>();
  for (const path of outputs) {
    const particles = await particlesOf(path);
    byParticles.set(particles, [...(byParticles.get(particles) ?? []), path]);
  }
  const merged: object[] = [];
  const lines: string[] = [];
  for (const [particles, paths] of byParticles) {
    const place = byParticles.size === 1 ? out : join(out, particles);
    const { entries } = await mergeSamples({ samples: paths, out: place, force, signal: io.interrupt.signal() });
    merged.push({ particles, samples: paths.length, entries, out: place });
    lines.push(
      `${particles}: ${counted(entries, "entry", "entries")} of ${counted(paths.length, "sample")} merged to ${place}`,
    );
  }
  return { result: { merged }, lines };
}

/** Of the study of the last task: an earlier one may have been begun with other arguments. Its parts are those that markers vouch for. */
async function combine(
  io: Io,
  folder: string,
  tasks: readonly Task[],
  name: string,
  { isPartial }: MergeOptions,
): Promise<Collected> {
  const { combineStudy, partsAt } = await import("../../pipeline/studies/verbs.js");
  const study = tasks[tasks.length - 1].output?.path ?? "";
  const folders = tasks
    .filter(({ output }) => output?.path === study)
    .flatMap((task) => readMarker(folder, task)?.outputs ?? [])
    .map(({ path }) => path);
  const result = await combineStudy({
    signal: io.interrupt.signal(),
    version: VERSION,
    study,
    workers: { atMost: io.cores },
    ...(isPartial ? { parts: await partsAt(study, folders) } : {}),
  });
  return {
    result: { study, rows: result.rows, parts: result.parts },
    lines: [...result.lines, `study ${name}: ${counted(result.parts, "part")} combined in ${study}`],
  };
}
