/** The files of a SAMPLE to batches of whole entries. */
import { type Column, InputError, recordOf, type Schema, type Table, sliceTable } from "../../core/index.js";
import {
  CL3D,
  type Cl3dTable,
  type EntriesTable,
  GEN,
  type GenTable,
  type SampleBatch,
  TC,
  type TcColumn,
  TC_TRUTH,
  type TcTruthTable,
} from "../../events/index.js";
import { DEFAULT_GEOMETRY } from "../../detector/index.js";
import { CONTENTS, batchStarts, keyColumns } from "./entry-rows.js";
import { type FolderInfo, checkRecord, readInfo } from "./info.js";
import { type Made, readMade } from "./made.js";
import type { ParquetCodecs } from "../parquet/codecs.js";
import { type ParquetFile, openParquet } from "../parquet/read.js";
import { hexHash } from "../parquet/checksum.js";
import { TC_SOURCES, deriveDeltaR, deriveMatches, deriveTc } from "./sample-derive.js";
import { type SampleFiles, readEntries } from "./sample-entries.js";
import type { SourceFolder } from "../source.js";

/** Opens a sample: reads sample.json and the entries, and checks that every required column is there. */
export async function openSample(folder: SourceFolder, codecs: ParquetCodecs): Promise<SampleReader> {
  const info = await readInfo(folder, "sample", codecs);
  const opened: ParquetFile[] = [];
  const open = async (table: string): Promise<ParquetFile | undefined> => {
    const source = await folder.open(`${table}.parquet`);
    if (source === undefined) return undefined;
    const file = await openParquet(source, codecs);
    opened.push(file);
    checkRecord(info?.tables ?? {}, table, file, "sample");
    return file;
  };
  try {
    const [entries, gen, cl3d, tc] = await all(["entries", ...CONTENTS].map(open));
    if (gen === undefined || cl3d === undefined || tc === undefined) {
      const missing = gen === undefined ? "gen" : cl3d === undefined ? "cl3d" : "tc";
      throw new InputError(`${folder.name} is not a sample: there is no ${missing}.parquet`);
    }
    const files = { entries, gen, cl3d, tc };
    const hashes = [entries, gen, cl3d, tc].map((file) => file?.hash ?? "");
    await folder.check?.();
    const hash = hexHash(new TextEncoder().encode(hashes.join()), codecs);
    return new SampleReader(folder.name, info, hash, files, await readEntries(files));
  } catch (error) {
    await Promise.all(opened.map((file) => file.close()));
    throw error;
  }
}

/** Like Promise.all, but an error is not thrown before the others have come to their end. */
async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** An open sample. Batch i holds the entries [batchFirst[i], batchFirst[i + 1]): about one row group of TCs. */
export class SampleReader {
  readonly name: string;
  /** What sample.json says, `undefined` where there is none. */
  readonly info: (FolderInfo & Readonly<Record<string, unknown>>) | undefined;
  /** What it says of how the sample was made. */
  readonly made: Made | undefined;
  /** Identifies the content of the tables, whatever sample.json says. */
  readonly hash: string;
  /** All entries; `*_first` count rows of the files. */
  readonly entries: EntriesTable;
  readonly batchFirst: readonly number[];
  readonly #files: SampleFiles;
  readonly #gen: RowWindow;
  readonly #cl3d: RowWindow;
  readonly #missingTc: readonly string[];
  #map: { readonly columns: readonly TcColumn[]; readonly of: (batch: SampleBatch) => SampleBatch } | undefined;

  constructor(name: string, info: SampleReader["info"], hash: string, files: SampleFiles, entries: EntriesTable) {
    this.name = name;
    this.info = info;
    this.made = readMade(name, info);
    this.hash = hash;
    this.entries = entries;
    this.#files = files;
    this.#gen = new RowWindow(files.gen, withoutKeys(GEN));
    this.#cl3d = new RowWindow(files.cl3d, withoutKeys(CL3D));
    this.#missingTc = files.tc.missingColumns(withoutKeys(TC));
    this.batchFirst = batchStarts(entries, files.tc.groups);
  }

  /** Version of the geometry that its trigger cells are of, as sample.json says; DEFAULT_GEOMETRY where it says nothing. */
  get geometry(): string {
    return this.made?.geometry ?? DEFAULT_GEOMETRY;
  }

  /** Equal for two readers of the same files, which were not changed in between. */
  get identity(): string {
    const files = Object.values<ParquetFile | undefined>({ ...this.#files });
    return [this.hash, ...files.map((file) => file?.source.identity ?? "")].join();
  }

  /** The files that there are. */
  get tables(): string[] {
    return Object.entries(this.#files).flatMap(([name, file]) => (file === undefined ? [] : [name]));
  }

  /** Reads all of each table and compares it with the hash in its footer; the names of those of which there is none. */
  async verify(): Promise<string[]> {
    const without: string[] = [];
    for (const [name, file] of Object.entries<ParquetFile | undefined>({ ...this.#files })) {
      if (file !== undefined && !(await file.verify())) without.push(name);
    }
    return without;
  }

  get nEntries(): number {
    return this.entries.rows;
  }

  /** Whether it says what generated particles deposited in each TC: simulated samples do. */
  get hasTruth(): boolean {
    return Object.keys(TC_TRUTH).every((name) => this.#files.tc.columnNames.includes(name));
  }

  get batches(): number {
    return this.batchFirst.length - 1;
  }

  /**
   * Whole entries; `*_first` count rows of the batch. With `columns` only those of the TCs are read: asking the table
   * for another one throws. What generated particles deposited comes with all columns, or with `truth`, if the sample has
   * it. Not to be modified: batches may share memory.
   */
  async readBatch(
    batch: number,
    options: { readonly columns?: readonly TcColumn[]; readonly truth?: boolean } = {},
  ): Promise<SampleBatch> {
    if (!(Number.isInteger(batch) && batch >= 0 && batch < this.batches)) {
      throw new InputError(`${this.name}: batch ${batch} does not exist, there are ${this.batches}`);
    }
    const all = sliceTable(this.entries, this.batchFirst[batch], this.batchFirst[batch + 1]);
    const spans = CONTENTS.map((name) => {
      const first = all.columns[`${name}_first`];
      const last = all.rows - 1;
      return { start: first[0], end: first[last] + all.columns[`${name}_rows`][last] };
    });
    const columns = all.columns as { -readonly [K in keyof EntriesTable["columns"]]: EntriesTable["columns"][K] };
    for (const [i, name] of CONTENTS.entries())
      columns[`${name}_first`] = columns[`${name}_first`].map((row) => row - spans[i].start);
    const entries = { rows: all.rows, columns };
    const asked = options.columns ?? (Object.keys(TC) as TcColumn[]);
    const wanted = [...new Set([...asked, ...(this.#map?.columns ?? [])])];
    const wantsTruth = this.hasTruth && (options.truth ?? options.columns === undefined);
    const [gen, cl3d, tc, truth] = await Promise.all([
      this.#gen.read(spans[0].start, spans[0].end),
      this.#cl3d.read(spans[1].start, spans[1].end),
      this.#readTc(entries, spans[2].start, spans[2].end, wanted),
      wantsTruth
        ? readRows(this.#files.tc, spans[2].start, spans[2].end, (first, last) =>
            this.#files.tc.read(TC_TRUTH, first, last),
          )
        : undefined,
    ]);
    const { geometry } = this;
    // Written out: copies of records do not share a shape.
    const derived = withDerived(entries, gen, cl3d);
    const read: SampleBatch =
      truth === undefined
        ? { entries, tc, gen: derived.gen, cl3d: derived.cl3d, geometry }
        : { entries, tc, gen: derived.gen, cl3d: derived.cl3d, geometry, truth: truth as TcTruthTable };
    return this.#map?.of(read) ?? read;
  }

  /** All batches that are read from now on go through `of`, which needs these columns of TCs. Its hash stays that of its files. */
  mapBatches(columns: readonly TcColumn[], of: (batch: SampleBatch) => SampleBatch): void {
    this.#map = { columns, of };
  }

  async close(): Promise<void> {
    for (const file of Object.values<ParquetFile | undefined>({ ...this.#files })) await file?.close();
  }

  async #readTc(
    entries: EntriesTable,
    start: number,
    end: number,
    wanted: readonly TcColumn[],
  ): Promise<SampleBatch["tc"]> {
    const names = new Set<string>(wanted);
    const derived = derivable.filter((name) => names.has(name) && this.#missingTc.includes(name));
    for (const name of derived) {
      names.delete(name);
      for (const source of TC_SOURCES[name]) names.add(source);
    }
    const stored = Object.fromEntries(Object.entries(withoutKeys(TC)).filter(([name]) => names.has(name)));
    const { rows, columns } = await readRows(this.#files.tc, start, end, (first, last) =>
      this.#files.tc.read(stored, first, last),
    );
    const all: Record<string, Column> = {
      ...(names.has("entry") || names.has("event") ? keyColumns(entries, "tc") : {}),
      ...columns,
    };
    for (const name of derived) all[name] = deriveTc(name, rows, all, this.geometry);
    return { rows, columns: shaped(all, NOT_READ) as SampleBatch["tc"]["columns"] };
  }
}

const derivable = Object.keys(TC_SOURCES) as (keyof typeof TC_SOURCES)[];

function withoutKeys({ entry: _entry, event: _event, ...schema }: Schema): Schema {
  return schema;
}

/** Behind the columns that there are: asking for another one is an error, `undefined` would turn into NaN somewhere far away. */
const NOT_READ: object = Object.create(
  null,
  Object.fromEntries(
    Object.keys(TC).map((name) => {
      const get = (): never => {
        throw new Error(`column "${name}" was not read: name it in the columns of readBatch`);
      };
      return [name, { get }];
    }),
  ),
) as object;

/** The same columns, in the shape of all that have these. */
function shaped(columns: Record<string, Column>, behind?: object): Record<string, Column> {
  return recordOf(Object.keys(columns), (name) => columns[name], behind);
}

function withDerived(entries: EntriesTable, gen: Table, cl3d: Table): { gen: GenTable; cl3d: Cl3dTable } {
  const particles: Record<string, Column> = { ...keyColumns(entries, "gen"), ...gen.columns };
  particles["gen_pid"] ??= new Int32Array(gen.rows);
  const clusters: Record<string, Column> = { ...keyColumns(entries, "cl3d"), ...cl3d.columns };
  const direction = ({ columns }: Table, prefix: string): { eta: Float64Array; phi: Float64Array } => ({
    eta: columns[`${prefix}_eta`] as Float64Array,
    phi: columns[`${prefix}_phi`] as Float64Array,
  });
  clusters["deltaR"] ??= deriveDeltaR(entries, direction(gen, "gen"), direction(cl3d, "cl3d"));
  clusters["matches"] ??= deriveMatches(clusters["deltaR"] as Float64Array);
  return {
    gen: { rows: gen.rows, columns: shaped(particles) as GenTable["columns"] },
    cl3d: { rows: cl3d.rows, columns: shaped(clusters) as Cl3dTable["columns"] },
  };
}

/** Rows [start, end) of a file, from `load`, which reads whole row groups. */
async function readRows(
  { groups }: ParquetFile,
  start: number,
  end: number,
  load: (first: number, end: number) => Promise<Table>,
): Promise<Table> {
  if (start >= end) return load(0, 0);
  const first = groups.findIndex((group) => group.first + group.rows > start);
  const last = groups.findLastIndex((group) => group.rows > 0 && group.first < end);
  const from = groups[first].first;
  return sliceTable(await load(first, last + 1), start - from, end - from);
}

/** Reads rows of a table whose row groups hold many batches, and keeps the row groups read last. */
class RowWindow {
  readonly #file: ParquetFile;
  readonly #schema: Schema;
  #key = "";
  #table: Promise<Table> | undefined;

  constructor(file: ParquetFile, schema: Schema) {
    this.#file = file;
    const missing = file.missingColumns(schema);
    this.#schema = Object.fromEntries(Object.entries(schema).filter(([name]) => !missing.includes(name)));
  }

  read(start: number, end: number): Promise<Table> {
    return readRows(this.#file, start, end, (first, last) => {
      const key = `${first}-${last}`;
      if (this.#table === undefined || key !== this.#key) {
        this.#key = key;
        this.#table = this.#file.read(this.#schema, first, last).catch((error: unknown) => {
          this.#table = undefined;
          throw error;
        });
      }
      return this.#table;
    });
  }
}
