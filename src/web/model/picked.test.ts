import { expect, test } from "vitest";
import { ifThere, parsePick } from "./picked.js";

const pickable = { tc: 10, seed: 2, bin: undefined };

test.each([
  ["tc:9", true],
  ["tc:10", false],
  ["tc:99999", false],
  ["seed:1", true],
  ["seed:99", false],
  ["bin:12345", true],
  ["wafer:77", true],
])("of an event with 10 TCs and 2 seeds, %s is there: %s", (text, isThere) => {
  const picked = parsePick(text);
  expect(ifThere(picked, pickable)).toEqual(isThere ? picked : null);
});
