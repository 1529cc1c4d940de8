/** Rows on their way from one thread to another: each column owns its memory, so that it can be moved instead of copied. */
import { type Column, createTable, type Schema, type Table } from "../core/index.js";

/** Strings of few different values. Cloning them one by one takes longer than a chain does for its rows. */
export interface CodedStrings {
  readonly values: readonly string[];
  /** Of each row, its index in the values. */
  readonly codes: Uint8Array | Uint32Array;
  /** Number of rows. */
  readonly length: number;
}

type Numbers = Exclude<Column, string[]>;
export type PieceColumn = Numbers | CodedStrings;

export interface TablePiece {
  readonly rows: number;
  readonly columns: Readonly<Record<string, PieceColumn>>;
}

/** The columns of those names as a piece; `taken`: memory that others own already. Columns that own theirs are not copied. */
export function toPiece(
  { rows, columns }: Table | TablePiece,
  names: readonly string[],
  taken = new Set<ArrayBufferLike>(),
): TablePiece {
  const owned: Record<string, PieceColumn> = {};
  for (const name of names) {
    const column: Column | CodedStrings = columns[name];
    if (Array.isArray(column)) owned[name] = codesOf(column);
    else if ("codes" in column) owned[name] = column;
    else owned[name] = isOwner(column) && !taken.has(column.buffer) ? column : column.slice();
    taken.add(memoryOf(owned[name]).buffer);
  }
  return { rows, columns: owned };
}

/** What to move with the piece. */
export function buffersOf(pieces: readonly TablePiece[]): ArrayBuffer[] {
  return pieces.flatMap(({ columns }) =>
    Object.values(columns).map((column) => memoryOf(column).buffer as ArrayBuffer),
  );
}

/** The rows before `row`, and those from it on: two pieces. */
export function splitPiece({ rows, columns }: TablePiece, row: number): [TablePiece, TablePiece] {
  const part = (start: number, end: number): TablePiece => ({
    rows: end - start,
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, partOf(column, start, end)])),
  });
  return [part(0, row), part(row, rows)];
}

/** The rows of all pieces; on the memory of a single one. */
export function joinPieces<S extends Schema>(schema: S, pieces: readonly TablePiece[]): Table<S> {
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
  const table = createTable(pieces.length === 1 ? {} : schema, rows);
  const columns: Record<string, Column> = { ...table.columns };
  for (const [name, { type }] of Object.entries(schema)) {
    if (pieces.length === 1 && type !== "string") {
      columns[name] = pieces[0].columns[name] as Numbers;
      continue;
    }
    const to = (columns[name] ??= Array.from<string>({ length: rows }));
    let at = 0;
    for (const { rows: more, columns: from } of pieces) {
      copyRows(from[name], to, at);
      at += more;
    }
  }
  return { rows, columns: columns as Table<S>["columns"] };
}

function copyRows(from: PieceColumn, to: Column, at: number): void {
  if (!("codes" in from)) (to as Float64Array).set(from as Float64Array, at);
  else for (const [i, code] of from.codes.entries()) to[at + i] = from.values[code];
}

function codesOf(strings: readonly string[]): CodedStrings {
  const known = new Map<string, number>();
  const all = Uint32Array.from(strings, (value) => {
    let code = known.get(value);
    if (code === undefined) known.set(value, (code = known.size));
    return code;
  });
  const codes = known.size <= 256 ? Uint8Array.from(all) : all;
  return { values: [...known.keys()], codes, length: codes.length };
}

function memoryOf(column: PieceColumn): Numbers | Uint32Array {
  return "codes" in column ? column.codes : column;
}

function isOwner({ byteOffset, byteLength, buffer }: Numbers): boolean {
  return byteOffset === 0 && byteLength === buffer.byteLength;
}

function partOf(column: PieceColumn, start: number, end: number): PieceColumn {
  if (!("codes" in column)) return column.slice(start, end);
  return { ...column, codes: column.codes.slice(start, end), length: end - start };
}
