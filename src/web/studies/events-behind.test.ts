/** Which particles are named behind the numbers of a page, in which order, and in which words. */
import { expect, test } from "vitest";
import { eventsBehind } from "./events-behind.js";
import { DEFAULT_STUDY } from "./state.js";
import { contextOf, CUTS, data, particle, type Row } from "./toy-study.test-data.js";

const behind = (page: string, bin = "", rows?: readonly Row[], cuts: object = {}) =>
  eventsBehind(
    page,
    contextOf({
      data: rows === undefined ? data() : data([...rows]),
      cuts: { ...CUTS, ...cuts },
      state: { ...DEFAULT_STUDY, bin },
    }),
  );
const textsOf = (found: ReturnType<typeof behind>): string[] =>
  (found?.rows ?? []).map(({ sample, entry, text }) => `${sample}/${entry} ${text}`);

const FIVE = [
  particle(0, 0, 10, { entry: 1, response_pt: 0.8 }),
  particle(0, 0, 20, { entry: 2, is_split: 1, response_pt: 1 }),
  particle(0, 0, 30, { entry: 3, is_split: 1, response_pt: 1.1 }),
  particle(0, 0, 40, { entry: 4, n_matched: 0, response_pt: Number.NaN }),
  particle(0, 1, 25, { entry: 9, is_split: 1, gen_eta: 1.7, response_pt: 0.5 }),
];

test.each([
  { page: "splits", caption: "3 split particles, those of highest pT first", rows: ["0/3", "1/9", "0/2"] },
  { page: "efficiency", caption: "1 particles without a matched cluster, those of highest pT first", rows: ["0/4"] },
  { page: "response", caption: "4 matched particles, those whose response is farthest from the median first", rows: ["0/1", "0/3", "0/2", "1/9"] },
])("behind $page: $caption", ({ page, caption, rows }) => {
  const found = behind(page, "", FIVE);
  expect(found?.caption).toBe(caption);
  expect(textsOf(found).map((text) => text.split(" ")[0])).toEqual(rows);
}); // prettier-ignore

test("of each is told what it is; of pages of other things nothing", () => {
  expect(textsOf(behind("splits", "", FIVE))).toEqual([
    "0/3 pT 30 GeV, η -2, response 1.1, split",
    "1/9 pT 25 GeV, η 1.7, response 0.5, split",
    "0/2 pT 20 GeV, η -2, response 1, split",
  ].map((text) => text.replaceAll("-", "\u2212").replace("\u2212/", "-/"))); // prettier-ignore
  expect(textsOf(behind("efficiency", "", FIVE))[0]).toMatch(/^0\/4 pT 40 GeV, η .2, no matched cluster$/);
  expect([behind("spectra"), behind("constructor")]).toEqual([null, null]);
});

test("twenty are named, of a bin two hundred", () => {
  const many = (n: number): Row[] => Array.from({ length: n }, (_, entry) => particle(0, 0, 10, { entry, is_split: 1 }));
  const split = (n: number, bin = "") => behind("splits", bin, many(n));
  expect([20, 21].map((n) => [split(n)?.caption, split(n)?.rows.length])).toEqual([
    ["20 split particles, those of highest pT first", 20],
    ["21 split particles, those of highest pT first, 20 of them", 20],
  ]);
  expect([200, 201].map((n) => [split(n, "gen_pt:10:20")?.caption, split(n, "gen_pt:10:20")?.rows.length])).toEqual([
    ["200 particles with generated pT [GeV] from 10 to 20", 200],
    ["201 particles with generated pT [GeV] from 10 to 20, 200 of them", 200],
  ]);
}); // prettier-ignore

test.each([
  { bin: "gen_pt:10:20", page: "splits", caption: "1 particle with generated pT [GeV] from 10 to 20", rows: ["0/1"] },
  // The last bin has its upper border, sample by sample; first those that the page is about.
  { bin: "gen_pt:20:40", page: "efficiency", caption: "4 particles with generated pT [GeV] from 20 to 40", rows: ["0/4", "0/2", "0/3", "1/9"] },
  { bin: "gen_pt:0:30", page: "splits", caption: "3 particles with generated pT [GeV] from 0 to 30", rows: ["1/9", "0/2", "0/1"] },
  { bin: "response:0.8:1.1", page: "splits", caption: "3 particles with response from 0.8 to 1.1", rows: ["0/3", "0/2", "0/1"] },
  { bin: "gen_eta:1.7:2", page: "splits", caption: "5 particles with generated |η| from 1.7 to 2", rows: ["0/3", "1/9", "0/2", "0/1", "0/4"] },
  { bin: "gen_pt:100:200", page: "splits", caption: "0 particles with generated pT [GeV] from 100 to 200", rows: [] },
])("all of the bin $bin behind $page", ({ bin, page, caption, rows }) => {
  const found = behind(page, bin, FIVE);
  expect(found?.caption).toBe(caption);
  expect(textsOf(found).map((text) => text.split(" ")[0])).toEqual(rows);
}); // prettier-ignore

test("what the cuts leave out is not named", () => {
  expect(textsOf(behind("splits", "", FIVE, { pt: { lo: 0, hi: 30 } })).map((text) => text.split(" ")[0])).toEqual(["1/9", "0/2"]); // prettier-ignore
});
