import { expect, test } from "vitest";
import { wrongValue } from "../core/index.js";
import { CLUSTER_STUDIES } from "./cluster-studies.js";

test("radii and numbers of entries that a configuration may hold, and those that it may not", () => {
  const { coeffs, nevents } = CLUSTER_STUDIES.clusterStudies;
  const right = (row: typeof coeffs | typeof nevents, ...values: unknown[]): boolean[] =>
    values.map((value) => wrongValue(row, value) === null);
  expect(right(nevents, -1, 0, 1, 2 ** 31)).toEqual([true, true, true, true]);
  expect(right(nevents, -2, 1.5, 2 ** 31 + 1)).toEqual([false, false, false]);
  expect(right(coeffs, [0, 0.1, 3], [0.001, 1000, 1000])).toEqual([true, true]);
  expect(right(coeffs, [0, 0.1], [-1e-9, 0.1, 3], [0, 0.1, 1000.1])).toEqual([false, false, false]);
  expect([coeffs.value, nevents.value]).toEqual([[0.001, 0.05, 50], -1]);
});
