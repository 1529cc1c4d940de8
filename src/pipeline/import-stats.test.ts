import { expect, test } from "vitest";
import { clopperPearson, type Table } from "../core/index.js";
import { importStats } from "./import-stats.js";

const HEADER = "ipar,c_loc1,c_loc2,c_rem1,c_rem2,locrat1,locrat2,remrat1,remrat2";

async function pointsOf(...lines: string[]) {
  const content = importStats("dir/photons.csv", lines.join("\n"));
  let table: Table | undefined;
  const result = await content.fill(async (name, rows) => void (name === "points" && (table = rows as Table)));
  const columns = (table?.columns ?? {}) as unknown as Record<string, ArrayLike<number>>;
  const row = (at: number): number[] =>
    ["point", "sample", "parameter", "particles", "matched", "split", "split_fraction"].map(
      (name) => columns[name][at],
    );
  return { content, columns, row, told: (result as { readonly table: readonly string[] }).table, rows: table?.rows };
}

test("events with one and two clusters are particles and splits, of two samples, by the parameter", async () => {
  const { content, columns, row, rows, told } = await pointsOf(
    HEADER,
    "1,90,10,80,20,0.9,0.1,0.8,0.2",
    '"0",30,10,60,20,0.75,0.25,0.75,0.25',
    "",
  );
  expect([content.points, content.samples]).toEqual([
    [{ parameter: 0 }, { parameter: 1 }],
    [{ name: "photons: custom", entries: 100, gen: 100 }, { name: "photons: CMSSW", entries: 100, gen: 100 }],
  ]);
  expect(content.options).toMatchObject({ parameters: [0, 1] });
  expect([rows, row(0), row(1), row(2), row(3)]).toEqual([
    4, [0, 0, 0, 40, 40, 10, 0.25], [1, 0, 1, 100, 100, 10, 0.1], [0, 1, 0, 80, 80, 20, 0.25], [1, 1, 1, 100, 100, 20, 0.2],
  ]);
  const { low, high } = clopperPearson(10, 40);
  expect([columns["split_fraction_lo"][0], columns["split_fraction_hi"][0]]).toEqual([low, high]);
  expect([columns["response_pt"][0], columns["efficiency"][0]]).toEqual([Number.NaN, Number.NaN]);
  expect(told[0]).toBe("photons: custom, parameter 0: 10 of 40 events are split");
}); // prettier-ignore

test("files of several runs, one behind the other, have their header again; ratios may be missing, and rounded", async () => {
  expect((await pointsOf(HEADER, "0,1,1,1,1,0.5,0.5,0.5,0.5", HEADER, "1,1,2,2,1,0.333,0.667,0.667,0.333")).rows).toBe(4);
  expect((await pointsOf("ipar,c_loc1,c_loc2,c_rem1,c_rem2", "0.5,1,0,0,1")).rows).toBe(2);
}); // prettier-ignore

const NEEDED = "ipar,c_loc1,c_loc2,c_rem1,c_rem2";
test.each([
  [["ipar,c_loc1", "0,1"], "it lacks the columns c_loc2, c_rem1, c_rem2"],
  [[NEEDED], "has no rows: there is nothing to import"],
  [[NEEDED, "0,1,1,1"], "line 2 has 4 values, expected 5"],
  [[NEEDED, "1.01,1,1,1,1"], 'line 2: ipar is "1.01", expected a number from 0 to 1'],
  [[NEEDED, ",1,1,1,1"], 'line 2: ipar is "", expected a number from 0 to 1'],
  [[NEEDED, "0,-1,1,1,1"], 'line 2: c_loc1 is "-1", expected a number of events'],
  [[NEEDED, "0,1,1,1,1.5"], 'line 2: c_rem2 is "1.5", expected a number of events'],
  [[NEEDED, "0,1,1,0,0"], "line 2: c_rem1 and c_rem2 are 0: no events"],
  [[NEEDED, "0,0,0,1,1"], "line 2: c_loc1 and c_loc2 are 0: no events"],
  [[NEEDED, "0,1,1,1,1", "0.0,1,1,1,1"], "line 3: the parameter 0 is there twice, as in line 2"],
  [[HEADER, "0,1,1,1,1,0.5,0.502,0.5,0.5"], 'locrat2 is "0.502", but c_loc2 / (c_loc1 + c_loc2) is 0.5'],
  [[HEADER, "0,1,1,1,3,0.5,0.5,0.5,0.75"], 'remrat1 is "0.5", but c_rem1 / (c_rem1 + c_rem2) is 0.25'],
])("what cannot be is told with its line: %#", (lines, wanted) => {
  expect(() => importStats("photons.csv", lines.join("\n"))).toThrow(wanted);
});
