/** Which values a row of parameters takes, and how it says what it expects. */
import { expect, test } from "vitest";
import {
  choice,
  defaultsOf,
  expectedOf,
  flag,
  type ParameterRow,
  quote,
  real,
  reals,
  whole,
  wholes,
  wrongValue,
} from "./parameter.js";

const about = "";
const closed = real(1, { about, min: 0, max: 2 });
const open = real(1, { about, min: 0, max: 2, open: true });
const count = whole(4, { about, min: 1, max: 36 });
const odd = whole(3, { about, min: 1, max: 9, odd: true });
const list = reals([1], { about, min: 0, max: 2, least: 2 });
const odds = wholes([1], { about, min: 1, max: 9, odd: true, least: 0 });
const either = flag(true, { about });
const one = choice("a", ["a", 3], { about });

test.each<{ row: ParameterRow; name: string; right: readonly unknown[]; wrong: readonly unknown[] }>([
  { row: closed, name: "a number from 0 to 2", right: [0, 2, 0.5], wrong: [-0.1, 2.1, Number.NaN, Infinity, "1", undefined, [1]] },
  { row: open, name: "a number above 0, at most 2", right: [2, 1e-9], wrong: [0, 2.1] },
  { row: count, name: "a whole number from 1 to 36", right: [1, 36], wrong: [0, 37, 1.5] },
  { row: odd, name: "a odd whole number from 1 to 9", right: [1, 9], wrong: [2, 8, 10, 1.5] },
  { row: list, name: "a list of numbers from 0 to 2, at least 2", right: [[0, 1], [1, 2, 0.5]], wrong: [[1], [], 1, "1"] },
  { row: odds, name: "a list of odd whole numbers from 1 to 9", right: [[], [1, 3]], wrong: [3] },
  { row: either, name: "true or false", right: [true, false], wrong: [0, "true", null] },
  { row: one, name: "one of a, 3", right: ["a", 3], wrong: ["b", "3", undefined] },
])("$name", ({ row, name, right, wrong }) => {
  expect(expectedOf(row)).toBe(name);
  for (const value of right) expect([value, wrongValue(row, value)]).toEqual([value, null]);
  for (const value of wrong) expect([value, wrongValue(row, value)]).toEqual([value, quote(value)]);
}); // prettier-ignore

test("of a list the first element that is wrong is named, by its number from 1 on", () => {
  expect(wrongValue(list, [0, 3, 5])).toBe("3 as value 2");
  expect(wrongValue(list, [-1, 3])).toBe("-1 as value 1");
  expect(wrongValue(odds, [1, 2.5, 3])).toBe("2.5 as value 2");
  expect(wrongValue(odds, [1, 3, 4])).toBe("4 as value 3");
});

test("defaults have the sections and names of their table", () => {
  expect(defaultsOf({ a: { closed, either }, b: { list } })).toEqual({ a: { closed: 1, either: true }, b: { list: [1] } }); // prettier-ignore
});

test("a value in a message: numbers as they are, texts in quotes, at most 80 characters", () => {
  expect([quote(Number.NaN), quote(-Infinity), quote(10n), quote("a"), quote([1]), quote(undefined), quote(null)]).toEqual(["NaN", "-Infinity", "10", '"a"', "[1]", "nothing", "null"]); // prettier-ignore
  expect(["x".repeat(78), "x".repeat(79)].map((text) => quote(text).length)).toEqual([80, 80]);
  expect(quote("x".repeat(79))).toMatch(/^"x{76}\.\.\.$/);
});
