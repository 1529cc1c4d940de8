/** Which entries of a sample a run looks at, batch by batch. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { ENTRIES, type SampleBatch } from "../events/index.js";
import { type SampleReader } from "../io/index.js";
import { chooseEntries, type EntryChoice, rangeWithin } from "./entries.js";

/** Entries 0 to 6 in batches of 3, 2 and 2; entry i has event 100 + i. */
const FIRST = [0, 3, 5, 7];
function sample() {
  const table = (from: number, to: number) => {
    const { columns, rows } = createTable(ENTRIES, to - from);
    for (let i = 0; i < rows; i++) {
      columns.entry[i] = from + i;
      columns.event[i] = BigInt(100 + from + i);
      columns.tc_first[i] = 10 * i;
    }
    return { columns, rows };
  };
  let closed = 0;
  const reader = {
    ...{ name: "s", nEntries: 7, batches: 3, batchFirst: FIRST, hash: "h", identity: "i", hasTruth: true },
    entries: table(0, 7),
    readBatch: (k: number) => Promise.resolve({ entries: table(FIRST[k], FIRST[k + 1]) } as unknown as SampleBatch),
    close: () => Promise.resolve(void closed++),
  };
  return { reader: reader as unknown as SampleReader, isClosed: () => closed === 1 };
}

/** The entries of each batch that is read, with where their cells begin. */
async function read(choice: EntryChoice): Promise<unknown> {
  const { reader } = sample();
  const chosen = await chooseEntries(reader, choice);
  const batches: string[] = [];
  for (let k = 0; k < chosen.batches; k++) {
    const { rows, columns } = (await chosen.read(k, [])).entries;
    expect(columns.entry.length).toBe(rows);
    batches.push(Array.from(columns.entry, (entry, i) => `${entry}@${columns.tc_first[i]}`).join(" "));
  }
  return [batches, chosen.entries, chosen.notes.length];
}

test("all, a range, named events: batches without any are left out, of the others only these", async () => {
  expect(await read({})).toEqual([["0@0 1@10 2@20", "3@0 4@10", "5@0 6@10"], 7, 0]);
  expect(await read({ entries: { from: 1, to: 4 } })).toEqual([["1@10 2@20", "3@0"], 3, 0]);
  expect(await read({ entries: { from: 3, to: 5 } })).toEqual([["3@0 4@10"], 2, 0]);
  expect(await read({ entries: { from: 6, to: 7 } })).toEqual([["6@10"], 1, 0]);
  expect(await read({ entries: { from: 5, to: 9 } })).toEqual([["5@0 6@10"], 2, 1]);
});

test("a range behind the end is an error that closes the sample", async () => {
  const { reader, isClosed } = sample();
  await expect(chooseEntries(reader, { entries: { from: 7, to: 8 } })).rejects.toThrow(
    "s has the entries 0 to 6: none from 7 on",
  );
  expect(isClosed()).toBe(true);
});

test("a range that is all of a sample is none; what lies behind its end is cut off", () => {
  expect(rangeWithin(undefined, 7)).toBe(undefined);
  expect([rangeWithin({ from: 0, to: 7 }, 7), rangeWithin({ from: 0, to: 8 }, 7)]).toEqual([undefined, undefined]);
  expect(rangeWithin({ from: 0, to: 6 }, 7)).toEqual({ from: 0, to: 6 });
  expect(rangeWithin({ from: 1, to: 9 }, 7)).toEqual({ from: 1, to: 7 });
});
