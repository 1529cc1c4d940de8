/** Simulated events: to a sample exactly as the skim of their ntuple would give it, and to the ntuple itself. */
import { CMSSW_PARAMS } from "../chain/index.js";
import { DEFAULT_GEOMETRY } from "../detector/index.js";
import {
  addCuts,
  createSkim,
  type CutFlow,
  DEFAULT_SKIM,
  type GunOptions,
  type NtupleChunk,
  type ParticleName,
} from "../events/index.js";
import { NTUPLE_TREE, ntupleBranches, ntupleColumns, type SampleWriter } from "../io/index.js";
import { type Effects, OutputSet, writeRootTree, writeSample } from "../io/node/index.js";
import { aheadOf, busyClock, createPool, inOrder, threadsFor, type Workers } from "./pool.js";
import { createSimulator, type EventRange } from "./simulate-process.js";

export interface SimulateJob extends Omit<GunOptions, "particles"> {
  /** "none": minimum bias. */
  readonly particles: ParticleName | "none";
  /** Mean number of simultaneous collisions. */
  readonly pileup: number;
  /** Generated events. */
  readonly events: number;
  readonly seed: number;
  readonly endcap: "positive" | "both";
  /** Drop events without a cl3d in the endcap. */
  readonly requireCl3d?: boolean;
  /** Threads [1]; the sample does not depend on them. */
  readonly workers?: Workers;
  /** Folder of the sample. */
  readonly out: string;
  /** ROOT file to write as well. */
  readonly root?: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SimulateReport {
  readonly out: string;
  readonly root?: string;
  readonly cutFlow: CutFlow;
  /** [s] */
  readonly seconds: number;
  /** [s] of these, how long this thread was busy. */
  readonly mainSeconds: number;
}

/** Events at a time: about 50,000 trigger cells of PU0. The result does not depend on it. */
const chunkEvents = (pileup: number): number => Math.max(1, Math.floor(200 / (1 + pileup)));

/** Those of the gun's options that are set. */
function gunOf({ eta, pt, phi, count, distance }: SimulateJob): Omit<GunOptions, "particles"> {
  const options = { eta, pt, phi, count, distance };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Events that one thread simulates in a second, without pile-up; a collision takes as long as one. To tell how many threads are worth their start. */
const EVENTS_PER_SECOND = 6000;

export async function simulateSample(job: SimulateJob): Promise<SimulateReport> {
  const { particles, pileup, events, seed, endcap, requireCl3d = false, workers = 1, signal } = job;
  const gun = gunOf(job);
  const simulation = { particles, pileup, seed, ...gun };
  const start = performance.now();
  const busy = busyClock();
  const cuts = { ...DEFAULT_SKIM, particles, endcap, requireCl3d };
  const task = { simulation, cuts, keepsNtuple: job.root !== undefined };
  const { cutFlow } = createSkim(cuts);
  const set = new OutputSet();
  const chunks = [...rangesOf(events, chunkEvents(pileup))];
  const seconds = (events * (1 + pileup)) / EVENTS_PER_SECOND;
  const pool = createPool("simulate", task, threadsFor(workers, seconds, chunks.length), signal);
  const options = { force: job.force, set, ...(job.effects === undefined ? {} : { effects: job.effects }) };
  const simulator = createSimulator(task);
  pool?.join(simulator);
  const ask = pool?.ask ?? simulator.process;
  const fill = async (writer: SampleWriter): Promise<Readonly<Record<string, unknown>>> => {
    const generate = async (keep: (ntuple: NtupleChunk) => Promise<void>): Promise<void> => {
      for await (const [range, { batch, cutFlow: cut, ntuple }] of inOrder(chunks, ask, pool ? aheadOf(pool) : 1)) {
        signal.throwIfAborted();
        if (ntuple !== undefined) await keep(ntuple);
        await writer.append(batch);
        addCuts(cutFlow, cut);
        job.onProgress?.(range.first + range.events - 1, events);
        if (pool === undefined) await new Promise((resolve) => setImmediate(resolve));
      }
      signal.throwIfAborted();
    };
    if (job.root === undefined) await generate(async () => undefined);
    else {
      const ntuple = { tree: NTUPLE_TREE, title: "HGCalTriggerNtuple", branches: ntupleBranches({}, true) };
      await writeRootTree(job.root, options, ntuple, (root) =>
        generate((chunk) => root.fill(chunk.events, ntupleColumns(chunk))),
      );
    }
    return {
      program: `bye-splits ${job.version}`,
      command: "simulate",
      options: { ...simulation, events, endcap, requireCl3d },
      geometry: DEFAULT_GEOMETRY,
      cl3d: { chain: "default", parameters: CMSSW_PARAMS, about: "our default chain with CMSSW's parameters" },
      cutFlow,
    };
  };
  try {
    await writeSample(job.out, { ...options, encoder: pool }, fill);
    await set.commit();
  } finally {
    await pool?.close();
    await set.abort();
  }
  return {
    out: job.out,
    ...(job.root === undefined ? {} : { root: job.root }),
    cutFlow,
    seconds: (performance.now() - start) / 1000,
    mainSeconds: busy(pool),
  };
}

/** The events from 1 on. */
function* rangesOf(events: number, step: number): Generator<EventRange> {
  for (let done = 0; done < events; done += step) yield { first: done + 1, events: Math.min(step, events - done) };
}
