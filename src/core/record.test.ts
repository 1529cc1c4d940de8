import { expect, test } from "vitest";
import { recordOf } from "./record.js";

test.each([[[]], [["a"]], [["b", "a"]], [["a", 'with "quotes"', "with\nlines", "__proto__", ""]]])(
  "%j: a record has its keys in their order, each with its value",
  (names) => {
    const record = recordOf(names, (name, i) => `${name}${i}`);
    expect(Object.entries(record)).toEqual(names.map((name, i) => [name, `${name}${i}`]));
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  },
);

test("names that others would join to the same text are other records", () => {
  expect(Object.keys(recordOf(["a", "b"], () => 0))).toEqual(["a", "b"]);
  expect(Object.keys(recordOf(["a\nb"], () => 0))).toEqual(["a\nb"]);
});

test("what a record has not is behind it, and records of the same names can have other things behind them", () => {
  const [one, two] = [{ b: 1 }, { b: 2 }].map((behind) => recordOf(["a"], () => 0, behind) as Record<string, number>);
  expect([one["b"], two["b"], Object.keys(two), recordOf(["a"], () => 0)]).toEqual([1, 2, ["a"], { a: 0 }]);
});
