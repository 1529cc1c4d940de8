/** Rows on their way from one thread to another: each column owns its memory, so that it can be moved instead of copied. */
import { type Column, createColumn, recordOf, type Schema, type Table } from "../../core/index.js";

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
  const owned = (column: Column | CodedStrings): PieceColumn => {
    if (Array.isArray(column)) return codesOf(column);
    if ("codes" in column) return column;
    return isOwner(column) && !taken.has(column.buffer) ? column : column.slice();
  };
  return {
    rows,
    columns: recordOf(names, (name) => {
      const column = owned(columns[name]);
      taken.add(memoryOf(column).buffer);
      return column;
    }),
  };
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
    columns: recordOf(Object.keys(columns), (name) => partOf(columns[name], start, end)),
  });
  return [part(0, row), part(row, rows)];
}

/** The rows of all pieces as one. */
export function joinPieces(schema: Schema, pieces: readonly TablePiece[]): TablePiece {
  if (pieces.length === 1) return pieces[0];
  const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
  const columns = recordOf(Object.keys(schema), (name): PieceColumn => {
    const { type } = schema[name];
    const parts = pieces.map((piece) => piece.columns[name]);
    return type === "string"
      ? joinCodes(parts as CodedStrings[], rows)
      : joinNumbers(parts as Numbers[], createColumn(type, rows) as Numbers);
  });
  return { rows, columns };
}

/** The same as a table. */
export function toTable<S extends Schema>({ rows, columns }: TablePiece): Table<S> {
  const all = recordOf(Object.keys(columns), (name): Column => {
    const column = columns[name];
    return "codes" in column ? Array.from(column.codes, (code) => column.values[code]) : column;
  });
  return { rows, columns: all as Table<S>["columns"] };
}

function joinNumbers(parts: readonly Numbers[], to: Numbers): Numbers {
  let at = 0;
  for (const part of parts) {
    (to as Float64Array).set(part as Float64Array, at);
    at += part.length;
  }
  return to;
}

function joinCodes(parts: readonly CodedStrings[], rows: number): CodedStrings {
  const values = [...new Set(parts.flatMap((part) => part.values))];
  const codes = values.length <= 256 ? new Uint8Array(rows) : new Uint32Array(rows);
  let at = 0;
  for (const part of parts) {
    const codeOf = part.values.map((value) => values.indexOf(value));
    if (codeOf.every((code, i) => code === i)) codes.set(part.codes, at);
    else for (let i = 0; i < part.length; i++) codes[at + i] = codeOf[part.codes[i]];
    at += part.length;
  }
  return { values, codes, length: rows };
}

export function codesOf(strings: readonly string[]): CodedStrings {
  const known = new Map<string, number>();
  const codes = new Uint32Array(strings.length);
  let last: string | undefined;
  let code = 0;
  for (let i = 0; i < strings.length; i++) {
    // Mostly the one of the row before: asking the map takes ten times as long.
    if (strings[i] !== last) {
      last = strings[i];
      code = known.get(last) ?? known.size;
      if (code === known.size) known.set(last, code);
    }
    codes[i] = code;
  }
  return { values: [...known.keys()], codes: known.size <= 256 ? Uint8Array.from(codes) : codes, length: codes.length };
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
