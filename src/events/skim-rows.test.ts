/** Rows of columns, gathered by number, and how far clusters are from particles. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { addDistances, gather, pick } from "./skim-rows.js";
import { CL3D, ENTRIES, GEN } from "./tables.js";

const LARGE = 2 ** 40 + 3;
test.each([
  { name: "float32 to reals", from: Float32Array.of(1.5, 2.5, 3.5), to: new Float64Array(2), want: Float64Array.of(3.5, 1.5) },
  { name: "doubles", from: Float64Array.of(0.1, 0.2, LARGE), to: new Float64Array(2), want: Float64Array.of(LARGE, 0.1) },
  { name: "int32", from: Int32Array.of(1, 2, -3), to: new Int32Array(2), want: Int32Array.of(-3, 1) },
  { name: "unsigned integers to int32", from: Uint32Array.of(1, 2, 3), to: new Int32Array(2), want: Int32Array.of(3, 1) },
  { name: "unsigned integers to int64", from: Uint32Array.of(2 ** 32 - 1, 2, 7), to: new BigInt64Array(2), want: BigInt64Array.of(7n, 2n ** 32n - 1n) },
  { name: "negative integers to int64", from: Int32Array.of(-5, 2, -1), to: new BigInt64Array(2), want: BigInt64Array.of(-1n, -5n) },
  { name: "reals to int64", from: Float64Array.of(-LARGE, 0, LARGE), to: new BigInt64Array(2), want: BigInt64Array.of(BigInt(LARGE), -BigInt(LARGE)) },
  { name: "int64", from: BigInt64Array.of(2n ** 62n, 2n, -3n), to: new BigInt64Array(2), want: BigInt64Array.of(-3n, 2n ** 62n) },
])("$name", ({ from, to, want }) => {
  gather(from, Int32Array.of(2, 0), to);
  expect(to).toEqual(want);
}); // prettier-ignore

/** Three entries with 2, 0, 1 particles and 1, 2, 3 clusters. */
function entries() {
  const table = createTable(ENTRIES, 3);
  const { columns } = table;
  columns.entry.set([10, 11, 12]);
  columns.event.set([7n, 8n, 9n]);
  columns.gen_first.set([0, 2, 2]);
  columns.gen_rows.set([2, 0, 1]);
  columns.cl3d_first.set([0, 1, 3]);
  columns.cl3d_rows.set([1, 2, 3]);
  return table;
}

test("the rows that are picked have the entry and event of those that count them", () => {
  const { rows, columns } = pick(CL3D, Int32Array.of(5, 0, 1, 2, 4, 3), entries(), "cl3d", { cl3d_eta: Float32Array.of(0, 1, 2, 3, 4, 5) });
  expect(rows).toBe(6);
  expect(columns).toMatchObject({
    entry: Int32Array.of(10, 11, 11, 12, 12, 12),
    event: BigInt64Array.of(7n, 8n, 8n, 9n, 9n, 9n),
    cl3d_eta: Float64Array.of(5, 0, 1, 2, 4, 3),
    cl3d_phi: new Float64Array(6),
  });
}); // prettier-ignore

test("a cluster is as far as the nearest particle of its entry, phi wrapped, and matches up to the threshold", () => {
  const [gen, cl3d] = [createTable(GEN, 3), createTable(CL3D, 6)];
  gen.columns.gen_eta.set([2, -2, 1.5]);
  gen.columns.gen_phi.set([0, 0, 3]);
  cl3d.columns.cl3d_eta.set([-1.75, 2, 2, 1.5, 1.75, 1.25]);
  cl3d.columns.cl3d_phi.set([0, 0, 0, 3 - 2 * Math.PI, 3, 3]);
  addDistances(entries(), gen, cl3d, 0.25);
  const { deltaR, matches } = cl3d.columns;
  expect([...deltaR].map((value) => Math.round(1e6 * value) / 1e6)).toEqual([0.25, Number.NaN, Number.NaN, 0, 0.25, 0.25]);
  expect([...matches]).toEqual([1, 0, 0, 1, 1, 1]);
  addDistances(entries(), gen, cl3d, 0.2499);
  expect([...matches]).toEqual([0, 0, 0, 1, 0, 0]);
  // As float32, and as the distance in eta and phi together.
  cl3d.columns.cl3d_eta[0] = 2.3;
  cl3d.columns.cl3d_phi[0] = -0.4;
  addDistances(entries(), gen, cl3d, 0.5);
  expect(deltaR[0]).toBe(Math.fround(Math.hypot(2.3 - 2, 0.4)));
}); // prettier-ignore
