/** Simulated events: to a sample exactly as the skim of their ntuple would give it, and to the ntuple itself. */
import { CMSSW_PARAMS, createNtupleClusters } from "../chain/index.js";
import { createGeometry } from "../detector/index.js";
import {
  createSkim,
  type CutFlow,
  DEFAULT_SKIM,
  type GunOptions,
  type NtupleChunk,
  type ParticleName,
  simulateEvents,
} from "../events/index.js";
import { NTUPLE_TREE, ntupleBranches, ntupleColumns, type SampleWriter } from "../io/index.js";
import { type Effects, OutputSet, writeRootTree, writeSample } from "../io/node/index.js";

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
}

/** Events at a time: about 50,000 trigger cells of PU0. The result does not depend on it. */
const chunkEvents = (pileup: number): number => Math.max(1, Math.floor(200 / (1 + pileup)));

/** Those of the gun's options that are set. */
function gunOf({ eta, pt, phi, count, distance }: SimulateJob): Omit<GunOptions, "particles"> {
  const options = { eta, pt, phi, count, distance };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

export async function simulateSample(job: SimulateJob): Promise<SimulateReport> {
  const { particles, pileup, events, seed, endcap, requireCl3d = false, signal } = job;
  const gun = gunOf(job);
  const simulation = { particles, pileup, seed, ...gun };
  const start = performance.now();
  const geometry = createGeometry();
  const addClusters = createNtupleClusters();
  const { skim, cutFlow } = createSkim({ ...DEFAULT_SKIM, particles, endcap, requireCl3d });
  const set = new OutputSet();
  const options = { force: job.force, set, ...(job.effects === undefined ? {} : { effects: job.effects }) };
  const step = chunkEvents(pileup);
  const fill = async (writer: SampleWriter): Promise<Readonly<Record<string, unknown>>> => {
    const generate = async (keep: (chunk: NtupleChunk) => Promise<void>): Promise<void> => {
      for (let first = 0; first < events; first += step) {
        signal.throwIfAborted();
        const n = Math.min(step, events - first);
        const chunk = addClusters(simulateEvents({ ...simulation, geometry }, first + 1, n));
        await keep(chunk);
        await writer.append(skim(chunk));
        job.onProgress?.(first + n, events);
        await new Promise((resolve) => setImmediate(resolve));
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
      geometry: geometry.version,
      cl3d: { chain: "default", parameters: CMSSW_PARAMS, about: "our default chain with CMSSW's parameters" },
      cutFlow,
    };
  };
  try {
    await writeSample(job.out, options, fill);
    await set.commit();
  } finally {
    await set.abort();
  }
  return {
    out: job.out,
    ...(job.root === undefined ? {} : { root: job.root }),
    cutFlow,
    seconds: (performance.now() - start) / 1000,
  };
}
