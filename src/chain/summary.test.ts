import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { RECORDS } from "../events/index.js";
import { createCounts } from "./counts.js";
import { performanceOf, SummaryBuilder, truthOf } from "./summary.js";

test("fractions are of particles, response and resolution of those with a cluster", () => {
  const found = performanceOf({ particles: 8, matched: 6, split: 2 }, [0.9, 1, 1, 1, 1.1, 2]);
  expect(found).toMatchObject({ splitFraction: 0.25, efficiency: 0.75, response: 1 });
  // ceil(0.68 * 6) = 5 of 6 values: from 0.9 to 1.1.
  expect(found.resolution).toBeCloseTo(0.1, 12);
  expect(performanceOf({ particles: 8, matched: 6, split: 2 }, [1.8, 2, 2, 2, 2.2, 4]).resolution).toBeCloseTo(0.1, 12);
  for (const [interval, fraction] of [
    [found.splitInterval, 0.25],
    [found.efficiencyInterval, 0.75],
  ] as const) {
    // prettier-ignore
    expect([interval.low < fraction, fraction < interval.high, interval.high - interval.low < 0.5]).toEqual([true, true, true]); // prettier-ignore
  }
});

test("the truth is that of particles whose deposits are known; without any there is none", () => {
  expect(truthOf({ withTruth: 0, trulySplit: 0, trulyMatched: 0 })).toBeUndefined();
  expect(truthOf({ withTruth: 4, trulySplit: 1, trulyMatched: 3 })).toMatchObject({ trueSplitFraction: 0.25, trueEfficiency: 0.75 }); // prettier-ignore
});

test("records of its chain count, batch by batch, those of another one do not", () => {
  const records = createTable(RECORDS, 4);
  records.columns.entry.set([0, 0, 1, 2]);
  records.columns.response_en.set([1, 50, 3, Number.NaN]);
  records.columns.n_matched.fill(1);
  records.columns.n_control.fill(5);
  records.columns.match_control.set([1, 5, 0, 0]);
  for (const [row, chain] of ["default", "cs", "default", "default"].entries()) records.columns.chain[row] = chain;
  const builder = new SummaryBuilder("default");
  builder.addRecords(records);
  builder.addRecords(records);
  Object.assign(builder.counts, { ...createCounts(), particles: 6, matched: 4, rowsIn: 10, rowsOut: 5, selected: 4, falseClusters: 12 }); // prettier-ignore
  expect(builder.finish()).toMatchObject({ chain: "default", response: 2, efficiency: 4 / 6, selectionEfficiency: 0.5, falseClusters: 3, matchControl: 1 / 15 }); // prettier-ignore
  const both = new SummaryBuilder("default");
  for (const selected of [1, 2]) both.add({ counts: { ...createCounts(), selected }, events: records });
  expect(both.counts.selected).toBe(3);
});
