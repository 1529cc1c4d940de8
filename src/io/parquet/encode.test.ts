import { expect, test } from "vitest";
import { encodeColumn, schemaElement } from "./encode.js";

const bytes = (type: Parameters<typeof encodeColumn>[0], column: Parameters<typeof encodeColumn>[1]): number[] => [
  ...encodeColumn(type, column),
];

test("pages hold plain values: bits of flags, reals little-endian, texts behind their lengths", () => {
  expect(bytes("boolean", Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 1, 1))).toEqual([0b10000101, 1]);
  expect(bytes("boolean", new Uint8Array(8))).toEqual([0]);
  expect(bytes("float", Float64Array.of(1, -2))).toEqual([0, 0, 128, 63, 0, 0, 0, 192]);
  expect(bytes("double", Float64Array.of(1))).toEqual([0, 0, 0, 0, 0, 0, 240, 63]);
  const [a, empty] = [
    [1, 0, 0, 0, 97],
    [0, 0, 0, 0],
  ];
  expect(bytes("string", ["a", "", "a"])).toEqual([...a, ...empty, ...a]);
  // Equal ones are copied.
  for (const n of [1, 2, 3, 7]) expect(bytes("string", Array.from({ length: n }, () => "a"))).toEqual(Array.from({ length: n }, () => a).flat()); // prettier-ignore
  expect(schemaElement("s", "string")).toMatchObject({ name: "s", type: "BYTE_ARRAY", converted_type: "UTF8" });
});
