/** Columns to the bytes of a Parquet page: reals PLAIN, integers DELTA_BINARY_PACKED, booleans and strings PLAIN. */
import type { Encoding, ParquetType, SchemaElement } from "hyparquet";
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { deltaBinaryPack } from "hyparquet-writer/src/delta.js";
import type { Column, ColumnType } from "../../core/index.js";
import { asNumbers, packInt64 } from "./delta.js";
import { type CodedStrings, codesOf } from "./table-piece.js";

/** How a column type is stored. */
export const STORED: Readonly<Record<ColumnType, { readonly type: ParquetType; readonly encoding: Encoding }>> = {
  int32: { type: "INT32", encoding: "DELTA_BINARY_PACKED" },
  int64: { type: "INT64", encoding: "DELTA_BINARY_PACKED" },
  float: { type: "FLOAT", encoding: "PLAIN" },
  double: { type: "DOUBLE", encoding: "PLAIN" },
  boolean: { type: "BOOLEAN", encoding: "PLAIN" },
  string: { type: "BYTE_ARRAY", encoding: "PLAIN" },
};

/** The schema entry of a REQUIRED column. */
export function schemaElement(name: string, type: ColumnType): SchemaElement {
  const element: SchemaElement = { name, type: STORED[type].type, repetition_type: "REQUIRED" };
  return type === "string" ? { ...element, converted_type: "UTF8", logical_type: { type: "STRING" } } : element;
}

/** Reals of the page that was made last: fresh memory for each would be half of what a writer leaves to be collected. */
let reals = new Float32Array(0);

/**
 * The values of one page, valid until the next one is made. Assumes a little-endian machine, as every one is that runs
 * JavaScript.
 */
export function encodeColumn(type: ColumnType, column: Column | CodedStrings): Uint8Array {
  switch (type) {
    case "int32":
    case "int64":
      return packIntegers(column as Int32Array | BigInt64Array, type);
    case "float":
      if (column.length > reals.length) reals = new Float32Array(2 * column.length);
      reals.set(column as Float64Array);
      return bytesOf(reals.subarray(0, column.length));
    case "double":
      return bytesOf(column as Float64Array);
    case "boolean":
      return packBits(column as Uint8Array);
    case "string":
      return encodeStrings(Array.isArray(column) ? codesOf(column) : (column as CodedStrings));
  }
}

function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function packIntegers(values: Int32Array | BigInt64Array, type: "int32" | "int64"): Uint8Array {
  const numbers = values instanceof BigInt64Array ? asNumbers(values) : undefined;
  if (numbers !== undefined) return packInt64(numbers);
  const writer = new ByteWriter(values.length + 1024);
  deltaBinaryPack(writer, values, type === "int32" ? "INT32" : "INT64");
  return writer.getBytes();
}

function packBits(flags: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(flags.length / 8));
  for (let i = 0; i < flags.length; i++) if (flags[i] !== 0) bytes[i >> 3] |= 1 << (i & 7);
  return bytes;
}

function encodeStrings({ values, codes }: CodedStrings): Uint8Array {
  // With its length in front.
  const encoded = values.map((value) => {
    const text = new TextEncoder().encode(value);
    const bytes = new Uint8Array(4 + text.length);
    new DataView(bytes.buffer).setUint32(0, text.length, true);
    bytes.set(text, 4);
    return bytes;
  });
  let size = 0;
  if (values.length === 1) size = codes.length * encoded[0].length;
  else for (let row = 0; row < codes.length; row++) size += encoded[codes[row]].length;
  const out = new Uint8Array(size);
  if (values.length === 1) {
    // One chain alone: twice as many rows with each copy.
    out.set(encoded[0]);
    for (let done = encoded[0].length; done < size; done *= 2) out.copyWithin(done, 0, Math.min(done, size - done));
    return out;
  }
  let at = 0;
  for (let row = 0; row < codes.length; row++) {
    const bytes = encoded[codes[row]];
    // Names of chains: for so few bytes `set` takes longer.
    for (let i = 0; i < bytes.length; i++) out[at + i] = bytes[i];
    at += bytes.length;
  }
  return out;
}
