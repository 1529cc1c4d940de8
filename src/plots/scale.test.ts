import { expect, test } from "vitest";
import { axisTitle, createScale, panelName, type Scale, ticksInWidth } from "./scale.js";
import { type Axis } from "./plot.js";
import { textWidth } from "./text.js";

const ends = ({ low, high }: Scale): number[] => [low, high];
const closeTo = (values: readonly number[]): number[] =>
  values.map((value) => expect.closeTo(value, 9) as unknown as number);

test.each<{ name: string; axis: Partial<Axis>; values: number[]; margin?: number; wanted: [number, number] }>([
  { name: "all of the data, with a margin", axis: {}, values: [20, 10], wanted: [9.6, 20.4] },
  { name: "a wider margin", axis: {}, values: [10, 20], margin: 0.5, wanted: [5, 25] },
  { name: "no margin", axis: {}, values: [10, 20], margin: 0, wanted: [10, 20] },
  { name: "no margin below 0 for what is not negative", axis: {}, values: [0, 100], wanted: [0, 104] },
  { name: "nor for what is nearly 0", axis: {}, values: [1, 101], wanted: [0, 105] },
  { name: "a margin below negative data", axis: {}, values: [-1, 99], wanted: [-5, 103] },
  { name: "a margin above negative data", axis: {}, values: [-100, -50], wanted: [-102, -48] },
  { name: "a given range, whatever the data are", axis: { range: [3, 4] }, values: [-100, 100], wanted: [3, 4] },
  { name: "what the axis includes", axis: { includes: [10, 60] }, values: [20], margin: 0, wanted: [10, 60] },
  { name: "numbers alone", axis: {}, values: [Number.NaN, 1, Infinity, 2, -Infinity], margin: 0, wanted: [1, 2] },
  { name: "no data", axis: {}, values: [], margin: 0, wanted: [0, 1] },
  { name: "no data, logarithmic", axis: { log: true }, values: [0, -3], margin: 0, wanted: [1, 10] },
  { name: "one value", axis: {}, values: [50], margin: 0, wanted: [45, 55] },
  { name: "one negative value", axis: {}, values: [-50], margin: 0, wanted: [-55, -45] },
  { name: "nothing but 0", axis: {}, values: [0, 0], margin: 0, wanted: [-1, 1] },
  { name: "one value, logarithmic", axis: { log: true }, values: [8], margin: 0, wanted: [4, 16] },
  { name: "decades with a margin of decades", axis: { log: true }, values: [1, 100], margin: 0.5, wanted: [0.1, 1000] },
  { name: "above 0 alone, logarithmic", axis: { log: true }, values: [0, 1, -5, 100], margin: 0, wanted: [1, 100] },
])("an axis shows $name", ({ axis, values, margin, wanted }) => {
  expect(ends(createScale({ label: "", ...axis }, values, margin))).toEqual(closeTo(wanted));
});

test("values are shares of the way, in logarithms where the axis has them, also beyond its ends", () => {
  const plain = createScale({ label: "", range: [10, 30] }, []);
  expect([10, 15, 30, 40, 0].map((value) => plain.at(value))).toEqual([0, 0.25, 1, 1.5, -0.5]);
  const log = createScale({ label: "", range: [1, 100], log: true }, []);
  expect([1, 10, 100, 1000, 0.1].map((value) => log.at(value))).toEqual(closeTo([0, 0.5, 1, 1.5, -0.5]));
  expect([0, -1].map((value) => Number.isFinite(log.at(value)))).toEqual([false, false]);
});

test("ticks have labels; of a whole axis they are whole numbers", () => {
  const axis = { label: "", range: [0, 2] } as const;
  expect(createScale(axis, []).ticks(4).map(({ label }) => label)).toEqual(["0.0", "0.5", "1.0", "1.5", "2.0"]); // prettier-ignore
  expect(createScale({ ...axis, whole: true }, []).ticks(4)).toEqual([
    { value: 0, label: "0" },
    { value: 1, label: "1" },
    { value: 2, label: "2" },
  ]);
  expect(createScale({ ...axis, whole: true }, []).ticks(1).map(({ value }) => value)).toEqual([0, 2]); // prettier-ignore
  const log = createScale({ label: "", range: [1, 1000], log: true }, []);
  expect(log.ticks(5).map(({ label }) => label)).toEqual(["1", "10", "100", "1,000"]);
});

test.each([60, 90, 100, 135, 180, 300, 600])("labels on %d px keep 8 px apart, and are as many as do", (width) => {
  for (const range of [[0, 100], [-1e-4, 1e-4], [0, 123456]] as const) {
    const scale = createScale({ label: "", range }, []);
    const places = ticksInWidth(scale, width, 11).map(({ value, label }) => ({
      middle: width * scale.at(value),
      half: textWidth(label, 11) / 2,
    }));
    expect(places.length).toBeGreaterThan(0);
    const gaps = places.slice(1).map(({ middle, half }, i) => middle - half - places[i].middle - places[i].half);
    if (places.length > 2) expect(Math.min(...gaps)).toBeGreaterThanOrEqual(8 - 1e-9);
  }
}); // prettier-ignore

test("the number of ticks follows the width: one for 45 px, two at least, fewer where labels are long", () => {
  const counts = (range: readonly [number, number], width: number): number =>
    ticksInWidth(createScale({ label: "", range }, []), width, 11).length;
  expect([counts([0, 10], 89), counts([0, 10], 225), counts([0, 10], 224), counts([0, 10], 449), counts([0, 10], 450)]).toEqual([3, 6, 3, 6, 11]); // prettier-ignore
  // Seven digits and two commas are about 60 px wide.
  expect([counts([0, 5_000_000], 225), counts([0, 5_000_000], 460)]).toEqual([3, 6]);
  // Where not even two have room the ends are left, each once.
  expect(counts([0, 5_000_000], 20)).toBe(2);
  expect(counts([4, 6.5], 10)).toBeLessThanOrEqual(2);
});

/** A scale with the same ticks however many are asked for, `gap` apart in shares of the width. */
const fixedScale = (labels: readonly string[], gap: number): Scale => ({
  ...{ low: 0, high: 1 },
  at: (value) => gap * value,
  ticks: () => labels.map((label, value) => ({ value, label })),
});

test("exactly 8 px between two labels are enough", () => {
  // A digit of 100 px is 64 wide: middles 72 apart.
  expect(ticksInWidth(fixedScale(["1", "2", "3"], 0.072), 1000, 100).length).toBe(3);
  expect(ticksInWidth(fixedScale(["1", "2", "3"], 0.0719), 1000, 100).map(({ label }) => label)).toEqual(["1", "3"]);
  // Half of each counts: a wide one beside a narrow one.
  expect(ticksInWidth(fixedScale(["11", "2", "3"], 0.104), 1000, 100).length).toBe(3);
  expect(ticksInWidth(fixedScale(["11", "2", "3"], 0.1039), 1000, 100).length).toBe(2);
  expect(ticksInWidth(fixedScale(["1"], 0.01), 1000, 100).length).toBe(1);
});

test("an axis is called by its label and unit, a panel by all of its axes", () => {
  expect([axisTitle({ label: "pT", unit: "GeV" }), axisTitle({ label: "n" })]).toEqual(["pT [GeV]", "n"]);
  const panel = { x: { label: "x", unit: "cm" }, y: { label: "y" }, series: [] };
  expect(panelName(panel)).toBe("y against x [cm]");
  expect(panelName({ ...panel, color: { label: "E", unit: "GeV" } })).toBe("E [GeV] at y against x [cm]");
});
