/** The particles behind a point of a scan. */
import { expect, test } from "vitest";
import { createTable } from "../../core/index.js";
import { type Run } from "../../io/index.js";
import { STUDY_EVENTS } from "../../studies/index.js";
import { type StudyJson } from "./command.js";
import { createBehindPoint } from "./scan-events.js";

const json = {
  points: [{ chain: "default", settings: "", changes: {} }, { chain: "cs", settings: "seed.window=2", changes: { "seed.window": 2, "none.of": 3 } }, {}],
  samples: [{ name: "a" }, { name: "b" }],
} as unknown as StudyJson; // prettier-ignore

/** Rows of [point, sample, entry, is_split, response, particle]; `fails`: so many times before they are read. */
function behindOf(rows: readonly (readonly number[])[], fails = 0) {
  const names = ["point", "sample", "entry", "is_split", "response_en", "particle"] as const;
  const table = createTable(STUDY_EVENTS, rows.length);
  for (const [at, row] of rows.entries()) for (const [k, name] of names.entries()) table.columns[name][at] = row[k] ?? 0;
  let read = 0;
  const readTable = () => (read++ < fails ? Promise.reject(new Error("busy")) : Promise.resolve(table));
  const behind = createBehindPoint({ info: { tables: { events: {} } }, readTable } as unknown as Run, json);
  return { behind, reads: () => read };
} // prettier-ignore

const ROWS = [
  [0, 0, 5, 0, 0.912345],
  [0, 1, 7, 0, 1],
  [1, 1, 3, 0, 1.1],
  [1, 1, 4, 1, 0.5],
  [1, 1, 6, 0, 1, -1],
  [1, 1, 8, 1, 0.25],
  [1, 1, 9, 0, Number.NaN],
];

test("split ones come first, in their order; with the chain and the settings that made them", async () => {
  const { behind, reads } = behindOf(ROWS);
  expect(await behind?.(1, 1)).toEqual({
    caption: "4 particles with seed.window=2, 2 split",
    shown: { chain: "cs", settings: { "seed.window": "2" } },
    rows: [[4, "response 0.5, split"], [8, "response 0.25, split"], [3, "response 1.1"], [9, "no matched cluster"]].map(([entry, text]) => ({ sample: 1, entry, text })),
  }); // prettier-ignore
  expect(await behind?.(0, 0)).toEqual({
    caption: "1 particle with the settings as configured, 0 split",
    shown: { chain: "default", settings: {} },
    rows: [{ sample: 0, entry: 5, text: "response 0.912" }],
  });
  expect([await behind?.(0, 2), await behind?.(0, 3), reads()]).toEqual([null, null, 1]);
});

test("two hundred are named; what could not be read is read the next time; without rows there is nothing to name", async () => {
  const { behind } = behindOf(Array.from({ length: 201 }, (_, entry) => [0, 0, entry, 0, 1]), 1); // prettier-ignore
  await expect(behind?.(0, 0)).rejects.toThrow("busy");
  const found = await behind?.(0, 0);
  expect([found?.caption, found?.rows.length, found?.rows[199].entry]).toEqual([
    "201 particles with the settings as configured, 0 split",
    200,
    199,
  ]);
  expect(createBehindPoint({ info: { tables: {} } } as unknown as Run, json)).toBe(undefined);
});
