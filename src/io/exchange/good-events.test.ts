/** Files of the reference: what they may lack is filled in, the rest must fit together. */
import { expect, test } from "vitest";
import {
  checkGoodNames,
  GOOD_NAMES,
  type GoodColumn,
  type GoodColumns,
  goodEvents,
  type Place,
} from "./good-events.js";

const place: Place = (column, index) => `a.parquet: ${column}${index === undefined ? "" : `[${index}]`}`;
const real = (...values: readonly number[]): GoodColumn => ({ values: Float64Array.from(values) });
const jagged = (offsets: readonly number[], ...values: readonly number[]): GoodColumn => ({
  ...real(...values),
  offsets: Int32Array.from(offsets),
});

const list = (numbers: ArrayLike<number | bigint>): number[] => Array.from(numbers, Number);

/** Two events: one particle each, 1 and 2 clusters, 3 and 0 trigger cells. */
const EVENTS: GoodColumns = {
  event: { values: Int32Array.of(11, 12) },
  good_genpart_energy: real(50, 60),
  good_genpart_exeta: real(2, -2.5),
  good_genpart_exphi: real(0.5, -0.5),
  good_cl3d_eta: jagged([0, 1, 3], 2, -2, -2.5),
  good_cl3d_phi: jagged([0, 1, 3], 0, 1, 2),
  good_tc_layer: jagged([0, 3, 3], 1, 30, 40),
  good_tc_waferu: jagged([0, 3, 3], 3, 3, -999),
  good_tc_z: jagged([0, 3, 3], 320, -380, 430),
};

test("without its numbers an event is of run and lumi 1; columns that lack are those of particles that reach the detector", () => {
  const chunk = goodEvents(2, EVENTS, place);
  expect([chunk.events, list(chunk.run), list(chunk.lumi), list(chunk.event)]).toEqual([2, [1, 1], [1, 1], [11, 12]]);
  const of = (columns: object): Record<string, number[]> =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, Array.from(column as ArrayLike<number>)]));
  expect([...chunk.genpart.offsets]).toEqual([0, 1, 2]);
  expect(of(chunk.genpart.columns)).toMatchObject({
    ...{ genpart_energy: [50, 60], genpart_eta: [2, -2.5], genpart_phi: [0.5, -0.5], genpart_pid: [0, 0] },
    ...{ genpart_gen: [1, 1], genpart_reachedEE: [2, 2], genpart_pt: [50 / Math.cosh(2), 60 / Math.cosh(2.5)] },
  });
  expect([...chunk.cl3d.offsets]).toEqual([0, 1, 3]);
  expect(of(chunk.cl3d.columns)).toMatchObject({ cl3d_id: [0, 1, 2], cl3d_eta: [2, -2, -2.5] });
  expect([...chunk.tc.offsets]).toEqual([0, 3, 3]);
  // CE-E, CE-H and scintillator.
  expect(of(chunk.tc.columns)).toMatchObject({ tc_zside: [1, -1, 1], tc_subdet: [1, 2, 10], tc_multicluster_id: [0, 0, 0] });
}); // prettier-ignore

test("what a file has stays; at z = 0 is the positive side; a group without columns has no rows", () => {
  const more = { run: { values: Int32Array.of(7, 8) }, lumi: { values: Int32Array.of(9, 3) }, good_cl3d_id: jagged([0, 1, 3], 5, 6, 7) };
  const chunk = goodEvents(2, { ...EVENTS, ...more, good_tc_z: jagged([0, 3, 3], 0, -0.5, 1) }, place);
  expect([list(chunk.run), list(chunk.lumi), list(chunk.cl3d.columns.cl3d_id)]).toEqual([[7, 8], [9, 3], [5, 6, 7]]);
  expect(Array.from(chunk.tc.columns.tc_zside)).toEqual([1, -1, 1]);
  const { event } = EVENTS;
  const none = goodEvents(2, { event }, place);
  expect([[...none.tc.offsets], none.tc.columns.tc_zside.length, none.cl3d.columns.cl3d_id.length]).toEqual([[0, 0, 0], 0, 0]);
}); // prettier-ignore

test("columns of a group have as many values in every event; numbers of events are whole", () => {
  const other = { ...EVENTS, good_cl3d_phi: jagged([0, 2, 3], 0, 1, 2) };
  expect(() => goodEvents(2, other, place)).toThrow(/^a\.parquet: good_cl3d_\w+: it and "good_cl3d_\w+" have different numbers of values in an event$/);
  expect(() => goodEvents(2, { ...EVENTS, good_genpart_energy: jagged([0, 0, 2], 50, 60) }, place)).toThrow("different numbers of values");
  expect(() => goodEvents(2, { ...EVENTS, event: real(11, 12.5) }, place)).toThrow("a.parquet: event[1]");
}); // prettier-ignore

test("a file of the reference has the columns without a default, and the number of its events", () => {
  expect([GOOD_NAMES.includes("run"), GOOD_NAMES.includes("good_tc_z"), GOOD_NAMES.includes("tc_z")]).toEqual([true, true, false]);
  expect(() => checkGoodNames(GOOD_NAMES, "a")).not.toThrow();
  const filled = ["run", "lumi", "good_genpart_pid", "good_tc_subdet", "good_cl3d_id"];
  expect(() => checkGoodNames(GOOD_NAMES.filter((name) => !filled.includes(name)), "a")).not.toThrow();
  const without = GOOD_NAMES.filter((name) => name !== "event" && name !== "good_tc_z");
  expect(() => checkGoodNames(without, "a.parquet")).toThrow(/^a\.parquet is not a file of the reference: it lacks event, good_tc_z$/);
}); // prettier-ignore
