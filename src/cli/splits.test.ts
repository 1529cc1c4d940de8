import { describe, expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { SPLIT_LIST } from "../pipeline/splits.js";
import { report } from "./globals.js";
import { createIo } from "./io.js";
import { splitObjects, splitsText, viewRows } from "./splits.js";

/** Three splits: of two chains, one without bins in its valley. */
function splits(events = [7n, 8n, 9n]) {
  const table = createTable(SPLIT_LIST, 3);
  table.columns.event.set(events);
  table.columns.share.set([0.3, 0.1, 0.2]);
  table.columns.valley_min.set([1, Number.NaN, 0]);
  table.columns.d_rz.set([-1, 2, 3]);
  table.columns.d_uv.set([4, -1, -1]);
  for (const [row, chain] of ["cs", "default", "default"].entries()) table.columns.chain[row] = chain;
  return table;
}

const LARGE = [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n];

describe("the rows to show", () => {
  test.each([
    { name: "all of them, in order", where: [], want: [0, 1, 2] },
    { name: "above a value", where: ["share>0.1"], want: [0, 2] },
    { name: "at least a value", where: ["share >= 0.2"], want: [0, 2] },
    { name: "at most a value", where: ["share<=0.1"], want: [1] },
    { name: "below a value", where: ["share<0.2"], want: [1] },
    { name: "of an event", where: ["event=8"], want: [1] },
    { name: "of an event that a double does not hold", where: ["event=9007199254740993"], want: [2], events: LARGE },
    { name: "up to such an event", where: ["event<9007199254740993"], want: [0, 1], events: LARGE },
    { name: "of a chain", where: ["chain=default"], want: [1, 2] },
    { name: "of the other chain", where: ["chain!=default"], want: [0] },
    { name: "for which two conditions hold", where: ["chain=default", "d_rz>2"], want: [2] },
    { name: "NaN passes no comparison", where: ["valley_min>=0"], want: [0, 2] },
    { name: "sorted", where: [], sort: "share", want: [1, 2, 0] },
    { name: "the largest first", where: [], sort: "-event", want: [2, 1, 0] },
    { name: "equal values stay in order", where: [], sort: "-chain", want: [1, 2, 0] },
    { name: "NaN stands last", where: [], sort: "valley_min", want: [2, 0, 1] },
  ] as { name: string; where: string[]; sort?: string; want: number[]; events?: bigint[] }[])(
    "$name",
    ({ where, sort, want, events }) => {
      expect(viewRows(splits(events), { where, ...(sort === undefined ? {} : { sort }) })).toEqual(want);
    },
  );

  test.each([
    { view: { where: ["sharp>1"] }, says: 'no column "sharp" in the list of splits; it has entry, event, chain' },
    { view: { where: [], sort: "x" }, says: 'no column "x"' },
    { view: { where: ["share"] }, says: "--where share: expected COLUMN>VALUE" },
    { view: { where: ["share>much"] }, says: '--where share>much: expected a number, got "much"' },
  ])("$says", ({ view, says }) => {
    expect(() => viewRows(splits(), view)).toThrow(says);
  });
});

test("the text shows the columns of the chains that are in it, and how many there are", () => {
  const list = { particles: { default: 50, cs: 40 }, splits: splits() };
  const [header, , first, ...others] = splitsText(list, [2, 1]);
  expect(header).toMatch(/^entry +event +chain .* d_rz /);
  expect(header).not.toContain("d_uv");
  expect(first).toMatch(/^ +0 +9 +default/);
  expect(others.slice(-3)).toEqual([
    "default: 2 of 50 particles are split",
    "cs: 1 of 40 particles is split",
    "2 of these 3 shown",
  ]);
});

test("JSON has all digits of an event number", () => {
  let text = "";
  const io = createIo({ stdout: { write: (each) => (text += each) }, stderr: { write: () => 0 } });
  report(
    io,
    { json: true },
    splitObjects(splits(LARGE), [2]).map((each) => ({ ...each, name: "\u00011\u0002" })),
    [],
  );
  expect(text).toContain('"event": 9007199254740993,');
  expect(text).toContain('"name": "\\u00011\\u0002"');
});
