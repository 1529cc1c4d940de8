/** Samples and runs in the formats of other programs: HDF5 for pandas, CSV, events for Phoenix; samples as CMSSW's ntuple. */
import { join } from "node:path";
import { createTable, InputError, type Schema, type Table } from "../core/index.js";
import { RUN_TABLES, SAMPLE_TABLES, storedRunTables, TC, TC_TRUTH } from "../events/index.js";
import { type ByteSink, type Run, type SampleReader } from "../io/index.js";
import {
  createOutputFolder,
  csvFile,
  csvFolder,
  type Frame,
  type FrameColumn,
  hasFile,
  openFolder,
  openRunFolder,
  openSampleFolder,
  type OutputOptions,
  writeFrames,
  writeOutputFile,
} from "../io/node/index.js";
import { type EventName } from "../events/index.js";
import { writeClusterFrames } from "./cluster-frames.js";
import { csvHeader, csvLines } from "./csv.js";
import { runSchemas } from "./run-tables.js";
import { exportRunPhoenix, exportSamplePhoenix } from "./export-phoenix.js";
import { exportRoot } from "./export-root.js";
import { readTask } from "./run-task.js";
import { openSampleOf } from "./sample-of-run.js";

export type ExportFormat = "hdf5" | "csv" | "root" | "phoenix";

export interface ExportJob {
  /** Folder of a sample or a run. */
  readonly path: string;
  readonly format: ExportFormat;
  /** File to write; for CSV without this ending a folder with a file for each table. */
  readonly out: string;
  /** The table of a CSV file: by default the clusters of a run, the trigger cells of a sample. */
  readonly table?: string;
  /** Events for Phoenix: by default the first 10 entries. */
  readonly events?: readonly EventName[];
  /** For Phoenix and HDF5: the sample of a run, where it is no longer where run.json says. */
  readonly sample?: string;
  readonly signal: AbortSignal;
  readonly options: OutputOptions;
}

export interface ExportReport {
  readonly kind: "sample" | "run";
  readonly files: readonly string[];
  /** Nothing but the frame was written: the sample has no entry, or the run selected none. */
  readonly empty: boolean;
  /** Of Phoenix: entries written, and those there are. */
  readonly entries?: readonly [written: number, all: number];
}

/** A table in pieces, in order. */
interface PieceTable {
  readonly name: string;
  readonly schema: Schema;
  pieces(): AsyncGenerator<Table>;
}

export async function exportFolder(asked: ExportJob): Promise<ExportReport> {
  const { options, path } = asked;
  const job = { ...asked, options: { ...options, inputs: [...(options.inputs ?? []), path] } };
  const folder = await openFolder(path);
  return (await hasFile(folder, "run.json")) ? exportRun(job) : exportSample(job);
}

async function exportRun(job: ExportJob): Promise<ExportReport> {
  if (job.format === "root") throw new InputError(`${job.path} is a run: only samples are exported to ROOT`);
  const run = await openRunFolder(job.path);
  if (job.format === "csv")
    return { kind: "run", empty: isEmpty(run), files: await writeCsv(job, await runTables(run), "clusters") };
  const sample = await openSampleOf(run, readTask(run), job.sample);
  try {
    if (job.format === "phoenix") {
      return {
        kind: "run",
        empty: isEmpty(run),
        files: [job.out],
        entries: await exportRunPhoenix(run, sample, job),
      };
    }
    const options = { ...job.options, inputs: [...(job.options.inputs ?? []), sample.name] };
    await writeFrames(job.out, options, (frames) => writeClusterFrames(run, sample.entries, frames, job.signal));
    return { kind: "run", empty: isEmpty(run), files: [job.out] };
  } finally {
    await sample.close();
  }
}

function isEmpty({ info }: Run): boolean {
  return info.tables["events"]?.rows === 0;
}

async function exportSample(job: ExportJob): Promise<ExportReport> {
  if (job.sample !== undefined) throw new InputError(`${job.path} is a sample itself: --sample is for runs`);
  const sample = await openSampleFolder(job.path);
  try {
    if (job.format === "root") {
      await exportRoot(sample, job.out, job.options, job.signal);
      return { kind: "sample", empty: sample.entries.rows === 0, files: [job.out] };
    }
    if (job.format === "phoenix") {
      return {
        kind: "sample",
        empty: sample.entries.rows === 0,
        files: [job.out],
        entries: await exportSamplePhoenix(sample, job),
      };
    }
    const tables = sampleTables(sample);
    if (job.format === "csv")
      return { kind: "sample", empty: sample.entries.rows === 0, files: await writeCsv(job, tables, "tc") };
    await writeFrames(job.out, job.options, async (frames) => {
      for (const { name, schema, pieces } of tables) {
        let rows = 0;
        // Without entries there are no pieces, but the table.
        frames.append(name, frameOf(createTable(schema, 0), rows));
        for await (const piece of pieces()) {
          job.signal.throwIfAborted();
          frames.append(name, frameOf(piece, rows));
          rows += piece.rows;
        }
      }
    });
    return { kind: "sample", empty: sample.entries.rows === 0, files: [job.out] };
  } finally {
    await sample.close();
  }
}

/** A table of numbers, its rows counted from `first` on. */
function frameOf({ rows, columns }: Table, first: number): Frame {
  return {
    columns: columns as Readonly<Record<string, FrameColumn>>,
    index: BigInt64Array.from({ length: rows }, (_, i) => BigInt(first + i)),
  };
}

async function runTables(run: Run): Promise<PieceTable[]> {
  return Object.entries(await runSchemas(run)).map(([name, schema]) => ({
    name,
    schema,
    async *pieces() {
      const file = await run.openTable(name);
      try {
        for (let group = 0; group < file.groups.length; group++) yield file.read(schema, group, group + 1);
      } finally {
        await file.close();
      }
    },
  }));
}

/** The tables of a simulated sample. */
const WITH_TRUTH = { ...SAMPLE_TABLES, tc: { ...TC, ...TC_TRUTH } };

function sampleTables(sample: SampleReader): PieceTable[] {
  const { hasTruth } = sample;
  const tables: Readonly<Record<string, Schema>> = hasTruth ? WITH_TRUTH : SAMPLE_TABLES;
  return Object.entries(tables).map(([name, schema]) => ({
    name,
    schema,
    async *pieces() {
      if (name === "entries") {
        yield sample.entries;
        return;
      }
      const options = name === "tc" ? {} : { columns: [] };
      for (let batch = 0; batch < sample.batches; batch++) {
        const all = await sample.readBatch(batch, options);
        const table: Table = all[name as "gen" | "cl3d" | "tc"];
        if (name !== "tc" || all.truth === undefined) yield table;
        else yield { rows: table.rows, columns: { ...table.columns, ...all.truth.columns } };
      }
    },
  }));
}

async function writeCsv(job: ExportJob, tables: readonly PieceTable[], main: string): Promise<string[]> {
  const one = job.out.toLowerCase().endsWith(".csv");
  const wanted = job.table ?? (one ? main : undefined);
  const chosen = tables.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length === 0) {
    throw new InputError(`${job.path} has no table "${wanted}"; it has ${tables.map(({ name }) => name).join(", ")}`);
  }
  if (one) {
    const [table] = chosen;
    await writeOutputFile(job.out, csvFile(...CSV_HEADERS[`${table.name}.csv`]), job.options, (sink) =>
      writeTable(table, sink, job.signal),
    );
    return [job.out];
  }
  const folder = await createOutputFolder(job.out, csvFolder(CSV_HEADERS), job.options);
  try {
    for (const table of chosen) {
      const sink = await folder.open(`${table.name}.csv`);
      await writeTable(table, sink, job.signal);
      await sink.close();
    }
    await folder.commit();
  } finally {
    await folder.abort();
  }
  return chosen.map(({ name }) => join(job.out, `${name}.csv`));
}

/** What the files of such a folder may begin with, without and with what only simulated samples have. */
const CSV_HEADERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.keys({ ...SAMPLE_TABLES, ...RUN_TABLES }).map((name) => [
    `${name}.csv`,
    [SAMPLE_TABLES, WITH_TRUTH, storedRunTables(false), RUN_TABLES].flatMap(
      (tables: Readonly<Record<string, Schema>>) => (Object.hasOwn(tables, name) ? [csvHeader(tables[name])] : []),
    ),
  ]),
);

async function writeTable(table: PieceTable, sink: ByteSink, signal: AbortSignal): Promise<void> {
  const encoder = new TextEncoder();
  await sink.write(encoder.encode(csvHeader(table.schema)));
  for await (const piece of table.pieces()) {
    signal.throwIfAborted();
    await sink.write(encoder.encode(csvLines(table.schema, piece)));
  }
}
