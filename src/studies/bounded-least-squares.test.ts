import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { boundedLeastSquares, type Bounds, type NormalEquations } from "./bounded-least-squares.js";

function equations(rows: readonly (readonly number[])[], y: readonly number[]): NormalEquations {
  const n = rows[0].length;
  const ata = new Float64Array(n * n);
  const aty = new Float64Array(n);
  for (const [k, row] of rows.entries()) {
    for (let i = 0; i < n; i++) {
      aty[i] += row[i] * y[k];
      for (let j = 0; j < n; j++) ata[i * n + j] += row[i] * row[j];
    }
  }
  return { n, ata, aty };
}

/** The largest violation of the conditions of Kuhn and Tucker, relative to |A^T y|. */
function violation({ n, ata, aty }: NormalEquations, w: Float64Array, { low, high }: Bounds): number {
  const size = Math.max(...aty.map(Math.abs), 1e-300);
  let worst = 0;
  for (let i = 0; i < n; i++) {
    if (!(w[i] >= low && w[i] <= high)) return Infinity;
    let gradient = -aty[i];
    for (let k = 0; k < n; k++) gradient += ata[i * n + k] * w[k];
    const wrong =
      low === high
        ? 0
        : w[i] === low
          ? Math.max(0, -gradient)
          : w[i] === high
            ? Math.max(0, gradient)
            : Math.abs(gradient);
    worst = Math.max(worst, wrong / size);
  }
  return worst;
}

const bounds = { low: 0, high: 2 };

test.each([
  {
    name: "inside of the bounds it is least squares",
    rows: [
      [1, 0],
      [0, 1],
    ],
    y: [1.5, 0.5],
    want: [1.5, 0.5],
  },
  {
    name: "what would be negative stays 0",
    rows: [
      [1, 0],
      [0, 1],
    ],
    y: [1.5, -1],
    want: [1.5, 0],
  },
  {
    name: "what would be larger stays at the upper bound",
    rows: [
      [1, 0],
      [0, 1],
    ],
    y: [9, 1],
    want: [2, 1],
  },
  {
    name: "a bound changes what is best for the others",
    rows: [
      [1, 1],
      [0, 1],
      [1, 0],
    ],
    y: [5, 0, 3],
    want: [2, 1.5],
  },
  {
    name: "a column of zeros stays at the lower bound",
    rows: [
      [1, 0],
      [2, 0],
    ],
    y: [1, 2],
    want: [1, 0],
  },
  {
    // (44 x 13 - 9 x 33, 19 x 33 - 9 x 44) / (19 x 13 - 9 x 9) of the second and third column.
    name: "what met the upper bound on the way ends at the lower one",
    rows: [
      [1, 1, 3],
      [-1, 3, 2],
      [0, -3, 0],
    ],
    y: [5, 9, -4],
    want: [0, 275 / 166, 231 / 166],
  },
  {
    // What is left, (1, 0, 0.4, 0.8), is at a right angle to all columns.
    name: "what met the upper bound on the way leaves it again",
    rows: [
      [2, 0, 0],
      [-2, -3, -2],
      [-1, 2, -2],
      [-2, -1, 1],
    ],
    y: [1, -9, -1, -3],
    want: [1, 1.48, 1.28],
  },
  {
    name: "nothing to fit to: all 0",
    rows: [
      [1, 2],
      [3, 4],
    ],
    y: [0, 0],
    want: [0, 0],
  },
])("$name", ({ rows, y, want }) => {
  const w = boundedLeastSquares(equations(rows, y), bounds);
  for (const [i, value] of want.entries()) expect(w[i]).toBeCloseTo(value, 12);
});

test("equal columns: their sum is decided, and every condition holds", () => {
  const of = equations(
    [
      [1, 1, 0],
      [2, 2, 1],
      [1, 1, 3],
    ],
    [2, 5, 4],
  );
  const w = boundedLeastSquares(of, bounds);
  expect(violation(of, w, bounds)).toBeLessThan(1e-9);
});

test("300 random problems meet the conditions of Kuhn and Tucker, bounds active or not, scales of columns 1 to 1e6 apart", () => {
  const random = new Random(4);
  let worst = 0;
  let active = 0;
  let inside = 0;
  for (let k = 0; k < 300; k++) {
    const n = 1 + Math.floor(20 * random.uniform());
    const m = n + Math.floor(40 * random.uniform());
    const scales = Array.from({ length: n }, () => 10 ** random.between(-3, 3));
    const rows = Array.from({ length: m }, () => scales.map((s) => s * (random.normal() + 0.5)));
    const y = rows.map((row) => row.reduce((sum, each) => sum + each, 0) + 3 * random.normal());
    const limits = { low: random.uniform() < 0.5 ? 0 : -random.uniform(), high: random.between(0.2, 3) };
    const of = equations(rows, y);
    const w = boundedLeastSquares(of, limits);
    worst = Math.max(worst, violation(of, w, limits));
    for (const each of w) {
      if (each === limits.low || each === limits.high) active++;
      else inside++;
    }
  }
  expect(worst).toBeLessThan(1e-9);
  expect(Math.min(active, inside)).toBeGreaterThan(300);
});

test("it is the best of all choices of bounds: 40 random problems of 4 unknowns tried out", () => {
  const random = new Random(5);
  for (let k = 0; k < 40; k++) {
    const rows = Array.from({ length: 9 }, () => Array.from({ length: 4 }, () => random.normal()));
    const y = rows.map(() => 3 * random.normal());
    const cost = (w: ArrayLike<number>): number =>
      rows.reduce((sum, row, r) => sum + (row.reduce((s, a, i) => s + a * w[i], 0) - y[r]) ** 2, 0);
    const found = cost(boundedLeastSquares(equations(rows, y), bounds));
    // Every point of a fine grid, and steps from the found one, are not better.
    for (let t = 0; t < 200; t++) {
      const w = Array.from({ length: 4 }, () => [0, 2, random.between(0, 2)][Math.floor(3 * random.uniform())]);
      assert.ok(found <= cost(w) + 1e-9);
    }
  }
});

test("more unknowns than rows: the conditions hold", () => {
  const random = new Random(6);
  const rows = Array.from({ length: 5 }, () => Array.from({ length: 12 }, () => random.uniform()));
  const of = equations(
    rows,
    rows.map(() => 4 * random.uniform()),
  );
  expect(violation(of, boundedLeastSquares(of, bounds), bounds)).toBeLessThan(1e-7);
});

test.each([
  {
    name: "bounds out of order",
    of: equations([[1]], [1]),
    limits: { low: 1, high: 0 },
    message: "expected low <= high",
  },
  { name: "infinity in the right side alone", of: { n: 1, ata: Float64Array.of(1), aty: Float64Array.of(Infinity) }, limits: bounds, message: "not finite" }, // prettier-ignore
  { name: "NaN in the matrix alone", of: { n: 1, ata: Float64Array.of(Number.NaN), aty: Float64Array.of(1) }, limits: bounds, message: "not finite" }, // prettier-ignore
  { name: "NaN in the rows", of: equations([[Number.NaN]], [1]), limits: bounds, message: "not finite" },
])("refused: $name", ({ of, limits, message }) => {
  expect(() => boundedLeastSquares(of, limits)).toThrow(message);
});
