/** Chosen events of samples and runs for the event display Phoenix. */
import { rowsWhere, type Table } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { ASSIGNMENT, CLUSTERS, RECORDS, type SampleBatch } from "../events/index.js";
import {
  type ChainContent,
  type ChainContents,
  EntryTable,
  eventContent,
  phoenixEvent,
  type Run,
  type SampleReader,
} from "../io/index.js";
import { JSON_FILE, MARK, type OutputOptions, writeOutputFile } from "../io/node/index.js";
import { type EventName, findEvents } from "../events/index.js";
import { readTask } from "./run-task.js";

/** Entries that are written when none are chosen: a file with thousands is of no use in a page. */
const DEFAULT_ENTRIES = 10;

export interface PhoenixJob {
  readonly out: string;
  /** By default the first 10 entries. */
  readonly events?: readonly EventName[];
  readonly signal: AbortSignal;
  readonly options: OutputOptions;
}

/** What is written of each entry beside what the sample says. */
interface Chains {
  readonly name: string;
  /** Numbers of the entries, ascending. */
  readonly entries: Int32Array;
  of(batch: SampleBatch, i: number): Promise<ChainContents>;
}

/** Writes entries of a sample, with its cl3d: CMSSW's clusters, or what the simulation has for them. Returns the numbers of entries written and there. */
export async function exportSamplePhoenix(sample: SampleReader, job: PhoenixJob): Promise<[number, number]> {
  const { name, entries } = sample;
  const of = (batch: SampleBatch, i: number) => Promise.resolve({ cl3d: cl3dContent(batch, i) });
  return writeEvents(sample, { name, entries: entries.columns.entry, of }, job);
}

/** Writes entries of a run, with the clusters of its chains. Returns the numbers of entries written and there. */
export async function exportRunPhoenix(run: Run, sample: SampleReader, job: PhoenixJob): Promise<[number, number]> {
  const { chains } = readTask(run);
  const records = await run.readTable("events", { entry: RECORDS.entry });
  const clusters = new EntryTable(await run.openTable("clusters"), CLUSTERS);
  try {
    const assignment = new EntryTable(await run.openTable("assignment"), ASSIGNMENT);
    try {
      const of = async ({ entries }: SampleBatch, i: number): Promise<ChainContents> => {
        const entry = entries.columns.entry[i];
        const tables = [await clusters.rows(entry), await assignment.rows(entry)] as const;
        const n = entries.columns.tc_rows[i];
        return Object.fromEntries(chains.map((chain) => [chain, runContent(...tables, chain, n)]));
      };
      // A record is of a particle: some entries have several.
      const entries = Int32Array.from(new Set(records.columns.entry));
      return await writeEvents(sample, { name: run.name, entries, of }, job);
    } finally {
      await assignment.close();
    }
  } finally {
    await clusters.close();
  }
}

async function writeEvents(sample: SampleReader, chains: Chains, job: PhoenixJob): Promise<[number, number]> {
  const { event } = sample.entries.columns;
  const { events, signal } = job;
  const chosen = chooseNumbers(chains, sample, events);
  const options = { ...job.options, inputs: [...(job.options.inputs ?? []), sample.name] };
  await writeOutputFile(job.out, JSON_FILE, options, async (sink) => {
    const encoder = new TextEncoder();
    const names = new Set<string>();
    let at = 0;
    for (let b = 0; b < sample.batches && at < chosen.length; b++) {
      const [first, end] = sample.batchFirst.slice(b, b + 2);
      if (chosen[at] >= end) continue;
      const batch = await sample.readBatch(b);
      for (; at < chosen.length && chosen[at] < end; at++) {
        signal.throwIfAborted();
        const i = chosen[at] - first;
        const content = eventContent(batch, i, createGeometry(sample.geometry));
        const name = `event ${event[chosen[at]]}`;
        // The other endcap, or another run.
        const key = names.has(name) ? `${name} entry ${chosen[at]}` : name;
        names.add(name);
        const about = `${chains.name}${isSimulated(sample) ? ", fast simulation" : ""}, endcap ${content.zside > 0 ? "+" : "-"}`;
        // First, so that the file is known as ours by its beginning.
        const text = JSON.stringify({ generator: MARK, ...phoenixEvent(content, await chains.of(batch, i), about) });
        await sink.write(encoder.encode(`${at === 0 ? "{" : ","}\n${JSON.stringify(key)}: ${text}`));
      }
    }
    await sink.write(encoder.encode(chosen.length === 0 ? "{}\n" : "\n}\n"));
  });
  return [chosen.length, chains.entries.length];
}

function isSimulated({ made }: SampleReader): boolean {
  return made?.command === "simulate";
}

/** Entries of these events, or the first ones. InputError for events that none of them is of. */
function chooseNumbers({ name, entries }: Chains, sample: SampleReader, events?: readonly EventName[]): Int32Array {
  if (events === undefined) return entries.slice(0, DEFAULT_ENTRIES);
  findEvents(sample.name, sample.entries, events);
  const found = findEvents(name, sample.entries, events, entries);
  return entries.filter((entry) => found.has(entry));
}

function cl3dContent({ entries, cl3d, tc }: SampleBatch, i: number): ChainContent {
  const { cl3d_first, cl3d_rows, tc_first, tc_rows } = entries.columns;
  const { cl3d_id, cl3d_en, cl3d_pt, cl3d_eta, cl3d_phi } = cl3d.columns;
  const seedOf = new Map<bigint, number>();
  const clusters = Array.from({ length: cl3d_rows[i] }, (_, seed) => {
    const row = cl3d_first[i] + seed;
    seedOf.set(cl3d_id[row], seed);
    return { seed, energy: cl3d_en[row], pt: cl3d_pt[row], eta: cl3d_eta[row], phi: cl3d_phi[row] };
  });
  const ids = tc.columns.tc_cl3d_id.subarray(tc_first[i], tc_first[i] + tc_rows[i]);
  return { clusters, assignment: Int32Array.from(ids, (id) => seedOf.get(id) ?? -1) };
}

function runContent(
  clusters: Table<typeof CLUSTERS>,
  assigned: Table<typeof ASSIGNMENT>,
  chain: string,
  n: number,
): ChainContent {
  const rowsOf = ({ rows, columns }: { rows: number; columns: { readonly chain: readonly string[] } }) =>
    rowsWhere(rows, (row) => columns.chain[row] === chain);
  const { seed_idx, en, pt, eta, phi } = clusters.columns;
  const assignment = new Int32Array(n).fill(-1);
  for (const row of rowsOf(assigned)) assignment[assigned.columns.tc_row[row]] = assigned.columns.seed_idx[row];
  return {
    clusters: rowsOf(clusters).map((row) => ({
      seed: seed_idx[row],
      energy: en[row],
      pt: pt[row],
      eta: eta[row],
      phi: phi[row],
    })),
    assignment,
  };
}
