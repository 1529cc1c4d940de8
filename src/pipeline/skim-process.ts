/** Some events of an ntuple through the cuts of the skim: the same code in this thread and in workers. */
import { InputError } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { createSkim, type CutFlow, GeometryCheck, type SampleBatch, type SkimOptions } from "../events/index.js";
import { type ByteSource, createNtupleReader, findNtuple, openRootFile } from "../io/index.js";
import { openFile, rootCodecs } from "../io/node/index.js";
import { openGeometry } from "./geometry.js";
import { type Job, oneByOne } from "./job.js";

export interface SkimTask extends SkimOptions {
  /** Compare positions with the geometry in the first events of each file. */
  readonly checkGeometry: boolean;
  /** File of `geometry import`; V11 without. */
  readonly geometry?: string;
}

/** Events [start, end) of a tree. */
export interface SkimStep {
  readonly path: string;
  readonly tree: string;
  /** Of the file when it was looked at first: another file is an error. */
  readonly identity?: string | undefined;
  readonly start: number;
  readonly end: number;
}

type Numbers = readonly (number | bigint)[];

export interface SkimmedStep {
  readonly batch: SampleBatch;
  readonly cutFlow: CutFlow;
  /** Of every event read, kept or not. */
  readonly ids: { readonly run: Numbers; readonly lumi: Numbers; readonly event: Numbers };
}

interface OpenNtuple {
  readonly path: string;
  readonly tree: string;
  readonly source: ByteSource;
  readonly read: ReturnType<typeof createNtupleReader>;
}

export function createSkimProcessor(task: SkimTask): Job<SkimStep, SkimmedStep> {
  let geometry: Geometry | undefined;
  let open: OpenNtuple | undefined;
  const close = async (): Promise<void> => {
    await open?.source.close?.();
    open = undefined;
  };
  const readerOf = async ({ path, tree, identity }: SkimStep): Promise<OpenNtuple["read"]> => {
    if (open?.path === path && open.tree === tree) return open.read;
    await close();
    const source = await openFile(path);
    try {
      if (identity !== undefined && source.identity !== identity) {
        throw new InputError(`${path} was replaced while it was read: run the command again`);
      }
      const file = await openRootFile(source, await rootCodecs());
      const ntuple = await findNtuple(file, tree);
      open = { path, tree, source, read: createNtupleReader(ntuple) };
    } catch (error) {
      await source.close?.();
      throw error;
    }
    return open.read;
  };
  const skimOne = async (step: SkimStep): Promise<SkimmedStep> => {
    try {
      const read = await readerOf(step);
      const ntuple = await read(step.start, step.end);
      await open?.source.check?.();
      if (task.checkGeometry && step.start === 0) {
        geometry ??= await openGeometry(task.geometry);
        new GeometryCheck(geometry).add(ntuple);
      }
      const { skim, cutFlow } = createSkim(task);
      const batch = skim(ntuple);
      const [run, lumi, event] = [ntuple.run, ntuple.lumi, ntuple.event].map((ids) => Array.from(ids));
      return { batch, cutFlow, ids: { run, lumi, event } };
    } catch (error) {
      throw named(error, step.path);
    }
  };
  return {
    // What is read of a step lies in the memory of the one before.
    process: oneByOne(skimOne),
    close,
  };
}

/** The cuts know the event, not the file that it came from. */
function named(error: unknown, path: string): unknown {
  if (!(error instanceof InputError) || error.message.includes(path)) return error;
  return new InputError(`${path}: ${error.message}`, { cause: error });
}
