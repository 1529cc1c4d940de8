/**
 * Column chunks of a Parquet file to typed arrays. Pages as we write them (no nulls; PLAIN or DELTA_BINARY_PACKED) go
 * straight into the array; everything else is decoded by hyparquet and converted value by value.
 */
import type { ColumnMetaData, Encoding, SchemaTree } from "hyparquet";
import { parquetHeader, readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { deltaBinaryUnpack } from "hyparquet/src/delta.js";
import type { Column, ColumnType } from "../../core/index.js";
import { checkChunk } from "./checksum.js";
import type { ParquetCodecs } from "./codecs.js";
import { STORED } from "./encode.js";

/** One column of one row group: its bytes in the file, what the footer says of it, and the schema from the root to it. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly meta: ColumnMetaData;
  readonly path: SchemaTree[];
  readonly rows: number;
  /** Of the table: where the chunk begins. */
  readonly firstRow: number;
}

/** Fills rows [at, at + chunk.rows) of `out`. Throws plain errors that say what is wrong with the chunk. */
export function decodeChunk(chunk: Chunk, type: ColumnType, out: Column, at: number, codecs: ParquetCodecs): void {
  const ours = checkChunk(chunk.bytes, chunk.meta);
  if (!isRequiredAs(chunk, type) || !decodePages(chunk, ours, out, at, codecs)) decodeAny(chunk, type, out, at, codecs);
}

/** Whether the stored values are those of the array: no nulls, no unsigned integers, no decimals. */
function isRequiredAs({ meta, path }: Chunk, type: ColumnType): boolean {
  const {
    repetition_type: repetition,
    converted_type: converted,
    logical_type: logical,
  } = path[path.length - 1].element;
  if (repetition !== "REQUIRED" || meta.dictionary_page_offset) return false;
  if (type === "float" || type === "double") return meta.type === "FLOAT" || meta.type === "DOUBLE";
  if (meta.type !== STORED[type].type) return false;
  if (type === "string") return converted === "UTF8";
  return converted === undefined && logical === undefined;
}

/** Returns false on meeting a page of another kind. A chunk of `ours` is one page, to its last byte. */
function decodePages(
  { bytes, meta, rows }: Chunk,
  ours: boolean,
  out: Column,
  at: number,
  codecs: ParquetCodecs,
): boolean {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let done = 0;
  while (done < rows) {
    const header = parquetHeader(reader);
    const v2 = header.data_page_header_v2;
    const page = v2 ?? header.data_page_header;
    if (page === undefined) return false;
    // Nothing protects the page headers but that they fit the footer.
    if (!meta.encodings.includes(page.encoding)) throw new Error(`a page says it is encoded as ${page.encoding}`);
    const count = page.num_values;
    if (!(count > 0 && done + count <= rows)) throw new Error(`a page says it has ${count} of ${rows} values`);
    const end = reader.offset + header.compressed_page_size;
    if (ours && (count !== rows || end !== bytes.length)) {
      throw new Error(`a page says it ends after ${end} of ${bytes.length} bytes`);
    }
    const body = bytes.subarray(reader.offset, end);
    const codec = v2?.is_compressed === false ? "UNCOMPRESSED" : meta.codec;
    const values = decompressPage(body, header.uncompressed_page_size, codec, codecs.decompress);
    if (!storePage({ bytes: values, type: meta.type, encoding: page.encoding }, out, at + done, count)) return false;
    reader.offset = end;
    done += count;
  }
  return true;
}

interface PageValues {
  readonly bytes: Uint8Array;
  readonly type: ColumnMetaData["type"];
  readonly encoding: Encoding;
}

function storePage({ bytes, type, encoding }: PageValues, out: Column, at: number, count: number): boolean {
  if (encoding === "PLAIN") {
    if (type === "FLOAT") (out as Float64Array).set(new Float32Array(aligned(bytes, 4), 0, count), at);
    else if (type === "DOUBLE") (out as Float64Array).set(new Float64Array(aligned(bytes, 8), 0, count), at);
    else if (type === "INT32") (out as Int32Array).set(new Int32Array(aligned(bytes, 4), 0, count), at);
    else if (type === "INT64") (out as BigInt64Array).set(new BigInt64Array(aligned(bytes, 8), 0, count), at);
    else if (type === "BOOLEAN") unpackBits(bytes, out as Uint8Array, at, count);
    else if (type === "BYTE_ARRAY") decodeStrings(bytes, out as string[], at, count);
    else return false;
    return true;
  }
  if (encoding === "DELTA_BINARY_PACKED" && (out instanceof Int32Array || out instanceof BigInt64Array)) {
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    deltaBinaryUnpack(reader, count, out.subarray(at, at + count));
    return true;
  }
  return false;
}

/** The bytes as a buffer of whole values that starts at 0. */
function aligned(bytes: Uint8Array, width: number): ArrayBuffer {
  const { buffer, byteOffset } = bytes;
  const whole = byteOffset === 0 && buffer instanceof ArrayBuffer && buffer.byteLength % width === 0;
  return whole ? buffer : new Uint8Array(bytes).buffer;
}

function unpackBits(bytes: Uint8Array, out: Uint8Array, at: number, count: number): void {
  if (bytes.length * 8 < count) throw new Error(`${bytes.length} bytes of booleans, expected ${count} bits`);
  for (let i = 0; i < count; i++) out[at + i] = (bytes[i >> 3] >> (i & 7)) & 1;
}

/** Most string columns repeat one value over and over: equal neighbours are decoded once. */
function decodeStrings(bytes: Uint8Array, out: string[], at: number, count: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  let last = "";
  let lastStart = 0;
  let lastLength = 0;
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(offset, true);
    const start = offset + 4;
    offset = start + length;
    if (offset > bytes.length) throw new Error(`a string of ${length} bytes reaches past the end of its page`);
    let same = length === lastLength;
    for (let k = 0; same && k < length; k++) same = bytes[start + k] === bytes[lastStart + k];
    if (!same) {
      last = decoder.decode(bytes.subarray(start, offset));
      lastStart = start;
      lastLength = length;
    }
    out[at + i] = last;
  }
}

function decodeAny(chunk: Chunk, type: ColumnType, out: Column, at: number, codecs: ParquetCodecs): void {
  const { bytes, meta, path, rows, firstRow } = chunk;
  const { data } = readColumn(
    { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 },
    { groupStart: 0, groupRows: rows, selectStart: 0, selectEnd: rows },
    {
      type: meta.type,
      codec: meta.codec,
      pathInSchema: meta.path_in_schema,
      element: path[path.length - 1].element,
      schemaPath: path,
      compressors: codecs.decompress,
      parsers: DEFAULT_PARSERS,
      utf8: true,
    },
  );
  let done = 0;
  for (const values of data) {
    for (let i = 0; i < values.length && done < rows; i++, done++) {
      const value: unknown = values[i];
      if (value === null || value === undefined) {
        // What pandas makes of NaN.
        if (type !== "float" && type !== "double") {
          throw new Error(`row ${firstRow + done} is null: ${type} columns must have a value`);
        }
        out[at + done] = Number.NaN;
        continue;
      }
      out[at + done] = convert(value, type);
    }
  }
  if (done < rows) throw new Error(`${done} values, expected ${rows}`);
}

function convert(value: unknown, type: ColumnType): number | bigint | string {
  if (type === "string") {
    if (typeof value === "string") return value;
  } else if (type === "boolean") {
    if (value === true || value === 1 || value === 1n) return 1;
    if (value === false || value === 0 || value === 0n) return 0;
  } else if (type === "int64") {
    if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
    if (Number.isSafeInteger(value)) return BigInt(value as number);
  } else if (type === "int32") {
    if (typeof value === "number" || typeof value === "bigint") {
      const number = Number(value);
      if (number === (number | 0)) return number;
    }
  } else if (typeof value === "number" || typeof value === "bigint") {
    return Number(value);
  }
  throw new Error(`${String(value)} is no ${type} value`);
}
