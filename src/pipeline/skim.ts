/** Skims CMSSW ntuples: ROOT files in, SAMPLE folder out, some events at a time. */
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { ExpectedError, InputError } from "../core/index.js";
import { addCuts, createSkim, type CutFlow, type SkimOptions } from "../events/index.js";
import { type SampleWriter } from "../io/index.js";
import { type Checkpoint, type Effects, writeSampleInParts } from "../io/node/index.js";
import { checkSameFile, expandInputs } from "./inputs.js";
import { aheadOf, busyClock, createPool, inOrder, threadsFor, type Workers } from "./pool.js";
import { type BadFile, openInputs, type SkimInput } from "./skim-inputs.js";
import { createSkimProcessor, type SkimmedStep, type SkimStep } from "./skim-process.js";

export interface SkimJob extends SkimOptions {
  /** Paths, folders, globs and lists `@files.txt` of ROOT files. */
  readonly inputs: readonly string[];
  /** Path of the tree; needed when several trees of a file have the branches. */
  readonly tree?: string;
  /** Events read in all, -1 for all of them. */
  readonly events: number;
  /** Accept two events of the same run, lumi and number. */
  readonly allowDuplicates: boolean;
  /** Leave out and list files that cannot be read, from their beginning or from some event on [false]. */
  readonly skipBadFiles?: boolean;
  /** Compare positions with the geometry and stop when they differ. */
  readonly checkGeometry: boolean;
  /** File of `geometry import` to compare with instead of V11. */
  readonly geometry?: string;
  /** Threads that decode, cut and encode [at most the cores]; with 1 this one does it all. The sample does not depend on it. */
  readonly workers?: Workers;
  /** Folder of the sample. */
  readonly out: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  readonly onProgress?: (progress: SkimProgress) => void;
  /** One line that a user should see. */
  readonly onNotice?: (message: string) => void;
}

export interface SkimProgress {
  /** Events read. */
  readonly events: number;
  /** Compressed bytes of the files done, and of all of them. */
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface SkimReport {
  readonly out: string;
  readonly inputs: readonly string[];
  /** Those that were left out. */
  readonly badFiles: readonly BadFile[];
  /** Files that a killed skim had finished. */
  readonly resumed: number;
  readonly cutFlow: CutFlow;
  /** [s] */
  readonly seconds: number;
  /** [s] of these, how long this thread was busy. */
  readonly mainSeconds: number;
}

/** What is known when some of the files are done. */
interface Progress {
  /** Number of the first file that is not. */
  readonly next: number;
  /** Of those before it that were found damaged on the way. */
  readonly damaged: ReadonlyMap<number, string>;
  readonly cutFlow: CutFlow;
  readonly seen: Seen;
}

type Step = SkimStep & { readonly file: number; readonly bytes: number; readonly last: boolean };

/**
 * Reads the files one after the other. A skim that was killed goes on behind the last file that it had finished when the
 * same job is started again. Stopped by a signal or an error it leaves nothing.
 */
export async function skimFiles(job: SkimJob): Promise<SkimReport> {
  const start = performance.now();
  const busy = busyClock();
  const files = await expandInputs(job.inputs);
  const infos = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  checkSameFile(files, infos);
  const totalBytes = infos.reduce((sum, info) => sum + (info?.size ?? 0), 0);
  const { particles, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, requireCl3d, skipBadEvents } = job;
  const cuts = { particles, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, requireCl3d, skipBadEvents };
  const { events, allowDuplicates, checkGeometry, geometry, version, skipBadFiles = false, signal } = job;
  const { inputs, bad } = await openInputs(files, { tree: job.tree, events, skipBadFiles, signal });
  const key = JSON.stringify({
    ...{ ...cuts, tree: job.tree, events, allowDuplicates, checkGeometry, geometry, version, skipBadFiles },
    inputs: infos.map((info, i) => [files[i], info?.size, info?.mtimeMs]),
    bad: bad.map(({ path }) => path),
  });
  const workers = job.workers ?? { atMost: availableParallelism() };
  const task = { ...cuts, checkGeometry, ...(geometry === undefined ? {} : { geometry }) };
  const stepCount = inputs.reduce((sum, { ranges }) => sum + ranges.length, 0);
  const pool = createPool("skim", task, threadsFor(workers, secondsOf(inputs, events), stepCount), signal);
  const processor = createSkimProcessor(task);
  pool?.join(processor);
  const process = pool?.ask ?? processor.process;
  const { onNotice } = job;
  const output = {
    force: job.force,
    inputs: files,
    encoder: pool,
    ...(job.effects === undefined ? {} : { effects: job.effects }),
    ...(onNotice === undefined ? {} : { onDamaged: onNotice }),
  };
  const { cutFlow } = createSkim(cuts);
  const atFirst = { ...cutFlow };
  let resumed = 0;
  let damaged = new Map<number, string>();
  const names = inputs.map(({ record }) => record.path);

  const write = async (sample: SampleWriter, checkpoint: Checkpoint<Progress>): Promise<Record<string, unknown>> => {
    const begin = (saved: Progress | undefined): Progress => ({
      ...(saved ?? { next: 0, damaged: new Map(), cutFlow: atFirst, seen: new Map() }),
    });
    let done = begin(checkpoint.saved);
    resumed = done.next - done.damaged.size;
    for (let writer = sample; ;) {
      damaged = new Map(done.damaged);
      Object.assign(cutFlow, done.cutFlow);
      const failure = await skimFrom(writer, done, checkpoint).catch(asDamage);
      if (failure === undefined) break;
      // What was read of the file before it broke off goes, and the skim goes on with the next one.
      const back = await checkpoint.back();
      writer = back.sample;
      const before = begin(back.saved);
      done = {
        ...before,
        next: failure.file + 1,
        damaged: new Map([...before.damaged, [failure.file, failure.reason]]),
      };
      if (done.damaged.size === inputs.length) throw failure.cause;
    }
    signal.throwIfAborted();
    return {
      program: `bye-splits ${version}`,
      command: "skim",
      options: { particles, events, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, requireCl3d },
      inputs: usedInputs(inputs, damaged, events).map(({ record }) => record),
      ...(skipBadFiles ? { badFiles: badFiles() } : {}),
      cutFlow,
    };
  };
  try {
    await writeSampleInParts<Progress>(job.out, output, key, write);
  } finally {
    await pool?.close();
    await processor.close();
  }
  return {
    out: job.out,
    inputs: files,
    badFiles: badFiles(),
    resumed,
    cutFlow,
    seconds: (performance.now() - start) / 1000,
    mainSeconds: busy(pool),
  };

  function badFiles(): BadFile[] {
    return [...bad, ...Array.from(damaged, ([file, reason]) => ({ path: names[file], reason }))];
  }

  /** Reads the files from `done.next` on. A file that is damaged, when such are left out, throws a DamagedFile. */
  async function skimFrom(writer: SampleWriter, done: Progress, checkpoint: Checkpoint<Progress>): Promise<undefined> {
    const seen = new DuplicateCheck(allowDuplicates, names, new Map(done.seen));
    let bytes = inputs.slice(0, done.next).reduce((sum, { record }) => sum + record.size, 0);
    const ask = async (step: Step): Promise<SkimmedStep> => {
      try {
        return await process(step);
      } catch (error) {
        const isDamage = skipBadFiles && error instanceof ExpectedError && error.code === "FORMAT";
        throw isDamage ? new DamagedFile(step.file, error) : error;
      }
    };
    const steps = stepsOf(inputs, done.next, damaged, (events < 0 ? Infinity : events) - cutFlow.events, signal);
    for await (const [step, { batch, cutFlow: cut, ids }] of inOrder(steps, ask, pool ? aheadOf(pool) : 1)) {
      signal.throwIfAborted();
      seen.add(ids, step.file);
      await writer.append(batch);
      addCuts(cutFlow, cut);
      bytes += step.bytes;
      job.onProgress?.({ events: cutFlow.events, bytes: Math.round(bytes), totalBytes });
      if (step.last && step.file < inputs.length - 1) {
        await checkpoint.save({ next: step.file + 1, damaged, cutFlow, seen: seen.files });
      }
    }
  }
}

/** Compressed bytes of an ntuple that one thread gets through in a second, about: to tell how many threads are worth their start. */
const BYTES_PER_SECOND = 5e7;

function secondsOf(inputs: readonly SkimInput[], events: number): number {
  let left = events < 0 ? Infinity : events;
  let bytes = 0;
  for (const { record, entries } of inputs) {
    const read = Math.min(entries, left);
    left -= read;
    if (entries > 0) bytes += (record.size * read) / entries;
  }
  return bytes / BYTES_PER_SECOND;
}

/** A file whose damage shows while it is read. */
class DamagedFile extends Error {
  readonly file: number;
  readonly reason: string;

  constructor(file: number, cause: ExpectedError) {
    super(cause.message, { cause });
    this.file = file;
    this.reason = cause.message;
  }
}

function asDamage(error: unknown): DamagedFile {
  if (error instanceof DamagedFile) return error;
  throw error;
}

/** The steps of the files from `next` on, without the damaged ones, for the first `left` events of them. */
async function* stepsOf(
  inputs: readonly SkimInput[],
  next: number,
  damaged: ReadonlyMap<number, string>,
  left: number,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  for (let file = next; file < inputs.length && left > 0; file++) {
    if (damaged.has(file)) continue;
    const { record, identity, entries, ranges } = inputs[file];
    const most = Math.min(entries, left);
    left -= most;
    for (const { start, end: whole } of ranges.filter((range) => range.start < most)) {
      signal.throwIfAborted();
      const end = Math.min(whole, most);
      const size = (record.size * (end - start)) / entries;
      yield {
        path: record.path,
        tree: record.tree,
        identity,
        start,
        end,
        file,
        bytes: size,
        last: end === most,
      };
    }
  }
}

/** The files that the first `events` events came from. */
function usedInputs(inputs: readonly SkimInput[], damaged: ReadonlyMap<number, string>, events: number): SkimInput[] {
  let left = events < 0 ? Infinity : events;
  return inputs.filter(({ entries }, file) => {
    if (damaged.has(file) || left <= 0) return false;
    left -= entries;
    return true;
  });
}

/** Number of the file of each event number, by run and lumi. */
type Seen = Map<string, Map<number | bigint, number>>;

/** Finds events that occur twice, within and across files. */
class DuplicateCheck {
  readonly #allow: boolean;
  readonly #names: readonly string[];
  readonly files: Seen;

  constructor(allow: boolean, names: readonly string[], files: Seen = new Map()) {
    this.#allow = allow;
    this.#names = names;
    this.files = files;
  }

  add({ run, lumi, event }: SkimmedStep["ids"], file: number): void {
    if (this.#allow) return;
    for (let i = 0; i < event.length; i++) {
      const key = `${run[i]} ${lumi[i]}`;
      let block = this.files.get(key);
      if (block === undefined) this.files.set(key, (block = new Map()));
      const other = block.get(event[i]);
      if (other !== undefined) {
        throw new InputError(
          `run ${run[i]}, lumi ${lumi[i]}, event ${event[i]} occurs twice, in ${this.#names[other]} and in ${this.#names[file]}; use --allow-duplicates to keep both`,
        );
      }
      block.set(event[i], file);
    }
  }
}
