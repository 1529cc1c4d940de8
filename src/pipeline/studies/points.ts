/** The tables that studies of points share: the figures of each point and the rows of its particles. */
import { type Column, recordOf, type Schema, type Table, TableBuilder } from "../../core/index.js";
import { type Run, type RunWriter } from "../../io/index.js";
import {
  type Bin,
  BY_COLUMNS,
  type BinColumns,
  FigureBuilder,
  type Figures,
  FIGURES,
  PART_EVENTS,
} from "../../studies/index.js";
import { type FinishedPart, type Schemas } from "./spec.js";

/** The points of a study: its own columns first, then the bins if there are any, then the figures. */
export function pointsSchema(own: Schema, hasBins: boolean): Schema {
  return { ...own, ...(hasBins ? BY_COLUMNS : {}), ...FIGURES };
}

export type Row = Readonly<Record<string, number | string>>;

export interface CombineOptions {
  /** Own columns of the points. */
  readonly own: Schema;
  readonly bins: readonly Bin[];
  /** Values of the own columns of a part. */
  keysOf(part: FinishedPart): Row;
  /** Columns of the rows of the particles that are written to `events` too; absent: none are. */
  readonly events?: Schema;
}

/**
 * Writes `points`, and `events`, from the parts' tables of particles, one part in memory after another. Returns the rows of
 * points: of all particles, without those of bins.
 */
export async function combinePoints(
  parts: readonly FinishedPart[],
  writer: RunWriter<Schemas>,
  { own, bins, keysOf, events: columns }: CombineOptions,
  onPart: (done: number) => void,
): Promise<Row[]> {
  const points = new TableBuilder(pointsSchema(own, bins.length > 0));
  const rows: Row[] = [];
  for (const [i, part] of parts.entries()) {
    const figures = await figuresOf(part.run, bins, { ...PART_EVENTS, ...columns }, async (events) => {
      if (columns !== undefined) await writer.append("events", picked(columns, events));
    });
    const ofPart = figures.map((each): Row => ({ ...keysOf(part), ...each }));
    for (const row of ofPart) addRow(points, row);
    rows.push(ofPart[0]);
    onPart(i + 1);
  }
  await writer.append("points", points.finish());
  return rows;
}

/**
 * The figures of a part from its rows of particles: of all, then of each bin. `take` gets the rows as well, group by group,
 * with all columns of `schema`.
 */
export async function figuresOf<S extends typeof PART_EVENTS & Schema>(
  run: Run,
  bins: readonly Bin[],
  schema: S,
  take: (events: Table<S>) => Promise<void>,
): Promise<(Figures & BinColumns)[]> {
  const builders = [new FigureBuilder(), ...bins.map((bin) => new FigureBuilder(bin))];
  await eachGroup(run, "events", schema, async (events) => {
    for (const builder of builders) builder.add(events);
    await take(events);
  });
  return builders.map((builder) => builder.finish());
}

/** A table of a run or part, row group by row group. */
export async function eachGroup<S extends Schema>(
  run: Run,
  name: string,
  schema: S,
  take: (table: Table<S>, isAll: boolean) => Promise<void>,
): Promise<void> {
  const file = await run.openTable(name);
  const { length } = file.groups;
  try {
    for (let group = 0; group < length; group++) await take(await file.read(schema, group, group + 1), length === 1);
  } finally {
    await file.close();
  }
}

/** Row groups of so many rows go from a part to its study as they are. Smaller ones are gathered: a row group for each few rows is slow to read. */
const WHOLE_ROWS = 1024;

/** The rows of a table of a part that was verified, to the one of the study, with the number that its point has there: it may have been computed when the study had other points. */
export async function copyGroups(
  { run, point }: FinishedPart,
  name: string,
  schema: Schema,
  writer: RunWriter<Schemas>,
): Promise<void> {
  const file = await run.openTable(name);
  try {
    for (const [group, { rows }] of file.groups.entries()) {
      const points = new Int32Array(rows).fill(point);
      if (rows >= WHOLE_ROWS) {
        await writer.appendPages(name, rows, await file.storedPages(schema, group), { point: points });
      } else {
        const { columns } = await file.read(schema, group, group + 1);
        await writer.append(name, { rows, columns: { ...columns, point: points } });
      }
    }
  } finally {
    await file.close();
  }
}

/** Some columns of a table, on the same memory. */
export function picked<S extends Schema>(schema: S, { rows, columns }: Table): Table<S> {
  const kept = recordOf(Object.keys(schema), (name) => columns[name]);
  return { rows, columns: kept as unknown as Table<S>["columns"] };
}

/** A row of values by column. */
export function addRow(builder: TableBuilder<Schema>, row: Row): void {
  const at = builder.add(1);
  for (const [name, { type }] of Object.entries(builder.schema)) {
    const column: Column = builder.columns[name];
    column[at] = type === "int64" ? BigInt(row[name]) : row[name];
  }
}
