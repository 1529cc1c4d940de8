import { expect, test } from "vitest";
import { FormatError } from "./errors.js";
import { type Fields, isCount, isFlag, isListOf, isRecord, isText, isWith, parseRecord, readFields } from "./fields.js";

interface Told {
  readonly name: string;
  readonly sizes?: readonly number[];
}
const FIELDS: Fields<Told> = {
  name: ["a text", isText, true],
  sizes: ["a list of counts", isListOf(isCount), false],
};
const read = (json: object): Told => readFields("a/b.json", "what it is", json as Record<string, unknown>, FIELDS);

test("members that have a field are there, others are not", () => {
  expect(read({ name: "a", sizes: [1, 2], other: 3 })).toEqual({ name: "a", sizes: [1, 2] });
  expect(Object.keys(read({ name: "a", sizes: undefined }))).toEqual(["name"]);
});

test.each([
  { json: {}, says: 'a/b.json does not say what it is: no "name"' },
  { json: Object.create({ name: "a" }) as object, says: 'a/b.json does not say what it is: no "name"' },
  { json: { name: 3 }, says: 'a/b.json: "name" is 3, expected a text' },
  { json: { name: null }, says: 'a/b.json: "name" is null, expected a text' },
  { json: { name: "a", sizes: [1, -1] }, says: 'a/b.json: "sizes" is [1,-1], expected a list of counts' },
])("one line says what is wrong: $says", ({ json, says }) => {
  expect(() => read(json)).toThrow(new FormatError(says));
});

test.each([
  { name: "a record", is: isRecord, yes: [{}, { a: 1 }], no: [null, [], "a", 1, undefined] },
  { name: "a text", is: isText, yes: ["", "a"], no: [1, null, ["a"]] },
  { name: "true or false", is: isFlag, yes: [true, false], no: [0, "true", null] },
  { name: "a count", is: isCount, yes: [0, 7], no: [-1, 0.5, Number.NaN, Infinity, "1", null] },
  { name: "a list of texts", is: isListOf(isText), yes: [[], ["a"]], no: ["a", [1], ["a", null], {}] },
  { name: "a record with texts", is: isWith(isText, "a", "b"), yes: [{ a: "", b: "" }], no: [{ a: "" }, [], null, { a: 1, b: "" }] }, // prettier-ignore
])("what is $name", ({ is, yes, no }) => {
  expect(yes.map((value) => is(value))).toEqual(yes.map(() => true));
  expect(no.map((value) => is(value))).toEqual(no.map(() => false));
});

test.each([
  { text: "", says: /^run\.json: not JSON \(.+\)$/ },
  { text: '{"a":\u001b[31m', says: /^run\.json: not JSON \([ -~]+\)$/ },
  { text: "[]", says: /^run\.json: expected a JSON object$/ },
  { text: "null", says: /^run\.json: expected a JSON object$/ },
])("the text '$text' is no record", ({ text, says }) => {
  expect(() => parseRecord(text, "run.json")).toThrow(says);
  expect(parseRecord('{"a":[1]}', "run.json")).toEqual({ a: [1] });
});
