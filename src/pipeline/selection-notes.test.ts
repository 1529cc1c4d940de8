import { expect, test } from "vitest";
import { createCounts, DEFAULT_PARAMS } from "../chain/index.js";
import { type ChainTask } from "./process.js";
import { selectionNotes } from "./selection-notes.js";

/** What is said of a whole sample: nobody opens it. */
const notesOf = (selection: string, counts: Partial<ReturnType<typeof createCounts>>): Promise<string[]> =>
  selectionNotes({ sample: "SAMPLE", params: DEFAULT_PARAMS, selection } as unknown as ChainTask, {
    ...createCounts(),
    ...{ entries: 10, selected: 5, rowsIn: 1000, rowsOut: 200, ...counts },
  });

test.each([
  { name: "more than half", rows: [1000, 501], says: "501 of 1000 rows (50 %): more than half" },
  { name: "fewer than 5 %", rows: [1000, 49], says: "49 of 1000 rows (4.9 %): fewer than 5 %" },
  { name: "all of a single row", rows: [1, 1], says: "1 of 1 rows (1.0e+2 %): more than half" },
  { name: "half", rows: [1000, 500], says: undefined },
  { name: "5 %", rows: [1000, 50], says: undefined },
  { name: "none", rows: [1000, 0], says: undefined },
  { name: "of no rows none", rows: [0, 0], says: undefined },
])("selections by clusters of the ntuple that pass $name of the rows", async ({ rows: [rowsIn, rowsOut], says }) => {
  for (const selection of ["splits_only", "no_splits"]) {
    const notes = await notesOf(selection, { rowsIn, rowsOut });
    expect(notes.length).toBe(says === undefined ? 0 : 1);
    if (says !== undefined) expect(notes[0]).toContain(`--sel ${selection} passes ${says}`);
  }
  expect(await notesOf("all", { rowsIn, rowsOut })).toEqual([]);
});

test("an empty sample, and a run of which nothing was selected, say so", async () => {
  expect(await notesOf("all", { entries: 0 })).toEqual(["SAMPLE has no entries: the run is empty"]);
  const [none, ...more] = await notesOf("all", { selected: 0, outside: 7, bad: 1 });
  expect(none).toMatch(/^none of 10 entries was selected, the run is empty: 7 without .*; 1 with bad values$/);
  expect(more).toEqual([]);
  expect((await notesOf("all", { selected: 0, deselected: 10 }))[0]).not.toContain("bad");
});
