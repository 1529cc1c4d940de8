/** Trigger cells of simulated events as columns, in both endcaps. */
import { expect, test } from "vitest";
import { createGeometry, gevPerMip, negativeEndcap } from "../detector/index.js";
import { TcRows } from "./tc-rows.js";

const geometry = createGeometry("V11");
const tcs = geometry.triggerCells;

test("each row has the name and place of its cell, mirrored in the negative endcap, from the first cell to the last", () => {
  const rows = new TcRows(geometry);
  // More than there is room for at first.
  const chosen = Array.from({ length: 5000 }, (_, k) => (k < 4 ? [0, tcs.rows - 1][k % 2] : (k * 97) % tcs.rows));
  const sideOf = (k: number): number => (k % 4 < 2 ? 1 : -1);
  for (const [k, tc] of chosen.entries()) rows.push(tc, sideOf(k), 10 + k, 0, k / 5000, (k % 3) - 1);
  const columns = rows.finish();
  const other = negativeEndcap(tcs);
  const { tc_signal, tc_particle } = rows.truth();
  let wrong = 0;
  for (const [k, tc] of chosen.entries()) {
    const side = sideOf(k);
    const { x, y, z, eta, phi } = side > 0 ? tcs : other;
    const mipPt = Math.fround((10 + k) * Math.fround(1 / Math.cosh(tcs.eta[tc])));
    const pt = mipPt * gevPerMip(geometry, tcs.layer[tc], tcs.thickness[tc]);
    const near = (got: number, want: number): boolean => Math.abs(got - want) <= 1e-6 * Math.abs(want);
    const isRight =
      [columns.tc_x[k], columns.tc_y[k], columns.tc_z[k], columns.tc_eta[k], columns.tc_phi[k], columns.tc_mipPt[k], columns.tc_pt[k], columns.tc_energy[k]].every(
        (got, i) => near(got, [x[tc], y[tc], z[tc], eta[tc], phi[tc], mipPt, pt, pt * Math.cosh(eta[tc])][i]),
      ) &&
      [columns.tc_zside[k], columns.tc_layer[k], columns.tc_subdet[k], columns.tc_waferu[k], columns.tc_waferv[k], columns.tc_cellu[k], columns.tc_cellv[k]].join() ===
        [side, tcs.layer[tc], tcs.subdet[tc], tcs.wu[tc], tcs.wv[tc], tcs.cu[tc], tcs.cv[tc]].join() &&
      tc_signal[k] === Math.fround(k / 5000) && tc_particle[k] === (k % 3) - 1;
    if (!isRight) wrong++;
  }
  expect([rows.rows, columns.tc_x.length, tc_signal.length, wrong]).toEqual([5000, 5000, 5000, 0]);
}); // prettier-ignore

test("cells below the least mipPt are left out, those at it are not", () => {
  const rows = new TcRows(geometry);
  const mipPt = 10 * Math.fround(1 / Math.cosh(tcs.eta[7]));
  rows.push(7, 1, 10, mipPt * (1 + 1e-12), 0, -1);
  expect(rows.rows).toBe(0);
  rows.push(7, 1, 10, mipPt, 0, -1);
  expect(rows.rows).toBe(1);
});
