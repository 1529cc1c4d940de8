/** Skims CMSSW ntuples: ROOT files in, SAMPLE folder out, a chunk of events at a time. */
import { stat } from "node:fs/promises";
import { InputError } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { createSkim, GeometryCheck, type CutFlow, type NtupleChunk, type SkimOptions } from "../events/index.js";
import { findNtuple, iterateNtuple, openRootFile } from "../io/index.js";
import { type Effects, openFile, rootCodecs, writeSample } from "../io/node/index.js";
import { expandInputs } from "./inputs.js";

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
  /** Folder of the sample. */
  readonly out: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  /** Compressed bytes of the trees done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SkimReport {
  readonly out: string;
  readonly inputs: readonly string[];
  readonly cutFlow: CutFlow;
  /** [s] */
  readonly seconds: number;
}

export async function skimFiles(job: SkimJob): Promise<SkimReport> {
  const start = performance.now();
  const files = await expandInputs(job.inputs);
  const { skim, cutFlow } = createSkim(job);
  const seen = new DuplicateCheck(job.allowDuplicates);
  const total = (
    await Promise.all(files.map(async (file) => (await stat(file).catch(() => ({ size: 0 }))).size))
  ).reduce((sum, size) => sum + size, 0);
  const options = { force: job.force, ...(job.effects === undefined ? {} : { effects: job.effects }) };
  let bytesBefore = 0;
  let left = job.events < 0 ? Infinity : job.events;
  await writeSample(job.out, options, async (writer) => {
    const inputs: object[] = [];
    for (const path of files) {
      const source = await openFile(path);
      try {
        const file = await openRootFile(source, await rootCodecs());
        const tree = await findNtuple(file, job.tree);
        const record = file.treeRange(tree.path);
        inputs.push({
          path,
          tree: tree.path,
          size: source.size,
          mtime: (await stat(path)).mtime.toISOString(),
          uuid: file.uuid,
          treeRecord: await sha256(await source.read(record.start, record.end)),
        });
        const end = Math.min(tree.entries, left);
        left -= end;
        const geometry = job.checkGeometry ? new GeometryCheck(createGeometry()) : undefined;
        for await (const { ntuple, end: done } of iterateNtuple(tree, { end })) {
          job.signal.throwIfAborted();
          geometry?.add(ntuple);
          seen.add(ntuple, path);
          await writer.append(skim(ntuple));
          job.onProgress?.(bytesBefore + (source.size * done) / tree.entries, total);
        }
        bytesBefore += source.size;
      } catch (error) {
        // The cuts know the event, not the file that it came from.
        if (error instanceof InputError && !error.message.includes(path))
          throw new InputError(`${path}: ${error.message}`, { cause: error });
        throw error;
      } finally {
        await source.close?.();
      }
      if (left <= 0) break;
    }
    job.signal.throwIfAborted();
    const { particles, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap, events } = job;
    return {
      program: `bye-splits ${job.version}`,
      command: "skim",
      options: { particles, events, mipThreshold, maxLayer, reachedEE, deltarThreshold, endcap },
      inputs,
      cutFlow,
    };
  });
  return { out: job.out, inputs: files, cutFlow, seconds: (performance.now() - start) / 1000 };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Buffer.from(digest).toString("hex");
}

/** Finds events that occur twice, within and across files. */
class DuplicateCheck {
  readonly #allow: boolean;
  /** File of each event number, by run and lumi. */
  readonly #files = new Map<string, Map<number | bigint, string>>();

  constructor(allow: boolean) {
    this.#allow = allow;
  }

  add({ events, run, lumi, event }: NtupleChunk, file: string): void {
    if (this.#allow) return;
    for (let i = 0; i < events; i++) {
      const key = `${run[i]} ${lumi[i]}`;
      let block = this.#files.get(key);
      if (block === undefined) this.#files.set(key, (block = new Map()));
      const other = block.get(event[i]);
      if (other !== undefined) {
        throw new InputError(
          `run ${run[i]}, lumi ${lumi[i]}, event ${event[i]} occurs twice, in ${other} and in ${file}; use --allow-duplicates to keep both`,
        );
      }
      block.set(event[i], file);
    }
  }
}
