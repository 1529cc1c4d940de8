/** A table of a study by point and sample, of which a column is read when a page looks at it: of a million rows each takes megabytes. */
import { type Column, FormatError, type Schema, type Table } from "../../core/index.js";

type Key = { readonly point: Int32Array; readonly sample: Int32Array };

/** Rows of a point and sample. */
export interface Part<N extends string = string> {
  readonly rows: number;
  readonly columns: { readonly [K in N]: ArrayLike<number> };
}

/** The rows [start, end) of each point and sample, which come one after the other. Rows of others are none of the study's. */
export function rangesByPoint(
  { rows, columns: { point, sample } }: { readonly rows: number; readonly columns: Key },
  points: number,
  samples: number,
): (readonly [start: number, end: number])[] {
  const found = Array.from({ length: points * samples }, () => [0, 0] as const as readonly [number, number]);
  for (let start = 0; start < rows;) {
    let end = start + 1;
    while (end < rows && point[end] === point[start] && sample[end] === sample[start]) end++;
    const at = point[start] * samples + sample[start];
    if (at >= 0 && at < found.length) found[at] = [start, end];
    start = end;
  }
  return found;
}

/** The same numbers in less memory: counts are small. */
export function narrowed(column: Column): Column | Int16Array {
  if (!(column instanceof Int32Array)) return column;
  let low = 0;
  let high = 0;
  for (let i = 0; i < column.length; i++) {
    if (column[i] < low) low = column[i];
    if (column[i] > high) high = column[i];
  }
  if (low >= 0 && high < 2 ** 8) return new Uint8Array(column);
  return low >= -(2 ** 15) && high < 2 ** 15 ? new Int16Array(column) : column;
}

export class PointTable<N extends string> {
  readonly #name: string;
  readonly #read: (schema: Schema) => Promise<Table>;
  readonly #schema: Readonly<Record<N, Schema[string]>>;
  readonly #points: number;
  readonly #samples: number;
  /** Of all rows, where each part is; known from the first reading on. */
  #found: { readonly rows: number; readonly ranges: readonly (readonly [number, number])[] } | undefined;
  #parts: readonly Part[] = [];
  readonly #columns = new Map<N, Promise<void>>();

  /** `name`: for messages; `read`: the columns of a schema, of all rows. */
  constructor(
    name: string,
    read: (schema: Schema) => Promise<Table>,
    schema: Readonly<Record<N, Schema[string]>>,
    points: number,
    samples: number,
  ) {
    this.#name = name;
    this.#read = read;
    this.#schema = schema;
    this.#points = points;
    this.#samples = samples;
  }

  /**
   * Those of the first point, sample by sample, then of the second, and so on, with these columns at least: the same objects each time, to
   * which columns come. What could not be read is read again the next time. FormatError for a table that has become another one.
   */
  async parts<K extends N>(names: readonly K[]): Promise<readonly Part<K>[]> {
    const missing = names.filter((name) => !this.#columns.has(name));
    if (missing.length > 0) {
      const reading = this.#add(missing);
      for (const name of missing) this.#columns.set(name, reading);
      reading.catch(() => {
        for (const name of missing) this.#columns.delete(name);
      });
    }
    for (const name of names) await this.#columns.get(name);
    return this.#parts as readonly Part<K>[];
  }

  async #add(names: readonly N[]): Promise<void> {
    const { rows, columns } = await this.#read({
      ...(this.#found === undefined ? { point: INDEX, sample: INDEX } : {}),
      ...Object.fromEntries(names.map((name) => [name, this.#schema[name]])),
    });
    if (this.#found === undefined) {
      const ranges = rangesByPoint({ rows, columns: columns as unknown as Key }, this.#points, this.#samples);
      this.#found = { rows, ranges };
      this.#parts = ranges.map(([start, end]) => ({ rows: end - start, columns: {} }));
    }
    const { ranges, rows: expected } = this.#found;
    if (rows !== expected) {
      throw new FormatError(`${this.#name} has ${rows} rows, and had ${expected}: it was replaced; open it again`);
    }
    for (const name of names) {
      const column = narrowed(columns[name]) as Float64Array;
      for (const [at, [start, end]] of ranges.entries()) {
        (this.#parts[at].columns as Record<string, ArrayLike<number>>)[name] = column.subarray(start, end);
      }
    }
  }
}

const INDEX = { type: "int32", unit: "", doc: "" } as const;
