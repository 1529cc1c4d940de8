import { expect, test } from "vitest";
import { createTable } from "../../core/index.js";
import { ENTRIES } from "../../events/index.js";
import { deriveDeltaR, deriveMatches, deriveTc } from "./sample-derive.js";

test("deltaR: over the seam of phi, to the nearest of several particles, NaN without any", () => {
  const entries = createTable(ENTRIES, 3);
  entries.columns.gen_first.set([0, 1, 3]);
  entries.columns.gen_rows.set([1, 2, 0]);
  entries.columns.cl3d_first.set([0, 1, 2]);
  entries.columns.cl3d_rows.set([1, 1, 1]);
  const gen = { eta: Float64Array.of(2, 2.5, 1.5), phi: Float64Array.of(3.1, 0, 0) };
  const cl3d = { eta: Float64Array.of(2, 2.4, 2), phi: Float64Array.of(-3.1, 0, 0) };
  const deltaR = deriveDeltaR(entries, gen, cl3d);
  expect(deltaR[0]).toBeCloseTo(2 * Math.PI - 6.2, 12);
  expect(deltaR[1]).toBeCloseTo(0.1, 12);
  expect(deltaR[2]).toBeNaN();
});

test("matches up to 0.05, the threshold included", () => {
  expect([...deriveMatches(Float64Array.of(0, 0.05, 0.0500001, Number.NaN))]).toEqual([1, 1, 0, 0]);
});

test("subdetector from layer and wafer, endcap from z", () => {
  const columns = { tc_layer: Int32Array.of(1, 28, 29, 40), tc_wu: Int32Array.of(3, -3, 0, -999) };
  expect(deriveTc("tc_subdet", 4, columns, "V11")).toEqual(Int32Array.of(1, 1, 2, 10));
  expect(deriveTc("tc_zside", 2, { tc_z: Float64Array.of(-320.5, 500) }, "V11")).toEqual(Int32Array.of(-1, 1));
});
