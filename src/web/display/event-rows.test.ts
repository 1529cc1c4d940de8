import { expect, test } from "vitest";
import { type SurveyParticle, type SurveyRow, type SurveySide } from "../data/protocol.js";
import { COMPARED, nextSort, parseQuery, shownRows } from "./event-rows.js";

const particleOf = (change: Partial<SurveyParticle>): SurveyParticle => ({
  eta: 2,
  phi: 0,
  energy: 100,
  pt: 27,
  isSplit: false,
  isMatched: true,
  response: 1,
  responsePt: 1,
  controls: 5,
  controlsMatched: 0,
  controlsSplit: 0,
  truth: null,
  ...change,
});
const side = (change: Partial<SurveySide>): SurveySide => ({
  seeds: 1,
  clusters: 1,
  falseClusters: 0,
  particles: [particleOf({})],
  ...change,
});
const BIG = 9007199254740993n;
const EVENTS = BigInt64Array.from([7n, -3n, BIG, BIG - 1n]);
const particle = { pid: 22, energy: 100, eta: 2, phi: 0 };
const row = (index: number, pt: number, a: Partial<SurveySide>, change: Partial<SurveyRow> = {}): SurveyRow => ({
  index,
  nTc: 100 - index,
  particle: { ...particle, pt },
  bad: "",
  a: side(a),
  b: null,
  differing: 0,
  share: 0,
  ...change,
});
const ROWS = [
  row(0, 10, { particles: [particleOf({ isSplit: true, response: 0.5 })] }),
  row(1, 40, { seeds: 0, clusters: 0, particles: [particleOf({ response: Number.NaN })] }),
  row(2, 30, {}, { b: side({}), differing: 4, share: 0.2 }),
  row(3, 20, { particles: [particleOf({ response: 1.1 })] }, { b: side({}), differing: 1, share: 0.4 }),
];

test.each([
  { name: "all, by entry", sort: "", filter: "", find: "", want: [0, 1, 2, 3] },
  { name: "by pT, the largest first", sort: "-pt", filter: "", find: "", want: [1, 2, 3, 0] },
  { name: "by number, exact beyond 2^53", sort: "event", filter: "", find: "", want: [1, 0, 3, 2] },
  {
    name: "without a response last of those that go down",
    sort: "-response",
    filter: "",
    find: "",
    want: [3, 2, 0, 1],
  },
  { name: "split ones", sort: "", filter: "split", find: "", want: [0] },
  { name: "off by 20 %, which those without a match are", sort: "", filter: "response", find: "", want: [0, 1] },
  { name: "those that differ, the most different first", sort: "-differ", filter: "differs", find: "", want: [3, 2] },
  { name: "two filters", sort: "", filter: "response,noseed", find: "", want: [1] },
  { name: "a filter that there is not", sort: "upside", filter: "nothing", find: "", want: [0, 1, 2, 3] },
  { name: "two conditions", sort: "", filter: "", find: "pt>10 pt<=30", want: [2, 3] },
  { name: "a number beyond 2^53, not its neighbour", sort: "", filter: "", find: String(BIG), want: [2] },
  { name: "a negative number", sort: "", filter: "", find: "-3", want: [1] },
  { name: "an entry", sort: "", filter: "", find: "entry=3", want: [3] },
  { name: "a value that is not there is equal to nothing", sort: "", filter: "", find: "response=0", want: [] },
])("the event table shows $name", ({ sort, filter, find, want }) => {
  const shown = shownRows(ROWS, EVENTS, { sort, filter, find, isCompared: true });
  expect(shown.map(({ index }) => index)).toEqual(want);
});

test("what differs is neither filtered nor sorted by without a comparison", () => {
  const shown = shownRows(ROWS, EVENTS, { sort: "-differ", filter: "differs", find: "", isCompared: false });
  expect(shown.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
});

test.each(["size>3", "pt>", "pt", "1.5", "pt=>3", "x"])('"%s" is no condition', (text) => {
  expect(parseQuery(text)).toMatch(`"${text}" is no condition: write one of entry, event, pt,`);
});

test("a click sorts by a column, one more the other way, a third by entry", () => {
  const clicks = (key: string): string[] => {
    const [one, two] = [nextSort("", key), nextSort(nextSort("", key), key)];
    return [one, two, nextSort(two, key)];
  };
  expect(clicks("pt")).toEqual(["-pt", "pt", ""]);
  expect(clicks("event")).toEqual(["event", "-event", ""]);
});

test.each([
  { find: "pt>20", want: [1, 2] },
  { find: "pt>=20", want: [1, 2, 3] },
  { find: "pt<20", want: [0] },
  { find: "pt<=20", want: [0, 3] },
  { find: "pt=20", want: [3] },
  { find: "pt=20.0", want: [3] },
  { find: "pt>.5 pt<25.5", want: [0, 3] },
  { find: "event=7", want: [0] },
  { find: "7", want: [0] },
  { find: "-3", want: [1] },
  { find: String(BIG), want: [2] },
  { find: "response<=1", want: [0, 2] },
])("conditions hold exactly: $find", ({ find, want }) => {
  const shown = shownRows(ROWS, EVENTS, { sort: "", filter: "", find, isCompared: true });
  expect(shown.map(({ index }) => index)).toEqual(want);
});

test("what is no condition is told, and nothing is left out for it", () => {
  for (const text of ["7.5", "pt", "pt>", "nothing>3", "pt>1>2", "pt>x"]) {
    expect(parseQuery(text)).toContain(`"${text}" is no condition`);
    expect(shownRows(ROWS, EVENTS, { sort: "", filter: "", find: text, isCompared: true }).length).toBe(4);
  }
});

test("equal values stay in the order of the entries, upwards and downwards", () => {
  const equal = [2, 0, 3, 1].map((index) => row(index, index === 3 ? 50 : 10, {}));
  const order = (sort: string): number[] =>
    shownRows(equal, EVENTS, { sort, filter: "", find: "", isCompared: false }).map(({ index }) => index);
  expect([order("pt"), order("-pt"), order("nothing")]).toEqual([[0, 1, 2, 3], [3, 0, 1, 2], [2, 0, 3, 1]]); // prettier-ignore
});

test("columns of side B: what it says, or that it does not have the entry", () => {
  const b = side({ clusters: 3, particles: [particleOf({ isSplit: true, response: 0.5 })] });
  const both = row(0, 10, {}, { b, differing: 2, share: 0.25 });
  const whole = row(0, 10, {}, { b: side({}) });
  const texts = (of: SurveyRow): string[] => COMPARED.map(({ text }) => text(of, 0n));
  expect([texts(both), texts(whole), texts(row(0, 10, {}))]).toEqual([
    ["3", "0.50", "split", "25"],
    ["1", "1.00", "", ""],
    ["", "", "not in B", ""],
  ]);
  const values = (of: SurveyRow): unknown[] => COMPARED.map(({ value }) => value(of, 0n));
  expect([values(both), values(row(0, 10, {}))]).toEqual([[3, 0.5, 1, 0.25], [Number.NaN, Number.NaN, Number.NaN, Number.NaN]]); // prettier-ignore
});
