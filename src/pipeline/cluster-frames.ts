/** The clusters of a run as pandas frames under the reference's names. */
import { type EntryRows } from "../chain/index.js";
import { TableBuilder } from "../core/index.js";
import { CLUSTERS, type EntriesTable, ENTRIES, RECORDS } from "../events/index.js";
import { type Run } from "../io/index.js";
import { fillFrames, type FrameColumn, type FrameWriter, type RunExtra } from "../io/node/index.js";
import { EntryCursor } from "./entry-cursor.js";
import { readTask } from "./run-task.js";
import { openSampleOf } from "./sample-of-run.js";

/** The columns of the reference's clusters. */
const { en, pt, x, y, z, Rz, eta, phi, event, seed_idx } = CLUSTERS;
const VALUES = { en, pt, x, y, z, Rz, eta, phi };
/** Behind them what tells the event: its number repeats in most productions. */
const { entry, run, lumi, zside } = ENTRIES;
const DATA = { ...VALUES, event, seed_idx, entry, run, lumi, zside };

/** Its name of CMSSW's algorithm, with which it begins the keys of events. */
const ALGORITHM = "ThresholdDummyHistomaxnoareath20";

/** Rows of `data` that are written together. */
const DATA_ROWS = 4096;

/** Events after which signals come through. */
const PAUSE = 256;

/**
 * The clusters of a run: a frame for each event that was selected, be it without clusters, and `data` with all of them.
 * In a run of both chains those of the second one stand below "cs/". The endcaps of an event, and other events of the same
 * number, are told apart by their entry. `entries`: of the sample of the run.
 */
export async function writeClusterFrames(
  run: Run,
  entries: EntriesTable,
  frames: FrameWriter,
  signal: AbortSignal,
): Promise<void> {
  const chains = readTask(run).chains.map((chain, i) => [chain, i === 0 ? "" : `${chain}/`] as const);
  const events = await EntryCursor.create(await run.openTable("events"), {
    entry: RECORDS.entry,
    event: RECORDS.event,
    chain: RECORDS.chain,
  });
  try {
    const clusters = await EntryCursor.create(await run.openTable("clusters"), CLUSTERS);
    try {
      const framesOf = new Map<string, ChainFrames>();
      for (const [chain, prefix] of chains) framesOf.set(chain, new ChainFrames(frames, prefix, entries));
      let n = 0;
      for (let record = await events.next(); record !== undefined; record = await events.next()) {
        if (++n % PAUSE === 0) await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        const entry = record.columns.entry[record.first];
        const chain = record.columns.chain[record.first];
        const rows = await clusters.take(entry, chain);
        framesOf.get(chain)?.add(entry, record.columns.event[record.first], rows);
      }
      await clusters.checkEnd();
      for (const into of framesOf.values()) into.flush();
    } finally {
      await clusters.close();
    }
  } finally {
    await events.close();
  }
}

export const FRAMES_FILE = "clusters.hdf5";

/** The file of all frames beside the tables of a run; `folder`: the sample, where it is no longer where run.json says. */
export function clusterFrames(signal: AbortSignal, folder?: string): RunExtra {
  return {
    file: FRAMES_FILE,
    async write(run, path, shown) {
      const sample = await openSampleOf(run, readTask(run), folder);
      await sample.close();
      await fillFrames(path, shown, (into) => writeClusterFrames(run, sample.entries, into, signal));
    },
  };
}

/** The frames of one chain. */
class ChainFrames {
  readonly #frames: FrameWriter;
  readonly #prefix: string;
  readonly #entries: EntriesTable;
  readonly #data = new TableBuilder(DATA);
  readonly #events = new Set<bigint>();

  constructor(frames: FrameWriter, prefix: string, entries: EntriesTable) {
    this.#frames = frames;
    this.#prefix = prefix;
    this.#entries = entries;
  }

  add(entry: number, event: bigint, { columns, first, end }: EntryRows<typeof CLUSTERS>): void {
    const key = `${this.#prefix}${ALGORITHM}_${event}_ev${this.#events.has(event) ? `_entry${entry}` : ""}`;
    this.#events.add(event);
    const values = Object.keys(VALUES).map((name) => [name, columns[name as keyof typeof VALUES].slice(first, end)]);
    this.#frames.add(key, {
      columns: Object.fromEntries(values) as Record<string, FrameColumn>,
      index: BigInt64Array.from(columns.seed_idx.subarray(first, end), BigInt),
      indexName: "seed_idx",
    });
    const at = this.#data.add(end - first);
    const to = this.#data.columns;
    for (const name of [...(Object.keys(VALUES) as (keyof typeof VALUES)[]), "event", "seed_idx"] as const) {
      (to[name] as Float64Array).set(columns[name].subarray(first, end) as Float64Array, at);
    }
    const last = at + end - first;
    to.entry.fill(entry, at, last);
    for (const name of ["run", "lumi"] as const) to[name].fill(this.#entries.columns[name][entry], at, last);
    to.zside.fill(this.#entries.columns.zside[entry], at, last);
    if (this.#data.rows >= DATA_ROWS) this.flush();
  }

  flush(): void {
    const { seed_idx, ...columns } = this.#data.finish().columns;
    const index = BigInt64Array.from(seed_idx, BigInt);
    this.#frames.append(`${this.#prefix}data`, { columns, index, indexName: "seed_idx" });
  }
}
