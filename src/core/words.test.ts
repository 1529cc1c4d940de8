import { expect, test } from "vitest";
import { counted, noun, partsInWords } from "./words.js";

test("one is one, and none or many are many", () => {
  expect([0, 1, 2].map((n) => counted(n, "part"))).toEqual(["0 parts", "1 part", "2 parts"]);
  expect([0, 1, 2].map((n) => counted(n, "entry", "entries"))).toEqual(["0 entries", "1 entry", "2 entries"]);
  expect([1, 2].map((n) => noun(n, "is", "are"))).toEqual(["is", "are"]);
});

test.each([
  [0, 1, "no part is there"],
  [0, 5, "no part is there"],
  [1, 1, "its one part is there"],
  [1, 5, "1 of 5 parts is there"],
  [4, 5, "4 of 5 parts are there"],
  [5, 5, "all 5 parts are there"],
])("%i of %i: %s", (there, all, words) => {
  expect(partsInWords(there, all)).toBe(words);
});
