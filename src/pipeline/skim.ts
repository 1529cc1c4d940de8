/** Skims CMSSW ntuples: ROOT files in, SAMPLE folder out, some events at a time. */
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { InputError } from "../core/index.js";
import { createSkim, type CutFlow, type SkimOptions } from "../events/index.js";
import { findNtuple, ntupleSteps, openRootFile } from "../io/index.js";
import { type Effects, openFile, rootCodecs, writeSampleInParts } from "../io/node/index.js";
import { expandInputs } from "./inputs.js";
import { createSkimProcessor, type SkimmedStep, type SkimStep } from "./skim-process.js";
import { createWorkerPool, inOrder } from "./worker-pool.js";

export interface SkimJob extends SkimOptions {
  /** Paths, globs and lists `@files.txt` of ROOT files. */
  readonly inputs: readonly string[];
  /** Path of the tree; needed when several trees of a file have the branches. */
  readonly tree?: string;
  /** Events read in all, -1 for all of them. */
  readonly events: number;
  /** Accept two events of the same run, lumi and number. */
  readonly allowDuplicates: boolean;
  /** Compare positions with the geometry and stop when they differ. */
  readonly checkGeometry: boolean;
  /** File of `geometry import` to compare with instead of V11. */
  readonly geometry?: string;
  /** Threads that decode and cut [cores]; with 1 this one does it all. The sample does not depend on it. */
  readonly workers?: number;
  /** Folder of the sample. */
  readonly out: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  readonly onProgress?: (progress: SkimProgress) => void;
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
  /** Files that a killed skim had finished. */
  readonly resumed: number;
  readonly cutFlow: CutFlow;
  /** [s] */
  readonly seconds: number;
}

/** Uncompressed bytes of a step: baskets at its ends are unpacked twice; memory holds a few steps a worker. */
const STEP_BYTES = 8e6;

/** What sample.json tells of an input file. */
interface InputRecord {
  readonly path: string;
  readonly tree: string;
  readonly size: number;
  readonly mtime: string;
  readonly uuid: string;
  readonly treeRecord: string;
}

/** What is known when some of the files are done. */
interface Progress {
  readonly inputs: readonly InputRecord[];
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
  const files = await expandInputs(job.inputs);
  const infos = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  const totalBytes = infos.reduce((sum, info) => sum + (info?.size ?? 0), 0);
  const { particles, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, skipBadEvents } = job;
  const cuts = { particles, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, skipBadEvents };
  const { events, allowDuplicates, checkGeometry, geometry, version } = job;
  const key = JSON.stringify({
    ...{ ...cuts, tree: job.tree, events, allowDuplicates, checkGeometry, geometry, version },
    inputs: infos.map((info, i) => [files[i], info?.size, info?.mtimeMs]),
  });
  const workers = job.workers ?? availableParallelism();
  const task = { ...cuts, checkGeometry, ...(geometry === undefined ? {} : { geometry }) };
  const output = { force: job.force, inputs: files, ...(job.effects === undefined ? {} : { effects: job.effects }) };
  const { cutFlow } = createSkim(cuts);
  let resumed = 0;

  await writeSampleInParts<Progress>(job.out, output, key, async (writer, checkpoint) => {
    const { saved } = checkpoint;
    const inputs: InputRecord[] = [...(saved?.inputs ?? [])];
    resumed = inputs.length;
    const seen = new DuplicateCheck(allowDuplicates, files, saved?.seen);
    Object.assign(cutFlow, saved?.cutFlow);
    let bytes = inputs.reduce((sum, { size }) => sum + size, 0);

    async function* steps(): AsyncGenerator<Step> {
      let left = (events < 0 ? Infinity : events) - cutFlow.events;
      for (const path of files.slice(resumed)) {
        if (left <= 0) return;
        const { record, entries, ranges } = await openInput(path, job.tree, left);
        left -= ranges.at(-1)?.end ?? 0;
        const file = inputs.push(record) - 1;
        for (const [i, { start: first, end }] of ranges.entries()) {
          job.signal.throwIfAborted();
          const size = (record.size * (end - first)) / entries;
          yield { path, tree: record.tree, start: first, end, file, bytes: size, last: i === ranges.length - 1 };
        }
      }
    }

    const processor = workers > 1 ? undefined : createSkimProcessor(task);
    const pool =
      processor ?? createWorkerPool<SkimStep, SkimmedStep>(new URL("./skim-worker.js", import.meta.url), workers, task);
    const ask = (step: Step): Promise<SkimmedStep> => ("ask" in pool ? pool.ask(step) : pool.process(step));
    try {
      for await (const [step, { batch, cutFlow: cut, ids }] of inOrder(steps(), ask, processor ? 1 : workers + 2)) {
        job.signal.throwIfAborted();
        seen.add(ids, step.file);
        await writer.append(batch);
        for (const name of Object.keys(cut) as (keyof CutFlow)[]) cutFlow[name] += cut[name];
        bytes += step.bytes;
        job.onProgress?.({ events: cutFlow.events, bytes: Math.round(bytes), totalBytes });
        if (step.last && step.file < files.length - 1) {
          await checkpoint.save({ inputs: inputs.slice(0, step.file + 1), cutFlow, seen: seen.files });
        }
      }
    } finally {
      await pool.close();
    }
    job.signal.throwIfAborted();
    return {
      program: `bye-splits ${version}`,
      command: "skim",
      options: { particles, events, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap },
      inputs,
      cutFlow,
    };
  });
  return { out: job.out, inputs: files, resumed, cutFlow, seconds: (performance.now() - start) / 1000 };
}

/** Looks at a file: which tree, and its events, at most `most`, in steps. */
async function openInput(
  path: string,
  treePath: string | undefined,
  most: number,
): Promise<{ record: InputRecord; entries: number; ranges: { start: number; end: number }[] }> {
  const source = await openFile(path);
  try {
    const file = await openRootFile(source, await rootCodecs());
    const tree = await findNtuple(file, treePath);
    const { start, end } = file.treeRange(tree.path);
    const record = {
      path,
      tree: tree.path,
      size: source.size,
      mtime: (await stat(path)).mtime.toISOString(),
      uuid: file.uuid,
      treeRecord: await sha256(await source.read(start, end)),
    };
    const { entries } = tree;
    return { record, entries, ranges: ntupleSteps(tree, Math.min(entries, most), STEP_BYTES) };
  } finally {
    await source.close?.();
  }
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Buffer.from(digest).toString("hex");
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
      const number = plain(event[i]);
      const other = block.get(number);
      if (other !== undefined) {
        throw new InputError(
          `run ${run[i]}, lumi ${lumi[i]}, event ${event[i]} occurs twice, in ${this.#names[other]} and in ${this.#names[file]}; use --allow-duplicates to keep both`,
        );
      }
      block.set(number, file);
    }
  }
}

/** The same number from branches of 32 and of 64 bits is one key. */
function plain(number: number | bigint): number | bigint {
  return typeof number === "bigint" && BigInt.asIntN(53, number) === number ? Number(number) : number;
}
