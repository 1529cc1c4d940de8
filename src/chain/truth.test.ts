/** What a particle left in clusters, and what that says of it: each threshold from both sides. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { type SampleBatch, TC_TRUTH } from "../events/index.js";
import { batchOf } from "./cells.test-data.js";
import { type EntryClusters } from "./match.js";
import { EntryJudge } from "./judge.js";
import { createOutput, type EntryOf } from "./output.js";
import { DEFAULT_PARAMS } from "./params.js";
import { FALSE_PURITY, judgeTruth, sumParticleSignal, sumSignal } from "./truth.js";

const { splitPt, splitShare, splitDistance } = DEFAULT_PARAMS.validation;
const near = 1e-9;

test.each([
  { name: "one cluster", pts: [50], deposited: 50, want: [false, true] },
  { name: "none", pts: [], deposited: 50, want: [false, false] },
  { name: "nothing deposited", pts: [0], deposited: 0, want: [false, false] },
  { name: "half of the deposits", pts: [25], deposited: 50, want: [false, true] },
  { name: "a little less than half", pts: [25 - near], deposited: 50, want: [false, false] },
  { name: "the least share in the second one", pts: [100 * (1 - splitShare), 100 * splitShare], deposited: 100, want: [true, true] },
  { name: "a little less than that", pts: [100 * (1 - splitShare), 100 * splitShare - near], deposited: 100, want: [false, true] },
  { name: "the least pt in the second one", pts: [splitPt + 1, splitPt], deposited: 2 * splitPt + 1, want: [false, true] },
  { name: "a little more than that", pts: [splitPt + 1, splitPt + near], deposited: 2 * splitPt + 1, want: [true, true] },
  { name: "two equal ones", pts: [50, 50], deposited: 100, want: [true, true] },
  { name: "the smaller one first", pts: [40, 60], deposited: 100, want: [true, true] },
  { name: "the smallest one last", pts: [40, 60, 0.1], deposited: 100.1, want: [true, true] },
  { name: "the smallest one first", pts: [0.1, 60, 40], deposited: 100.1, want: [true, true] },
])("truth: $name", ({ pts, deposited, want: [isSplit, isFound] }) => {
  const signal = { bySeed: Float64Array.from(pts), deposited };
  expect(judgeTruth(signal, pts.keys(), DEFAULT_PARAMS.validation)).toEqual({ isSplit, isFound });
  // A seed that made no cluster does not count.
  const more = { bySeed: Float64Array.from([...pts, 1000]), deposited };
  expect(judgeTruth(more, pts.keys(), DEFAULT_PARAMS.validation)).toEqual({ isSplit, isFound });
}); // prettier-ignore

/** Two entries; in the second one six cells: of particle 0, of 1, of none, in the other endcap, unassigned, in layer 12. */
function entry(): EntryOf {
  const cell = { x: 80, y: 0 };
  const cells = [10, 20, 40, 80, 160, 320].map((pt) => ({ ...cell, pt }));
  const batch: SampleBatch = batchOf([{ cells: [{ ...cell, pt: 5 }] }, { cells: [...cells.slice(0, 3), { ...cells[3], z: -330 }, cells[4], { ...cells[5], layer: 12 }] }]); // prettier-ignore
  const truth = createTable(TC_TRUTH, 7);
  truth.columns.tc_signal.set([1, 0.5, 1, 0, 1, 0.25, 1]);
  truth.columns.tc_particle.set([0, 0, 1, -1, 0, 0, 0]);
  return { batch: { ...batch, truth }, i: 1 };
}
const ASSIGNMENT = Int32Array.of(0, 1, 1, 0, -1, 1);

test("the signal of a seed is the sum over its cells of their share of pt; deposits are those of all cells of the endcap", () => {
  const at = entry();
  // 10 * 0.5 | 20 + 320 | and 160 * 0.25 that no cluster has.
  expect(sumSignal(at, ASSIGNMENT, 2)).toEqual({ bySeed: Float64Array.of(5, 340), deposited: 385 });
  expect(sumSignal(at, ASSIGNMENT, 2, { particle: 0 })).toEqual({ bySeed: Float64Array.of(5, 320), deposited: 365 });
  expect(sumSignal(at, ASSIGNMENT, 2, { particle: 1 })).toEqual({ bySeed: Float64Array.of(0, 20), deposited: 20 });
  const weights = Float64Array.from({ length: 12 }, (_, k) => (k === 11 ? 2 : 1));
  expect(sumSignal(at, ASSIGNMENT, 2, { weights })?.bySeed[1]).toBe(660);
  expect(sumSignal({ ...at, batch: batchOf([{ cells: [] }, { cells: [] }]) }, ASSIGNMENT, 2)).toBeUndefined();
});

test("cells before and behind those of the entry do not count", () => {
  const { batch } = entry();
  expect(sumSignal({ batch, i: 0 }, Int32Array.of(0), 1)).toEqual({ bySeed: Float64Array.of(5), deposited: 5 });
});

test("a particle that is alone has all of the signal, of several each has its own", () => {
  const at = entry();
  expect(sumParticleSignal(at, ASSIGNMENT, 2, 1)?.deposited).toBe(385);
  at.batch.entries.columns.gen_rows[1] = 2;
  expect([1, 2].map((g) => sumParticleSignal(at, ASSIGNMENT, 2, g)?.deposited)).toEqual([365, 20]);
});

test("a cluster is false by its share of signal where that is known, else by its distance to all particles", () => {
  const falseOf = (rz: number, signal: number): number => {
    const out = createOutput();
    const c = out.clusters.add(1);
    const to = out.clusters.columns;
    [to.x[c], to.z[c], to.pt[c], to.signal_pt[c]] = [330 * rz, 330, 50, signal];
    const clusters: EntryClusters = { columns: to, first: 0, end: 1 };
    const judge = new EntryJudge({ batch: batchOf([{ cells: [], eta: Math.asinh(1 / 0.2) }]), i: 0 }, [], DEFAULT_PARAMS.validation); // prettier-ignore
    return judge.countFalse(clusters);
  };
  const unknown = Number.NaN;
  expect([falseOf(0.2 + splitDistance - 1e-6, unknown), falseOf(0.2 + splitDistance + 1e-6, unknown)]).toEqual([0, 1]);
  expect([falseOf(0.2, 50 * FALSE_PURITY - near), falseOf(0.5, 50 * FALSE_PURITY)]).toEqual([1, 0]);
});
