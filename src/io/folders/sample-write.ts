/** Batches of whole entries to the files of a SAMPLE. */
import { InputError, type Schema, type Table } from "../../core/index.js";
import {
  CL3D,
  ENTRIES,
  type EntriesTable,
  GEN,
  SAMPLE_TABLES,
  type SampleBatch,
  TC,
  TC_TRUTH,
} from "../../events/index.js";
import { CONTENTS, type EntryContent, keyColumns } from "./entry-rows.js";
import { type FolderInfo, type TableRecords, writeInfo } from "./info.js";
import type { ParquetCodecs } from "../parquet/codecs.js";
import type { OpenSink } from "../source.js";
import { type TableState, TableWriter, type WriteOptions } from "../parquet/table-write.js";

/** What sample.json says. */
export interface SampleInfo extends FolderInfo {
  /** How the sample was made: command, options, seed, version, inputs, what the cuts removed. */
  readonly made: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<SampleTable, number>>;
}

export type SampleTable = keyof typeof SAMPLE_TABLES;

export interface SampleState {
  readonly rows: Readonly<Record<SampleTable, number>>;
  readonly tables: { readonly [K in SampleTable]?: TableState<(typeof SAMPLE_TABLES)[K]> };
  /** Whether `tc` has the columns of TC_TRUTH; undefined before the first batch. */
  readonly hasTruth?: boolean | undefined;
}

interface Writers {
  readonly entries: TableWriter<typeof ENTRIES>;
  readonly gen: TableWriter<typeof GEN>;
  readonly cl3d: TableWriter<typeof CL3D>;
}

/**
 * Writes entries.parquet, gen.parquet, cl3d.parquet, tc.parquet and sample.json. Entries are numbered in the order of
 * the batches; `entry`, `event` and `*_first` of every table follow from the entries table, whatever the batch has there.
 */
export class SampleWriter {
  readonly #open: OpenSink;
  readonly #codecs: ParquetCodecs;
  readonly #options: WriteOptions;
  readonly #writers: Writers;
  /** Made with the first batch, which says whether there is truth. */
  #tc: TableWriter<typeof TC> | undefined;
  #hasTruth: boolean | undefined;
  readonly #rows = { entries: 0, gen: 0, cl3d: 0, tc: 0 };

  private constructor(open: OpenSink, codecs: ParquetCodecs, options: WriteOptions, writers: Writers) {
    this.#open = open;
    this.#codecs = codecs;
    this.#options = options;
    this.#writers = writers;
  }

  /** `state`: of an earlier writer to the same folder, to go on from there. */
  static async create(
    open: OpenSink,
    codecs: ParquetCodecs,
    { state, encoder }: WriteOptions & { readonly state?: SampleState | undefined } = {},
  ): Promise<SampleWriter> {
    const start = async <S extends Schema>(name: SampleTable, schema: S): Promise<TableWriter<S>> => {
      const table = state?.tables[name] as TableState<S> | undefined;
      const sink = await open(`${name}.parquet`, table?.parquet.offset);
      return new TableWriter(schema, sink, codecs, { encoder, state: table });
    };
    const writer = new SampleWriter(
      open,
      codecs,
      { encoder },
      {
        entries: await start("entries", ENTRIES),
        gen: await start("gen", GEN),
        cl3d: await start("cl3d", CL3D),
      },
    );
    if (state !== undefined) Object.assign(writer.#rows, state.rows);
    if (state?.hasTruth !== undefined) await writer.#startTc(state.hasTruth, state.tables.tc);
    return writer;
  }

  async #startTc(hasTruth: boolean, state?: TableState<typeof TC>): Promise<TableWriter<typeof TC>> {
    const schema = hasTruth ? { ...TC, ...TC_TRUTH } : TC;
    const sink = await this.#open("tc.parquet", state?.parquet.offset);
    this.#hasTruth = hasTruth;
    this.#tc = new TableWriter<typeof TC>(schema, sink, this.#codecs, { ...this.#options, state });
    return this.#tc;
  }

  /** How far the sample is written: plain data, valid until the next `append`. */
  async state(): Promise<SampleState> {
    const { entries, gen, cl3d } = this.#writers;
    return {
      rows: { ...this.#rows },
      tables: {
        ...{ entries: await entries.state(), gen: await gen.state(), cl3d: await cl3d.state() },
        ...(this.#tc === undefined ? {} : { tc: await this.#tc.state() }),
      },
      hasTruth: this.#hasTruth,
    };
  }

  /** Entries written so far. */
  get entries(): number {
    return this.#rows.entries;
  }

  /**
   * InputError unless the rows of the batch's entries follow each other without gaps, or when some batches say what
   * generated particles deposited and others do not.
   */
  async append(batch: SampleBatch): Promise<void> {
    const entries = this.#renumbered(batch);
    const hasTruth = batch.truth !== undefined;
    const tcs = this.#tc ?? (await this.#startTc(hasTruth));
    if (this.#hasTruth !== hasTruth) {
      throw new InputError("some of the inputs have tc_signal and others have not: make one sample of each kind");
    }
    const tc: Table<typeof TC> = {
      rows: batch.tc.rows,
      columns: { ...batch.tc.columns, ...batch.truth?.columns },
    };
    await this.#writers.gen.append(withKeys(batch.gen, entries, "gen"));
    await this.#writers.cl3d.append(withKeys(batch.cl3d, entries, "cl3d"));
    await tcs.append(withKeys(tc, entries, "tc"));
    await this.#writers.entries.append(entries);
    for (const name of CONTENTS) this.#rows[name] += batch[name].rows;
    this.#rows.entries += entries.rows;
  }

  /** Writes the rest and sample.json. */
  async finish(made: Readonly<Record<string, unknown>>): Promise<SampleInfo> {
    const tables: Record<string, TableRecords[string]> = {};
    const writers = { ...this.#writers, tc: this.#tc ?? (await this.#startTc(false)) };
    for (const writer of Object.values<Pick<TableWriter<Schema>, "flush">>(writers)) await writer.flush();
    for (const [name, writer] of Object.entries<{ finish(): Promise<TableRecords[string]> }>(writers)) {
      tables[name] = await writer.finish();
    }
    const content = { made, counts: { ...this.#rows }, units: units() };
    return writeInfo(this.#open, "sample", tables, content, this.#codecs);
  }

  #renumbered({ entries, ...contents }: SampleBatch): EntriesTable {
    const columns = {
      ...entries.columns,
      entry: Int32Array.from({ length: entries.rows }, (_, i) => this.entries + i),
    };
    for (const name of CONTENTS) {
      const rows = entries.columns[`${name}_rows`];
      const first = new Int32Array(entries.rows);
      let next = 0;
      for (let i = 0; i < entries.rows; i++) {
        if (entries.columns[`${name}_first`][i] !== next) {
          const found = entries.columns[`${name}_first`][i];
          throw new InputError(`entry ${i} of a batch: ${name}_first is ${found}, expected ${next}`);
        }
        first[i] = this.#rows[name] + next;
        next += rows[i];
      }
      if (next !== contents[name].rows) {
        throw new InputError(`a batch has ${contents[name].rows} rows in ${name}, its entries have ${next}`);
      }
      columns[`${name}_first`] = first;
    }
    return { rows: entries.rows, columns };
  }
}

/** The table with `entry` and `event` of the entries that its rows belong to. */
function withKeys<S extends Schema>(table: Table<S>, entries: EntriesTable, name: EntryContent): Table<S> {
  return { rows: table.rows, columns: { ...table.columns, ...keyColumns(entries, name) } };
}

/** The columns that have a unit. */
function units(): Record<string, Record<string, string>> {
  const perTable: Record<string, Record<string, string>> = {};
  for (const [table, schema] of Object.entries<Schema>(SAMPLE_TABLES)) {
    const withUnit = Object.entries(schema).filter(([, { unit }]) => unit !== "");
    if (withUnit.length > 0) perTable[table] = Object.fromEntries(withUnit.map(([column, { unit }]) => [column, unit]));
  }
  return perTable;
}
