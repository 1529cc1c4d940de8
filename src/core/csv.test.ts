import { expect, test } from "vitest";
import { csvField, csvLine, csvNumber } from "./csv.js";
import { shortNumber } from "./numbers.js";
import { printable } from "./printable.js";

test("fields: nothing, numbers with all their digits, texts in quotes where they need them", () => {
  expect([undefined, 0.1 + 0.2, -0, 5n, true, false, Number.NaN].map(csvField)).toEqual(["", "0.30000000000000004", "0", "5", "true", "false", ""]); // prettier-ignore
  expect([csvNumber(Infinity), csvNumber(-Infinity)]).toEqual(["inf", "-inf"]);
  expect(["a b", "a,b", 'a"b', "a\\nb", "a\nb", "a\rb", ""].map(csvField)).toEqual(["a b", '"a,b"', '"a""b"', "a\\nb", '"a\nb"', '"a\rb"', ""]); // prettier-ignore
  expect(csvLine(["a", 1, undefined, "x,y"])).toBe('a,1,,"x,y"\n');
});

test("short numbers have no zeros behind, and as many digits as asked for", () => {
  expect([0.125, 3, 1.5e-7, 1234, 0.1 + 0.2].map((value) => shortNumber(value))).toEqual(["0.125", "3", "1.5e-7", "1230", "0.3"]); // prettier-ignore
  expect(shortNumber(Math.PI, 5)).toBe("3.1416");
});

test("nothing in a text acts on a terminal", () => {
  expect(printable("é π 1\n2\t\r")).toBe("é π 1\\n2\\t\\r");
  expect(printable("\u001b[31m\u0085\u202e\ud800x")).toBe("\\u001b[31m\\u0085\\u202e\\ud800x");
});
