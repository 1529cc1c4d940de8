import { expect, test } from "vitest";
import { createTable, InputError } from "../core/index.js";
import { ENTRIES } from "./tables.js";
import { findEvents, parseEventName } from "./event-names.js";

/** Entries with these run, lumi, event and endcap. */
function entriesOf(rows: readonly (readonly [bigint, bigint, bigint, number])[]) {
  const entries = createTable(ENTRIES, rows.length);
  for (const [i, [run, lumi, event, zside]] of rows.entries()) {
    entries.columns.entry[i] = i;
    [entries.columns.run[i], entries.columns.lumi[i], entries.columns.event[i]] = [run, lumi, event];
    entries.columns.zside[i] = zside;
  }
  return entries;
}

const LARGE = 2n ** 53n;
const entries = entriesOf([
  [1n, 1n, 7n, 1],
  [1n, 1n, 7n, -1],
  [1n, 2n, 7n, 1],
  [1n, 2n, LARGE, 1],
  [1n, 2n, LARGE + 1n, 1],
  [2n, 1n, -5n, -1],
]);

test.each([
  { name: "both endcaps of every event of the number, which is said", names: ["7"], want: [0, 1, 2], notes: 1 },
  { name: "both endcaps of the one event", names: ["1:1:7"], want: [0, 1], notes: 0 },
  { name: "numbers that doubles do not tell apart", names: [String(LARGE + 1n)], want: [4], notes: 0 },
  { name: "negative numbers", names: ["-5", "1:2:7"], want: [2, 5], notes: 0 },
])("$name", ({ names, want, notes }) => {
  const found = findEvents("sample", entries, names);
  expect([...Array(entries.rows).keys()].filter(found.has)).toEqual(want);
  expect(found.notes).toHaveLength(notes);
});

test("what a number that repeats stands for", () => {
  expect(findEvents("sample", entries, ["7"]).notes).toEqual([
    "event 7 is 2 events, all of which are taken: 1:1:7, 1:2:7",
  ]);
});

test.each([
  { names: ["100"], says: "sample: no event 100; for the first 100 entries use --first 100" },
  { names: ["100", "1:3:7"], says: "sample: no event 100, 1:3:7" },
  { names: ["-6"], says: "sample: no event -6" },
])("$names: $says", ({ names, says }) => {
  expect(() => findEvents("sample", entries, names)).toThrow(new InputError(says));
});

test("an event of the sample that a run has not selected", () => {
  expect(() => findEvents("run", entries, ["7", "-5"], [0, 3])).toThrow(
    new InputError("run: the run did not select event -5"),
  );
});

test.each([
  ["007", "7"],
  ["-0", "0"],
  ["1:02:3", "1:2:3"],
  ["9223372036854775807", "9223372036854775807"],
  ["9223372036854775808", undefined],
  ["1:2", undefined],
  ["1.5", undefined],
  ["0x12", undefined],
  ["", undefined],
])("the name %j is %j", (text, want) => {
  expect(parseEventName(text)).toBe(want);
});
