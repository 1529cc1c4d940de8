import { expect, test } from "vitest";
import { type EntryList, findEntry, type Target } from "./entries.js";

/** Two jobs that number their events alike, both endcaps of event −3, and a number beyond 2^53. */
const BIG = 9007199254740993n;
const LIST: EntryList = {
  name: "jobs",
  run: BigInt64Array.from([1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n]),
  lumi: BigInt64Array.from([1n, 1n, 2n, 2n, 2n, 2n, 3n, 3n]),
  event: BigInt64Array.from([7n, 8n, 7n, 8n, -3n, -3n, BIG, BIG + 1n]),
  zside: Int8Array.from([1, 1, 1, 1, 1, -1, 1, 1]),
};
const event = (text: string, endcap: 1 | -1 | null = null): Target => ({ by: "event", text, endcap });

test.each<{ name: string; target: Target; current?: number; entry: number; note: string }>([
  { name: "an entry by its number", target: { by: "entry", text: "2" }, entry: 2, note: "" },
  {
    name: "no entry beyond the last",
    target: { by: "entry", text: "8" },
    entry: -1,
    note: "jobs has no entry 8; it has 8, from 0 to 7",
  },
  {
    name: "no entry by a word",
    target: { by: "entry", text: "x" },
    entry: -1,
    note: "jobs has no entry x; it has 8, from 0 to 7",
  },
  {
    name: "the first of a number that repeats",
    target: event("7"),
    entry: 0,
    note: "2 entries are event 7: 0, 2. This is entry 0",
  },
  {
    name: "the next one when the first is shown",
    target: event("7"),
    current: 0,
    entry: 2,
    note: "2 entries are event 7: 0, 2. This is entry 2",
  },
  {
    name: "the first again after the last",
    target: event("7"),
    current: 2,
    entry: 0,
    note: "2 entries are event 7: 0, 2. This is entry 0",
  },
  { name: "run, lumi and event", target: event("1:2:7"), entry: 2, note: "" },
  { name: "a negative number in the endcap asked for", target: event("-3", -1), entry: 5, note: "" },
  { name: "a negative number in any endcap", target: event("-3"), entry: 4, note: "" },
  { name: "the other endcap when the first is shown", target: event("-3"), current: 4, entry: 5, note: "" },
  { name: "a number beyond 2^53", target: event(String(BIG)), entry: 6, note: "" },
  { name: "its neighbour", target: event(String(BIG + 1n)), entry: 7, note: "" },
  {
    name: "no event of that number",
    target: event("99"),
    entry: -1,
    note: `jobs has no event 99; it has 8 events from 7 to ${BIG + 1n}`,
  },
  { name: "no word", target: event("many"), entry: -1, note: '"many" is not an event number, and not run:lumi:event' },
])("finds $name", ({ target, current, entry, note }) => {
  expect(findEntry(LIST, target, current)).toEqual({ entry, note });
});
