/** Column chunks made by hand: pages one after the other, what their headers may not say, and which stored values fit which type. */
import type { ColumnMetaData, Encoding, ParquetType, SchemaElement } from "hyparquet";
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { deltaBinaryPack } from "hyparquet-writer/src/delta.js";
import { expect, test } from "vitest";
import { type Column, type ColumnType } from "../../core/index.js";
import { chunkChecksum } from "./checksum.js";
import { decodeChunk } from "./decode.js";
import { codecs } from "./parquet.test-data.js";

interface Page {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly encoding?: Encoding;
  readonly kind?: "v1" | "v2" | "dictionary";
}
interface Stored {
  readonly type: ParquetType;
  readonly pages: readonly Page[];
  readonly rows: number;
  readonly element?: Partial<SchemaElement>;
  readonly meta?: Partial<ColumnMetaData>;
  /** Bytes before the chunk in its buffer. */
  readonly shift?: number;
  readonly isOurs?: boolean;
}

const LEVELS = { definition_level_encoding: "RLE", repetition_level_encoding: "RLE" } as const;

/** Decodes to `out` from row `at` on. */
function decode({ type, pages, rows, element, meta, shift = 0, isOurs }: Stored, as: ColumnType, out: Column, at = 0) {
  const writer = new ByteWriter();
  writer.appendBytes(new Uint8Array(shift));
  for (const { count, bytes, encoding = "PLAIN", kind = "v1" } of pages) {
    const sizes = { uncompressed_page_size: bytes.length, compressed_page_size: bytes.length };
    const v2 = { num_nulls: 0, num_rows: count, definition_levels_byte_length: 0, repetition_levels_byte_length: 0, is_compressed: false }; // prettier-ignore
    if (kind === "dictionary")
      writePageHeader(writer, {
        type: "DICTIONARY_PAGE",
        ...sizes,
        dictionary_page_header: { num_values: count, encoding },
      });
    else if (kind === "v2")
      writePageHeader(writer, {
        type: "DATA_PAGE_V2",
        ...sizes,
        data_page_header_v2: { num_values: count, encoding, ...v2 },
      });
    else
      writePageHeader(writer, {
        type: "DATA_PAGE",
        ...sizes,
        data_page_header: { num_values: count, encoding, ...LEVELS },
      });
    writer.appendBytes(bytes);
  }
  const bytes = writer.getBytes().subarray(shift);
  const own: SchemaElement = { name: "x", type, repetition_type: "REQUIRED", ...element };
  const node = { count: 1, path: ["x"], children: [] };
  const checksum = isOurs === true ? { key_value_metadata: [chunkChecksum(bytes)] } : {};
  const of = {
    ...{
      type,
      codec: "UNCOMPRESSED",
      path_in_schema: ["x"],
      encodings: ["PLAIN", "DELTA_BINARY_PACKED"],
      num_values: BigInt(rows),
    },
    ...checksum,
    ...meta,
  } as unknown as ColumnMetaData;
  const path = [
    { ...node, children: [], element: { name: "root", num_children: 1 } },
    { ...node, element: own },
  ];
  decodeChunk({ bytes, meta: of, path, rows, firstRow: 100 }, as, out, at, codecs);
  return out;
}

const raw = (values: { readonly buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(values.buffer);
const text = (...words: readonly string[]): Uint8Array =>
  Uint8Array.from(
    words.flatMap((word) => [new TextEncoder().encode(word).length, 0, 0, 0, ...new TextEncoder().encode(word)]),
  );
const packed = (values: readonly (number | bigint)[], type: "INT32" | "INT64"): Uint8Array => {
  const writer = new ByteWriter();
  deltaBinaryPack(writer, [...values], type);
  return writer.getBytes();
};
const DELTA = { encoding: "DELTA_BINARY_PACKED" } as const;

// Two pages of 2 and 3 values each, from row 1 on of 7.
test.each<{
  name: string;
  type: ParquetType;
  as: ColumnType;
  pages: readonly Page[];
  out: Column;
  want: Column;
  element?: Partial<SchemaElement>;
}>([
  {
    name: "float",
    type: "FLOAT",
    as: "float",
    pages: [
      { count: 2, bytes: raw(Float32Array.of(1.5, 2.5)) },
      { count: 3, bytes: raw(Float32Array.of(3.5, 4.5, 5.5)) },
    ],
    out: new Float64Array(7).fill(-9),
    want: Float64Array.of(-9, 1.5, 2.5, 3.5, 4.5, 5.5, -9),
  },
  {
    name: "float as double",
    type: "FLOAT",
    as: "double",
    pages: [
      { count: 2, bytes: raw(Float32Array.of(1.5, 2.5)) },
      { count: 3, bytes: raw(Float32Array.of(3.5, 4.5, 5.5)) },
    ],
    out: new Float64Array(7),
    want: Float64Array.of(0, 1.5, 2.5, 3.5, 4.5, 5.5, 0),
  },
  {
    name: "double as float",
    type: "DOUBLE",
    as: "float",
    pages: [
      { count: 2, bytes: raw(Float64Array.of(0.1, 0.2)) },
      { count: 3, bytes: raw(Float64Array.of(0.3, 0.4, 0.5)) },
    ],
    out: new Float64Array(7),
    want: Float64Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0),
  },
  {
    name: "int32",
    type: "INT32",
    as: "int32",
    pages: [
      { count: 2, bytes: raw(Int32Array.of(1, -2)) },
      { count: 3, bytes: packed([3, -4, 5], "INT32"), ...DELTA },
    ],
    out: new Int32Array(7),
    want: Int32Array.of(0, 1, -2, 3, -4, 5, 0),
  },
  {
    name: "int64",
    type: "INT64",
    as: "int64",
    pages: [
      { count: 2, bytes: packed([1n, -2n], "INT64"), ...DELTA },
      { count: 3, bytes: raw(BigInt64Array.of(3n, -(2n ** 63n), 5n)) },
    ],
    out: new BigInt64Array(7),
    want: BigInt64Array.of(0n, 1n, -2n, 3n, -(2n ** 63n), 5n, 0n),
  },
  {
    name: "boolean",
    type: "BOOLEAN",
    as: "boolean",
    pages: [
      { count: 2, bytes: Uint8Array.of(0b10) },
      { count: 3, bytes: Uint8Array.of(0b101) },
    ],
    out: new Uint8Array(7).fill(7),
    want: Uint8Array.of(7, 0, 1, 1, 0, 1, 7),
  },
  {
    name: "string",
    type: "BYTE_ARRAY",
    as: "string",
    element: { converted_type: "UTF8" },
    pages: [
      { count: 2, bytes: text("default", "default") },
      { count: 3, bytes: text("defaulu", "", "é") },
    ],
    out: Array<string>(7).fill("-"),
    want: ["-", "default", "default", "defaulu", "", "é", "-"],
  },
])(
  "$name: pages one after the other, wherever they begin in memory, in both versions of their header",
  ({ type, as, pages, out, want, element }) => {
    const rows = 5;
    const of = { type, pages, rows, ...(element && { element }) };
    const shifts = [0, 1, 4].map((shift) => decode({ ...of, shift }, as, structuredClone(out), 1));
    const v2 = pages.map((page) => ({ ...page, kind: "v2" as const }));
    for (const found of [
      ...shifts,
      decode({ ...of, pages: v2, meta: { codec: "SNAPPY" } }, as, structuredClone(out), 1),
    ])
      expect(found).toEqual(want);
    // What may be null, or has a dictionary for other pages, or another meaning, is read value by value; here it is the same values.
    if (as === "string") return;
    const optional = {
      ...of,
      element: { ...element, repetition_type: "REQUIRED", logical_type: { type: "NULL" } } as const,
    };
    expect(decode(optional, as, structuredClone(out), 1)).toEqual(want);
  },
);

test("booleans: eight of them a byte, the lowest bit first", () => {
  const of = (bytes: readonly number[], rows: number): Stored => ({
    type: "BOOLEAN",
    rows,
    pages: [{ count: rows, bytes: Uint8Array.from(bytes) }],
  });
  expect(decode(of([0b10000001, 0b10], 10), "boolean", new Uint8Array(10))).toEqual(
    Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 0, 1),
  );
  expect(decode(of([0xff], 8), "boolean", new Uint8Array(8))).toEqual(new Uint8Array(8).fill(1));
  expect(() => decode(of([0xff], 9), "boolean", new Uint8Array(9))).toThrow("1 bytes of booleans, expected 9 bits");
});

test("strings: an equal neighbour is told from one of the same length, or of the same beginning", () => {
  const words = ["", "abc", "a\0\0", "a", "a", "b", "ab", "ab", "ac", "bc", "", "", "abc", "ab"];
  const of = { type: "BYTE_ARRAY", rows: words.length, element: { converted_type: "UTF8" } } as const;
  const bytes = text(...words);
  expect(decode({ ...of, pages: [{ count: words.length, bytes }] }, "string", Array<string>(words.length))).toEqual(
    words,
  );
  const short = { ...of, pages: [{ count: words.length, bytes: bytes.subarray(0, -1) }] };
  expect(() => decode(short, "string", Array<string>(words.length))).toThrow(
    "a string of 2 bytes reaches past the end of its page",
  );
});

const page = (count: number, values: number, encoding: Encoding = "PLAIN"): Page => ({
  count,
  encoding,
  bytes: raw(new Int32Array(values)),
});
test.each<{ name: string; pages: readonly Page[]; isOurs?: boolean; message: string | RegExp }>([
  { name: "an encoding that the footer does not name", pages: [page(3, 3, "BYTE_STREAM_SPLIT")], message: "a page says it is encoded as BYTE_STREAM_SPLIT" },
  { name: "no values", pages: [page(0, 0), page(3, 3)], message: "a page says it has 0 of 3 values" },
  { name: "more values than rows", pages: [page(4, 4)], message: "a page says it has 4 of 3 values" },
  { name: "more values than are left", pages: [page(2, 2), page(2, 2)], message: "a page says it has 2 of 3 values" },
  { name: "of ours two pages", pages: [page(2, 2), page(1, 1)], isOurs: true, message: /^a page says it ends after \d+ of \d+ bytes$/ },
  { name: "of ours bytes behind the page", pages: [page(3, 3), page(1, 1)], isOurs: true, message: /^a page says it ends after \d+ of \d+ bytes$/ },
])("a page header is not believed: $name", ({ pages, isOurs = false, message }) => {
  expect(() => decode({ type: "INT32", rows: 3, pages, isOurs }, "int32", new Int32Array(3))).toThrow(message);
}); // prettier-ignore

test("one page to the last byte is as we write them; pages behind the last row are not looked at in others'", () => {
  const of = { type: "INT32", rows: 3 } as const;
  const one = { count: 3, bytes: raw(Int32Array.of(4, 5, 6)) };
  expect(decode({ ...of, pages: [one], isOurs: true }, "int32", new Int32Array(3))).toEqual(Int32Array.of(4, 5, 6));
  expect(decode({ ...of, pages: [one, page(1, 1)] }, "int32", new Int32Array(3))).toEqual(Int32Array.of(4, 5, 6));
  const wrong = { key_value_metadata: [{ key: "checksum", value: "00000001" }] };
  expect(() => decode({ ...of, pages: [one], meta: wrong }, "int32", new Int32Array(3))).toThrow(
    "its checksum is not the one",
  );
});

/** Stored as it is written here, but for a mark that makes every value looked at. */
const MARK = { logical_type: { type: "NULL" } } as const;
const int64 = (...values: readonly bigint[]): Stored => ({
  type: "INT64",
  rows: values.length,
  element: MARK,
  pages: [{ count: values.length, bytes: raw(BigInt64Array.from(values)) }],
});
const int32 = (...values: readonly number[]): Stored => ({
  type: "INT32",
  rows: values.length,
  element: MARK,
  pages: [{ count: values.length, bytes: raw(Int32Array.from(values)) }],
});

test("values of another type are taken when they are the same number", () => {
  const ends = [2n ** 31n - 1n, -(2n ** 31n), 0n];
  expect(decode(int64(...ends), "int32", new Int32Array(3))).toEqual(Int32Array.from(ends, Number));
  expect(decode(int32(7, -8), "int64", new BigInt64Array(2))).toEqual(BigInt64Array.of(7n, -8n));
  expect(decode(int64(2n ** 60n, -3n), "double", new Float64Array(2))).toEqual(Float64Array.of(2 ** 60, -3));
  expect(decode(int32(4, -5), "float", new Float64Array(2))).toEqual(Float64Array.of(4, -5));
  expect(decode(int32(1, 0, 1), "boolean", new Uint8Array(3).fill(9))).toEqual(Uint8Array.of(1, 0, 1));
  expect(decode(int64(0n, 1n), "boolean", new Uint8Array(2).fill(9))).toEqual(Uint8Array.of(0, 1));
});

test.each<[string, Stored, ColumnType, Column, string]>([
  ["an integer above int32", int64(2n ** 31n), "int32", new Int32Array(1), "2147483648 is no int32 value"],
  ["an integer below int32", int64(-(2n ** 31n) - 1n), "int32", new Int32Array(1), "-2147483649 is no int32 value"],
  ["a whole turn of int32", int64(2n ** 32n), "int32", new Int32Array(1), "4294967296 is no int32 value"],
  ["2 as a boolean", int32(2), "boolean", new Uint8Array(1), "2 is no boolean value"],
  ["-1 as a boolean", int64(-1n), "boolean", new Uint8Array(1), "-1 is no boolean value"],
  ["a number as a string", int32(1), "string", [""], "1 is no string value"],
])("refused: %s", (_, stored, as, out, message) => {
  expect(() => decode(stored, as, out)).toThrow(message);
});

test("where values may be missing, a real that is null is NaN, and another null is an error with its row", () => {
  // Definition levels 1, 0, 1 as runs of one: [length of 4 bytes] (1 << 1) level ...
  const levels = [6, 0, 0, 0, 2, 1, 2, 0, 2, 1];
  const of = (type: ParquetType, values: Uint8Array): Stored => ({
    ...{ type, rows: 3, element: { repetition_type: "OPTIONAL" }, meta: { encodings: ["PLAIN", "RLE"] } },
    pages: [{ count: 3, bytes: Uint8Array.of(...levels, ...values) }],
  });
  const reals = of("DOUBLE", raw(Float64Array.of(1.5, 2.5)));
  expect(decode(reals, "double", new Float64Array(4).fill(-9), 1)).toEqual(Float64Array.of(-9, 1.5, Number.NaN, 2.5));
  expect(decode(reals, "float", new Float64Array(3))).toEqual(Float64Array.of(1.5, Number.NaN, 2.5));
  const integers = of("INT32", raw(Int32Array.of(1, 2)));
  expect(() => decode(integers, "int32", new Int32Array(3))).toThrow(
    "row 101 is null: int32 columns must have a value",
  );
});

test("fewer values than rows", () => {
  expect(() => decode({ ...int32(1, 2), rows: 3 }, "int32", new Int32Array(3))).toThrow(/expected 3|values/);
});

test.each<[ParquetType, ColumnType, Column, Partial<SchemaElement>, boolean]>([
  ["FLOAT", "float", new Float64Array(1), {}, true],
  ["FLOAT", "double", new Float64Array(1), {}, true],
  ["DOUBLE", "float", new Float64Array(1), {}, true],
  ["DOUBLE", "double", new Float64Array(1), {}, true],
  ["INT32", "int32", new Int32Array(1), {}, true],
  ["INT64", "int64", new BigInt64Array(1), {}, true],
  ["BOOLEAN", "boolean", new Uint8Array(1), {}, true],
  ["BYTE_ARRAY", "string", [""], { converted_type: "UTF8" }, true],
  ["INT32", "double", new Float64Array(1), {}, false],
  ["INT32", "int64", new BigInt64Array(1), {}, false],
  ["INT32", "boolean", new Uint8Array(1), {}, false],
  ["INT32", "int32", new Int32Array(1), { converted_type: "INT_32" }, false],
  ["INT64", "int64", new BigInt64Array(1), MARK, false],
])("%s as %s goes straight into the array, unless values may need a look", (type, as, out, element, isStraight) => {
  // What only the straight way asks: whether the footer names the encoding.
  const one = decode.bind(undefined, {
    type,
    rows: 1,
    element,
    pages: [{ count: 1, bytes: new Uint8Array(8) }],
    meta: { encodings: [] },
  });
  if (isStraight) expect(() => one(as, out)).toThrow("a page says it is encoded as PLAIN");
  else expect(one(as, out)).toHaveLength(1);
});

test("other encodings and unsigned integers are read value by value; no row is written behind the last", () => {
  const of: Pick<Stored, "rows" | "meta"> = { rows: 2, meta: { encodings: ["BYTE_STREAM_SPLIT", "PLAIN"] } };
  // The first bytes of both values, then the second ones.
  const split = { count: 2, bytes: Uint8Array.of(1, 2, 0, 1, 0, 0, 0, 0), encoding: "BYTE_STREAM_SPLIT" } as const;
  expect(decode({ type: "INT32", pages: [split], ...of }, "int32", new Int32Array(2))).toEqual(Int32Array.of(1, 258));
  const minus = { count: 2, bytes: raw(Int32Array.of(-1, 7)) };
  const unsigned = { type: "INT32", pages: [minus], element: { converted_type: "UINT_32" }, ...of } as const;
  expect(decode(unsigned, "double", new Float64Array(2))).toEqual(Float64Array.of(2 ** 32 - 1, 7));
  expect(() => decode(unsigned, "int32", new Int32Array(2))).toThrow("4294967295 is no int32 value");
  expect(decode({ ...int32(4, 5, 6), rows: 2 }, "int32", new Int32Array(4))).toEqual(Int32Array.of(4, 5, 0, 0));
});
