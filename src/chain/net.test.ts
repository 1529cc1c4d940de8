import { expect, test } from "vitest";
import { clopperPearson, Random } from "../core/index.js";
import { ControlBuilder, isNearTruth, netSplits } from "./net.js";

interface Rows {
  readonly entry?: number[];
  readonly split: number[];
  readonly controls: number[];
  readonly matched?: number[];
}

function summaryOf({ entry, split, controls, matched }: Rows) {
  const n = split.length;
  const builder = new ControlBuilder();
  builder.add({
    rows: n,
    columns: {
      entry: Int32Array.from(entry ?? split.keys()),
      is_split: Uint8Array.from(split),
      n_matched: Int32Array.from({ length: n }, (_, i) => matched?.[i] ?? 1),
      match_control: Int32Array.from(controls),
      split_control: Int32Array.from(controls),
      n_control: new Int32Array(n).fill(5),
    },
  });
  return builder.finish();
}

test.each([
  { name: "without pile-up the net is what was observed", split: [1, 0, 0, 0], controls: [0, 0, 0, 0], net: 0.25 },
  { name: "as many as the control are none", split: [1, 0], controls: [3, 2], net: 0 },
  { name: "fewer than the control are below zero", split: [0, 0], controls: [3, 2], net: -1 },
  { name: "all are all, whatever the control", split: [1, 1], controls: [4, 2], net: 1 },
  { name: "where pile-up splits everything nothing is known", split: [1, 1], controls: [5, 5], net: Number.NaN },
])("$name", ({ split, controls, net }) => {
  const found = summaryOf({ split, controls }).splitNet;
  expect(Math.round(found * 1e12) / 1e12 + 0).toBe(net);
});

test("the control is that of particles with a cluster; where it is 0 the interval is that of the fraction", () => {
  const found = summaryOf({ split: [1, 0], controls: [5, 0], matched: [1, 0] });
  expect([found.splitControl, found.matchControl]).toEqual([1, 0.5]);
  const { splitNetInterval } = summaryOf({ split: [0, 0, 0, 0], controls: [0, 0, 0, 0] });
  expect(splitNetInterval.low).toBe(0);
  expect(splitNetInterval.high).toBeCloseTo(1 - 0.16 ** 0.25, 9);
});

test("entries are told apart by all that they count, few or hundreds", () => {
  const builder = new ControlBuilder();
  // Packed into eight bits each they would be the same.
  const n_control = Int32Array.from([256, 0]);
  const match_control = Int32Array.from([0, 1]);
  const split_control = Int32Array.from([0, 1]);
  const columns = { entry: Int32Array.of(0, 1), is_split: new Uint8Array(2), n_matched: Int32Array.of(1, 1) };
  builder.add({ rows: 2, columns: { ...columns, n_control, match_control, split_control } });
  const { matchControl, splitControl } = builder.finish();
  expect([matchControl, splitControl]).toEqual([1 / 256, 1 / 256]);
});

test("the interval covers the truth as often as it says, and narrows with the number of events", () => {
  const seed = 6;
  const random = new Random(seed);
  // A net of 0.3 above a control of 0.4.
  const sample = (n: number) => {
    const split = Array.from({ length: n }, () => (random.uniform() < 0.3 || random.uniform() < 0.4 ? 1 : 0));
    const controls = split.map(() => [1, 2, 3, 4, 5].filter(() => random.uniform() < 0.4).length);
    return summaryOf({ split, controls });
  };
  const found = Array.from({ length: 120 }, () => sample(150));
  const covered = found.filter(({ splitNetInterval: { low, high } }) => low < 0.3 && high > 0.3).length;
  // 68 % of 120 are 82, with a sigma of 5.
  expect(Math.abs(covered - 82), `${covered} of 120, seed ${seed}`).toBeLessThan(18);
  const width = ({ splitNetInterval: { low, high } }: (typeof found)[number]): number => high - low;
  expect(width(sample(5000))).toBeLessThan(width(found[0]) / 3);
});

test("particles of one entry stay together, and the parts of a table may come one by one", () => {
  const rows: Rows = { entry: [0, 0, 1, 1], split: [1, 1, 0, 0], controls: [5, 0, 1, 0] };
  const builder = new ControlBuilder();
  expect(summaryOf(rows)).toEqual(summaryOf(rows));
  expect(Number.isNaN(builder.finish().splitNet)).toBe(true);
  expect(netSplits(0.49, 0.43)).toBeCloseTo(0.105, 3);
});

test("a net fraction is near the truth when it is within two sigma, those of both together", () => {
  const own = clopperPearson(300, 1000);
  const sigma = Math.hypot(0.02, (own.high - own.low) / 2);
  const at = (middle: number): boolean => isNearTruth({ low: middle - 0.02, high: middle + 0.02 }, 300, 1000);
  expect([-2.001, -1.999, 0, 1.999, 2.001].map((n) => at(0.3 + n * sigma))).toEqual([false, true, true, true, false]);
});

test("the draw is by entries: particles of one entry are in it, or not, together", () => {
  // Every particle in an entry of its own, or ten at a time: as many as before, but ten times fewer draws.
  const split = Array.from({ length: 400 }, (_, k) => (Math.floor(k / 10) % 3 === 0 ? 1 : 0));
  const controls = split.map((_, k) => (Math.floor(k / 10) % 5 === 0 ? 2 : 0));
  const widthOf = (entry: number[]): number => {
    const { splitNetInterval: interval, splitNet } = summaryOf({ entry, split, controls });
    expect(splitNet).toBeCloseTo((0.35 - 0.08) / 0.92, 12);
    return interval.high - interval.low;
  };
  const ratio = widthOf(split.map((_, k) => Math.floor(k / 10))) / widthOf(split.map((_, k) => k));
  expect(Math.abs(ratio / Math.sqrt(10) - 1)).toBeLessThan(0.2);
});

test("records that are left out, and those of the last entry", () => {
  const builder = new ControlBuilder();
  const columns = {
    entry: Int32Array.of(0, 0, 1, 2, 2),
    is_split: Uint8Array.of(1, 0, 1, 0, 1),
    n_matched: Int32Array.of(1, 0, 1, 1, 2),
    match_control: Int32Array.of(1, 2, 3, 4, 5),
    split_control: Int32Array.of(1, 0, 0, 2, 1),
    n_control: Int32Array.of(5, 4, 5, 3, 5),
  };
  builder.add({ rows: 5, columns }, (row) => row !== 2);
  const { matchControl, splitControl, splitNet } = builder.finish();
  expect([matchControl, splitControl]).toEqual([12 / 17, 4 / 13]);
  expect(splitNet).toBeCloseTo((0.5 - 4 / 13) / (1 - 4 / 13), 12);
});
