import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { collect, numberRange, realNumber, wholeNumber } from "./values.js";

const read = (parse: (text: string) => unknown, text: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    return error instanceof InvalidArgumentError ? error.message : error;
  }
};

test("a whole number from least to most, both included; signs are signs", () => {
  const wanted = "expected a whole number from 2 to 4";
  const values = ["1", "2", "4", "5", "+3", "2.5", "", "1e0", " 3"].map((text) => read(wholeNumber(2, 4), text));
  expect(values).toEqual([wanted, 2, 4, wanted, 3, wanted, wanted, wanted, wanted]);
  expect([read(wholeNumber(-1), "-1"), read(wholeNumber(-1), "-2")]).toEqual([-1, "expected a whole number of at least -1"]); // prettier-ignore
});

test("a number is finite, and not nothing", () => {
  expect(["1.5", "-1e3", "", " ", "x", "Infinity", "NaN"].map((text) => read(realNumber, text))).toEqual([
    1.5, -1000, ...Array.from({ length: 5 }, () => "expected a number"),
  ]); // prettier-ignore
});

test("a range is two numbers", () => {
  const wanted = "expected two numbers LO,HI, as in 1.7,2.8";
  expect(["1.7,2.8", "3,-1", "1", "1,2,3", "1,", ",1", "a,1", "1,Infinity"].map((text) => read(numberRange, text))).toEqual([
    [1.7, 2.8], [3, -1], wanted, wanted, wanted, wanted, wanted, wanted,
  ]); // prettier-ignore
});

test("an option that may be repeated keeps what was given before", () => {
  expect(collect("b", ["a"])).toEqual(["a", "b"]);
});
