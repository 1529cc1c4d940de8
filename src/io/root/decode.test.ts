import { expect, test } from "vitest";
import { type RootColumn } from "./column.js";
import { createDecoder } from "./decode.js";
import { type Item, type Layout } from "./layout.js";

const float: Item = { kind: "scalar", scalar: "float" };
const vector: Layout = { kind: "list", item: float };
const nested: Layout = { kind: "list", item: { kind: "list", item: { kind: "scalar", scalar: "int8" } } };
const strings: Layout = { kind: "list", item: { kind: "string" } };

/** A streamed container: byte count, version 9, number of items, their bytes. */
function container(items: number, bytes: readonly number[], { size = 6 + bytes.length, version = 9 } = {}): number[] {
  return [0x40, 0, 0, size, version >> 8, version & 0xff, 0, 0, 0, items, ...bytes];
}

/** Decodes a basket of these entries. */
function decode(layout: Layout, entries: readonly (readonly number[])[], from = 0, to = entries.length): RootColumn {
  let end = 0;
  const offsets = Int32Array.from([0, ...entries.map((entry) => (end += entry.length))]);
  const basket = { first: 0, entries: entries.length, bytes: Uint8Array.from(entries.flat()), offsets };
  const decoder = createDecoder(layout, { what: "a.root: branch" });
  decoder.start(to - from, 0);
  decoder.add({ basket, from, to });
  return decoder.finish();
}

test("some entries of a basket", () => {
  const one = [0x3f, 0x80, 0, 0];
  const two = [0x40, 0, 0, 0];
  const entries = [container(1, one), container(0, []), container(2, [...one, ...two]), container(1, two)];
  expect(decode(vector, entries, 1, 3)).toEqual({
    values: Float32Array.of(1, 2),
    length: 1,
    offsets: Int32Array.of(0, 0, 2),
  });
});

test("containers in containers, with an offset for every level", () => {
  const entries = [container(2, [0, 0, 0, 1, 7, 0, 0, 0, 0]), container(0, []), container(1, [0, 0, 0, 2, 8, 255])];
  expect(decode(nested, entries)).toEqual({
    values: Int8Array.of(7, 8, -1),
    length: 1,
    offsets: Int32Array.of(0, 2, 2, 3),
    inner: [Int32Array.of(0, 1, 1, 3)],
  });
});

test.each<[string, Layout, number[], string]>([
  [
    "another byte count",
    vector,
    container(1, [0, 0, 0, 0], { size: 11 }),
    "an entry of 14 bytes is not a container of the size it says",
  ],
  ["less than a header", vector, [0x40, 0, 0, 2, 0, 9], "an entry of 6 bytes is not a container of the size it says"],
  ["another number of items", vector, container(2, [0, 0, 0, 0]), "an entry of 14 bytes with 2 items of 4 bytes"],
  [
    "members one by one",
    vector,
    container(0, [], { version: 0x4009 }),
    "a container streamed member by member cannot be decoded",
  ],
  ["bytes after its items", nested, container(1, [0, 0, 0, 0, 5]), "1 bytes are left after an entry of 9"],
  ["items beyond its end", nested, container(1, [0, 0, 0, 9, 5]), "9 bytes are needed, an entry has 1 left"],
  ["a string beyond its end", strings, container(1, [3, 97, 98]), "3 bytes are needed, an entry has 2 left"],
  [
    "half a value",
    { kind: "counted", scalar: "int32", length: 1, skip: 0 },
    [1, 2, 3, 4, 5, 6],
    "an entry of 6 bytes, expected a multiple of 4",
  ],
  [
    "fixed values of another size",
    { kind: "fixed", scalar: "double", length: 1 },
    [0, 0, 0, 1],
    "1 entries in 4 bytes, expected 8 each",
  ],
  ["no data", { kind: "parent" }, [], "a.root: branch holds no data itself: read the branches below it"],
])("an entry with %s is an error", (_, layout, entry, message) => {
  expect(() => decode(layout, [entry])).toThrow(message);
});

test("arrays of pairs: an item is two numbers, as many of them as the bytes hold", () => {
  const pairs: Layout = { kind: "counted", scalar: "int8", length: 2, skip: 0 };
  expect(decode(pairs, [[1, 2, 3, 4], [], [5, 6]])).toMatchObject({
    values: Int8Array.of(1, 2, 3, 4, 5, 6),
    offsets: Int32Array.of(0, 2, 2, 3),
    length: 2,
  });
  expect(() => decode(pairs, [[1, 2, 3]])).toThrow("an entry of 3 bytes, expected a multiple of 2");
  // A flag in front of each entry is not of it.
  expect(decode({ ...pairs, skip: 1 }, [[1, 7, 8], [1]])).toMatchObject({ offsets: Int32Array.of(0, 1, 1) });
  expect(() => decode({ ...pairs, skip: 1 }, [[1, 7]])).toThrow("an entry of 2 bytes, expected a multiple of 2");
  const list: Layout = { kind: "list", item: { kind: "scalar", scalar: "int16" } };
  expect(decode(list, [container(2, [0, 1, 255, 255])]).values).toEqual(Int16Array.of(1, -1));
});
