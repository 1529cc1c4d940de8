import { expect, test } from "vitest";
import { isMapping, isSection, switchOf } from "./job-keys.js";

test.each<{ value: Parameters<typeof isMapping>[0]; want: boolean }>([
  { value: { a: "1" }, want: true },
  { value: {}, want: true },
  { value: ["1"], want: false },
  { value: "a", want: false },
  { value: null, want: false },
  { value: undefined, want: false },
])("names with values: $value is $want", ({ value, want }) => {
  expect(isMapping(value)).toBe(want);
});

test("names with values are a section, but for those that are the command's arguments and the scheduler's options", () => {
  expect(["photons", "arguments", "options"].map((key) => isSection(key, {}))).toEqual([true, false, false]);
  expect(isSection("photons", "text")).toBe(false);
});

test.each(["true", "Yes", "ON"])("%s is on", (text) => expect(switchOf(text)).toBe(true));
test.each(["false", "No", "OFF"])("%s is off", (text) => expect(switchOf(text)).toBe(false));
test.each(["", "maybe", "yesno", "not"])('"%s" is neither', (text) => expect(switchOf(text)).toBeUndefined());
