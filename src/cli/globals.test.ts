/** Results as people and programs read them. */
import { expect, test } from "vitest";
import { formatTable, report, short } from "./globals.js";
import { createIo } from "./io.js";

test("numbers have three digits, small ones an exponent, large ones groups of three", () => {
  const cases: [number, string][] = [
    [0, "0"], [1, "1"], [0.001, "0.001"], [0.0009994, "1.0e-3"], [-0.00012345, "-1.2e-4"], [999.6, "1000"],
    [1000, "1,000"], [-1234567.8, "-1,234,568"], [12.345, "12.3"], [Number.NaN, "-"], [Infinity, "-"],
  ]; // prettier-ignore
  expect(cases.map(([value]) => [value, short(value)])).toEqual(cases);
});

test("columns are as wide as their widest cell; those of numbers stand at the right", () => {
  expect(formatTable(["name", "n", "x"], [["a", "7", ""], ["longer", "1,234", "b"], ["c", "-1", "10"]])).toEqual([
    "name        n  x",
    "------  -----  --",
    "a           7",
    "longer  1,234  b",
    "c          -1  10",
  ]);
  expect(formatTable(["one"], [])).toEqual(["one", "---"]);
}); // prettier-ignore

test("with --json the result, integers of 64 bits with all their digits; else the lines", () => {
  const said = (json: boolean | undefined): string => {
    let text = "";
    const io = createIo({ stdout: { write: (more) => (text += more) }, stderr: { write: () => true } });
    report(io, json === undefined ? {} : { json }, { event: 2n ** 60n, below: -1n, text: "5" }, ["one", "two"]);
    return text;
  };
  expect(said(true)).toBe('{\n  "event": 1152921504606846976,\n  "below": -1,\n  "text": "5"\n}\n');
  expect([said(false), said(undefined)]).toEqual(["one\ntwo\n", "one\ntwo\n"]);
});
