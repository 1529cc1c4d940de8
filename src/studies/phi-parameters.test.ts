import { expect, test } from "vitest";
import { parseParameters } from "./phi-parameters.js";

test.each([
  ["0:1:11", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
  ["0.25:0.75:3", [0.25, 0.5, 0.75]],
  ["0.5:1:1", [0.5]],
  ["1:0:1", [1]],
  ["0,0.5,1", [0, 0.5, 1]],
  ["1, 0.25 ,0", [0, 0.25, 1]],
  ["0.3", [0.3]],
])("%s", (text, values) => {
  expect(parseParameters(text)).toEqual(values);
});

test("up to 1000 values", () => {
  expect(parseParameters("0:1:1000")).toHaveLength(1000);
  expect(new Set(parseParameters("0:1:1000")).size).toBe(1000);
});

test.each([
  ["", "not all of it are numbers"],
  ["0,,1", "not all of it are numbers"],
  ["0:x:3", "not all of it are numbers"],
  ["0:1", "2 numbers with colons"],
  ["0:1:2:3", "4 numbers with colons"],
  ["0:1:0", "0 is not a whole number from 1 to 1000"],
  ["0:1:1001", "1001 is not a whole number from 1 to 1000"],
  ["0:1:2.5", "2.5 is not a whole number from 1 to 1000"],
  ["1:0:2", "the first value is not below the last"],
  ["0.5:0.5:2", "the first value is not below the last"],
  ["-0.5,1", "-0.5 is not from 0 to 1"],
  ["0,1.5", "1.5 is not from 0 to 1"],
  ["0.5,0,0.5", "0.5 is given twice"],
])("%j is refused: %s", (text, why) => {
  expect(() => parseParameters(text, "--at")).toThrow(`--at ${text}: ${why}; expected values from 0 to 1`);
});
