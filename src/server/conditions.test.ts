import { expect, test } from "vitest";
import { isKnown, parseRange } from "./conditions.js";

test.each([
  { header: "bytes=0-9", range: { start: 0, end: 10 } },
  { header: "bytes=90-99", range: { start: 90, end: 100 } },
  { header: "bytes=90-500", range: { start: 90, end: 100 } },
  { header: "bytes=90-", range: { start: 90, end: 100 } },
  { header: "bytes=5-5", range: { start: 5, end: 6 } },
  { header: "bytes=-10", range: { start: 90, end: 100 } },
  { header: "bytes=-500", range: { start: 0, end: 100 } },
  { header: "bytes=-0", range: "unsatisfiable" },
  { header: "bytes=100-", range: "unsatisfiable" },
  { header: "bytes=99-99", range: { start: 99, end: 100 } },
  { header: "bytes=9-5", range: null },
  { header: "bytes=-", range: null },
  { header: "bytes=1-2,4-5", range: null },
  { header: "lines=1-2", range: null },
  { header: null, range: null },
])("of 100 bytes '$header' is $range", ({ header, range }) => {
  expect(parseRange(header, 100)).toEqual(range);
});

test("of nothing no range can be had", () => {
  expect([parseRange("bytes=0-", 0), parseRange("bytes=-1", 0)]).toEqual(["unsatisfiable", "unsatisfiable"]);
});

test.each([
  { header: '"a"', known: true },
  { header: 'W/"a"', known: true },
  { header: '"b", "a"', known: true },
  { header: '"b,c", W/"a"', known: true },
  { header: " * ", known: true },
  { header: '"b"', known: false },
  { header: "a", known: false },
  { header: '"aa"', known: false },
  { header: "", known: false },
])("who sends $header has the version a: $known", ({ header, known }) => {
  expect(isKnown({ headers: new Headers({ "if-none-match": header }) }, '"a"')).toBe(known);
});

test("who sends nothing has nothing", () => {
  expect(isKnown({ headers: new Headers() }, '"a"')).toBe(false);
});
