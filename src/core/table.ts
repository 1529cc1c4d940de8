/**
 * Column tables: a record of equal-length typed arrays plus the number of rows.
 * A schema names the columns and says how they are stored; reals are always float64 in memory.
 */
import { InputError } from "./errors.js";
import { recordOf } from "./record.js";

/** How a column is stored in files. `float` and `double` are both `Float64Array` in memory. */
export type ColumnType = "int32" | "int64" | "float" | "double" | "boolean" | "string";

export interface ColumnSpec {
  readonly type: ColumnType;
  /** Unit as shown to people, "" for numbers without one. */
  readonly unit: string;
  readonly doc: string;
  /** A file may lack the column; the reader derives or defaults it. */
  readonly optional?: true;
}

export type Schema = Readonly<Record<string, ColumnSpec>>;

interface ColumnArrays {
  int32: Int32Array;
  int64: BigInt64Array;
  float: Float64Array;
  double: Float64Array;
  /** 0 or 1. */
  boolean: Uint8Array;
  string: string[];
}

export type Column = ColumnArrays[ColumnType];

/** A table of a schema: `table.columns.tc_x[row]`. */
export interface Table<S extends Schema = Schema> {
  readonly rows: number;
  readonly columns: { readonly [K in keyof S]: ColumnArrays[S[K]["type"]] };
}

/** An empty column of `rows` rows. */
export function createColumn<T extends ColumnType>(type: T, rows: number): ColumnArrays[T] {
  const make: { [K in ColumnType]: () => ColumnArrays[K] } = {
    int32: () => new Int32Array(rows),
    int64: () => new BigInt64Array(rows),
    float: () => new Float64Array(rows),
    double: () => new Float64Array(rows),
    boolean: () => new Uint8Array(rows),
    string: () => Array.from<string>({ length: rows }).fill(""),
  };
  return make[type]();
}

/** A table of `rows` rows, all values zero. */
export function createTable<S extends Schema>(schema: S, rows: number): Table<S> {
  const columns = recordOf(Object.keys(schema), (name): Column => createColumn(schema[name].type, rows));
  return { rows, columns: columns as Table<S>["columns"] };
}

/** Rows [start, end) as views on the same memory (strings are copied). */
export function sliceTable<S extends Schema>(table: Table<S>, start: number, end: number): Table<S> {
  const columns = recordOf(Object.keys(table.columns), (name) => {
    const column: Column = table.columns[name];
    return Array.isArray(column) ? column.slice(start, end) : column.subarray(start, end);
  });
  return { rows: end - start, columns: columns as Table<S>["columns"] };
}

/** Throws unless every column of the schema has `table.rows` rows. */
export function checkTable<S extends Schema>(schema: S, table: Table<S>, what: string): void {
  for (const name of Object.keys(schema)) {
    const column: Column | undefined = table.columns[name];
    if (column === undefined) throw new InputError(`${what}: column "${name}" is missing`);
    if (column.length !== table.rows) {
      throw new InputError(`${what}: column "${name}" has ${column.length} rows, expected ${table.rows}`);
    }
  }
}
