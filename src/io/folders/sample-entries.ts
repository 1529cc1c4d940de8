/** The entries of a sample: read and checked, or derived from the event numbers of tables written by others. */
import { FormatError, type Schema } from "../../core/index.js";
import { ENTRIES, type EntriesTable, GEN } from "../../events/index.js";
import { CONTENTS, type EntryContent } from "./entry-rows.js";
import type { ParquetFile } from "../parquet/read.js";

/** The open files of a sample. */
export interface SampleFiles {
  readonly entries: ParquetFile | undefined;
  readonly gen: ParquetFile;
  readonly cl3d: ParquetFile;
  readonly tc: ParquetFile;
}

/** All entries, `*_first` counting rows of the files. FormatError when the tables do not fit together. */
export async function readEntries(files: SampleFiles): Promise<EntriesTable> {
  if (files.entries === undefined) return deriveEntries(files);
  files.entries.missingColumns(ENTRIES);
  const entries = await files.entries.read(ENTRIES);
  checkEntries(entries, files, files.entries.source.name);
  for (const name of CONTENTS) if (!files[name].isOurs) await checkKeys(entries, files[name], name);
  return entries;
}

function checkEntries(entries: EntriesTable, files: SampleFiles, where: string): void {
  const { entry } = entries.columns;
  for (let i = 0; i < entries.rows; i++) {
    if (entry[i] === i) continue;
    throw new FormatError(
      `${where}: row ${i} has entry ${entry[i]}, expected ${i}: of a part of a sample delete entries.parquet, ` +
        "and the entries are derived from the other tables",
    );
  }
  for (const name of CONTENTS) {
    const first = entries.columns[`${name}_first`];
    const rows = entries.columns[`${name}_rows`];
    let next = 0;
    for (let i = 0; i < entries.rows; i++) {
      if (first[i] !== next || rows[i] < 0) {
        throw new FormatError(
          `${where}: entry ${i} has ${name} rows ${first[i]} + ${rows[i]}, expected them from ${next} on`,
        );
      }
      next += rows[i];
    }
    if (next !== files[name].rows) {
      throw new FormatError(`${files[name].source.name}: ${files[name].rows} rows, entries.parquet has ${next}`);
    }
    checkStatistics(files[name], first);
  }
}

/** Of a table that others wrote: each row must be of the entry that entries.parquet counts it to. */
async function checkKeys(entries: EntriesTable, file: ParquetFile, name: EntryContent): Promise<void> {
  const { entry, event } = ENTRIES;
  const schema: Schema = Object.fromEntries(
    Object.entries({ entry, event }).filter(([column]) => file.columnNames.includes(column)),
  );
  file.missingColumns(schema);
  const rows = entries.columns[`${name}_rows`];
  let i = -1;
  let left = 0;
  for (let group = 0; group < file.groups.length; group++) {
    const table = await file.read(schema, group, group + 1);
    for (let row = 0; row < table.rows; row++, left--) {
      while (left === 0) left = rows[++i];
      for (const column of Object.keys(schema) as ("entry" | "event")[]) {
        const [found, expected] = [table.columns[column][row], entries.columns[column][i]];
        if (found === expected) continue;
        throw new FormatError(
          `${file.source.name}: row ${file.groups[group].first + row} has ${column} ${found}, entries.parquet says ${expected}: ` +
            "keep the rows of all tables in the order of the entries, or delete entries.parquet",
        );
      }
    }
  }
}

/** The smallest and largest entry of each row group must be those of its first and last row. */
function checkStatistics(file: ParquetFile, first: Int32Array): void {
  let entry = 0;
  const entryOf = (row: number): number => {
    while (entry + 1 < first.length && first[entry + 1] <= row) entry++;
    return entry;
  };
  for (const [index, group] of file.groups.entries()) {
    const range = group.rows > 0 ? file.range("entry", index) : undefined;
    if (range === undefined) continue;
    const [min, max] = [entryOf(group.first), entryOf(group.first + group.rows - 1)];
    if (range.min === min && range.max === max) continue;
    throw new FormatError(
      `${file.source.name}: row group ${index} holds entries ${range.min} to ${range.max}, entries.parquet says ${min} to ${max}`,
    );
  }
}

/** Consecutive rows of one file with the same key. */
interface Runs {
  readonly file: ParquetFile;
  readonly keys: bigint[];
  readonly events: bigint[];
  readonly first: number[];
  readonly rows: number[];
}

async function deriveEntries(files: SampleFiles): Promise<EntriesTable> {
  const key = CONTENTS.every((name) => files[name].columnNames.includes("entry")) ? "entry" : "event";
  const gen = await readRuns(files.gen, key);
  const n = gen.keys.length;
  const zeros = (): Int32Array => new Int32Array(n);
  const columns = {
    entry: Int32Array.from({ length: n }, (_, i) => i),
    run: new BigInt64Array(n),
    lumi: new BigInt64Array(n),
    event: BigInt64Array.from(gen.events),
    zside: await endcaps(gen),
    gen_first: Int32Array.from(gen.first),
    gen_rows: Int32Array.from(gen.rows),
    cl3d_first: zeros(),
    cl3d_rows: zeros(),
    tc_first: zeros(),
    tc_rows: zeros(),
  };
  for (const name of ["cl3d", "tc"] as const) {
    const runs = await readRuns(files[name], key);
    const first = columns[`${name}_first`];
    let run = 0;
    for (let i = 0; i < n; i++) {
      first[i] = run < runs.first.length ? runs.first[run] : runs.file.rows;
      if (runs.keys[run] === gen.keys[i]) columns[`${name}_rows`][i] = runs.rows[run++];
    }
    if (run < runs.keys.length) {
      const known = gen.keys.includes(runs.keys[run]);
      const problem = known ? "stands in another order than in" : "is missing in";
      throw new FormatError(`${runs.file.source.name}: ${key} ${runs.keys[run]} ${problem} ${files.gen.source.name}`);
    }
  }
  return { rows: n, columns };
}

async function readRuns(file: ParquetFile, key: "entry" | "event"): Promise<Runs> {
  const schema: Schema = key === "entry" ? { entry: ENTRIES.entry, event: ENTRIES.event } : { event: ENTRIES.event };
  file.missingColumns(schema);
  const runs: Runs = { file, keys: [], events: [], first: [], rows: [] };
  const started = new Map<bigint, number>();
  for (const [group, { first }] of file.groups.entries()) {
    const { rows, columns } = await file.read(schema, group, group + 1);
    const keys = columns[key] as Int32Array | BigInt64Array;
    const events = columns["event"] as BigInt64Array;
    for (let i = 0; i < rows; i++) {
      const value = BigInt(keys[i]);
      if (value === runs.keys.at(-1)) {
        runs.rows[runs.rows.length - 1]++;
        continue;
      }
      const before = started.get(value);
      if (before !== undefined) {
        throw new FormatError(
          `${file.source.name}: the rows of ${key} ${value} are not contiguous (from row ${before} and again from row ${first + i})`,
        );
      }
      started.set(value, first + i);
      runs.keys.push(value);
      runs.events.push(events[i]);
      runs.first.push(first + i);
      runs.rows.push(1);
    }
  }
  return runs;
}

/** +1 or -1 by the sign of gen_eta. */
async function endcaps(gen: Runs): Promise<Int32Array> {
  const { gen_eta: eta } = (await gen.file.read({ gen_eta: GEN.gen_eta })).columns;
  return Int32Array.from(gen.first, (first, i) => {
    const side = eta[first] < 0 ? -1 : 1;
    for (let row = first; row < first + gen.rows[i]; row++) {
      if (eta[row] < 0 === side < 0) continue;
      throw new FormatError(
        `${gen.file.source.name}: event ${gen.events[i]} has particles in both endcaps; such samples need the "entry" columns`,
      );
    }
    return side;
  });
}
