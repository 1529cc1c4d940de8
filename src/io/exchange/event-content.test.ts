import { expect, test } from "vitest";
import { batchOf } from "../folders/sample.test-data.js";
import { createGeometry, tcOutline } from "../../detector/index.js";
import { eventContent, particlesOf } from "./event-content.js";

test("the particles of an entry are all of its own, in their order", () => {
  const batch = batchOf([
    [2, 0, 0],
    [3, 0, 0],
    [0, 0, 0],
  ]);
  const { gen_eta, gen_phi, gen_en, gen_pt, gen_pid } = batch.gen.columns;
  const want = (rows: readonly number[]) =>
    rows.map((g) => ({ pid: gen_pid[g], pt: gen_pt[g], energy: gen_en[g], eta: gen_eta[g], phi: gen_phi[g] }));
  expect([0, 1, 2].map((i) => particlesOf(batch, i))).toEqual([want([0, 1]), want([2, 3, 4]), []]);
});

test.each([1, -1])("cells have the outline of the geometry, the first and the last too; unknown ones a square of 2 cm; endcap %i", (zside) => {
  const geometry = createGeometry("V11");
  const { triggerCells: tcs } = geometry;
  const batch = batchOf([[1, 1, 3]]);
  batch.entries.columns.zside[0] = zside;
  const { columns } = batch.tc;
  const chosen = [0, tcs.rows - 1];
  for (const [t, tc] of chosen.entries()) {
    [columns.tc_layer[t], columns.tc_wu[t], columns.tc_wv[t]] = [tcs.layer[tc], tcs.wu[tc], tcs.wv[tc]];
    [columns.tc_cu[t], columns.tc_cv[t], columns.tc_z[t]] = [tcs.cu[tc], tcs.cv[tc], zside * tcs.z[tc]];
  }
  columns.tc_layer[2] = 99;
  [columns.tc_x[2], columns.tc_y[2], columns.tc_z[2]] = [30, -40, zside * 400];
  const { corners } = eventContent(batch, 0, geometry);
  for (const [t, tc] of chosen.entries()) {
    const outline = Array.from(tcOutline(geometry, tc), (value, k) => ((k % 2 === 0 ? zside : 1) * value) / tcs.z[tc]);
    expect([...corners.subarray(8 * t, 8 * t + 8)]).toEqual(outline.map((value) => expect.closeTo(value, 6) as number));
  }
  const square = [29, -41, 31, -41, 31, -39, 29, -39].map((value) => expect.closeTo(value / 400, 6) as number);
  expect([...corners.subarray(16, 24)]).toEqual(square);
}); // prettier-ignore
