/** Fields of records: big-endian numbers and texts, and the key at the head of each. */
import { expect, test } from "vitest";
import { Cursor, placeName } from "./cursor.js";
import { readKey } from "./key.js";

const of = (...bytes: readonly number[]): Cursor => new Cursor(Uint8Array.from(bytes), "a.root");

test("numbers, the highest byte first; each moves on by its size", () => {
  const cursor = of(255, 1, 2, 255, 254, 0, 0, 1, 2, 255, 255, 255, 254, 0, 0, 0, 3, 128, 0, 0, 5, 9);
  expect([cursor.u8(), cursor.u16(), cursor.i16(), cursor.u32(), cursor.i32(), cursor.u64()]).toEqual([255, 258, -2, 258, -2, 3 * 2 ** 32 + 2 ** 31 + 5]);
  expect([cursor.at, cursor.u8(), cursor.at]).toEqual([21, 9, 22]);
  expect(of(128, 0, 0, 0).u32()).toBe(2 ** 31);
  expect(of(127, 255).i16()).toBe(32767);
}); // prettier-ignore

test("positions up to 2^53 - 1", () => {
  expect(of(0, 31, 255, 255, 255, 255, 255, 255).u64()).toBe(2 ** 53 - 1);
  expect(() => of(0, 32, 0, 0, 0, 0, 0, 0).u64()).toThrow(
    "a.root: position or count 9007199254740992: the file is corrupt",
  );
});

test("texts have a length of one byte, or of four after 255; they are read or passed over", () => {
  const long = Array.from({ length: 300 }, () => 98);
  const bytes = [2, 97, 195, 0, 255, 0, 0, 1, 44, ...long, 1, 99];
  bytes.splice(3, 1, 169, 0);
  bytes[0] = 3;
  const cursor = of(...bytes);
  expect([cursor.string(), cursor.string(), cursor.string(), cursor.string()]).toEqual([
    "aé",
    "",
    "b".repeat(300),
    "c",
  ]);
  const again = of(...bytes);
  expect([again.skipString(), again.skipString(), again.skipString(), again.skipString()]).toEqual([1, 5, 10, 311]);
});

test("beyond the end is an error with its place; to the end is not", () => {
  const cursor = new Cursor(Uint8Array.of(1, 2, 3), () => "b.root", 1);
  expect([cursor.skip(2), cursor.at, placeName(cursor.what), placeName("c")]).toEqual([1, 3, "b.root", "c"]);
  expect(() => cursor.skip(1)).toThrow("b.root: ");
  expect(() => of(1, 2, 3).u32()).toThrow("a.root: ");
  expect(() => of(5, 1).string()).toThrow("a.root: ");
});

test.each([
  { name: "32-bit", version: [0, 4], positions: [0, 0, 1, 0, 0, 0, 0, 9], seek: 256 },
  { name: "64-bit", version: [3, 236], positions: [0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 9], want: 1004, seek: 2 ** 32 + 7 },
])("a key with $name positions", ({ version, positions, want = 4, seek }) => {
  const head = [0, 0, 1, 2, ...version, 0, 0, 3, 4, 0, 0, 0, 0, 0, 60, 255, 255, ...positions];
  const key = readKey(of(...head, 1, 65, 2, 66, 67, 0, 1));
  expect(key).toEqual({ bytes: 258, version: want, objectBytes: 772, keyBytes: 60, cycle: -1, seek, className: "A", name: "BC", title: "" });
}); // prettier-ignore
