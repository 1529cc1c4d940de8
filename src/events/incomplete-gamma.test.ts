import { expect, test } from "vitest";
import { logGamma } from "../core/index.js";
import { incompleteGamma } from "./incomplete-gamma.js";

test.each([
  { name: "shape 1 is 1 - exp(-x)", shape: 1, x: 2, want: 1 - Math.exp(-2) },
  { name: "shape 2 is 1 - (1 + x) exp(-x)", shape: 2, x: 0.5, want: 1 - 1.5 * Math.exp(-0.5) },
  { name: "shape 2 in the continued fraction", shape: 2, x: 12, want: 1 - 13 * Math.exp(-12) },
  { name: "shape 1/2 is the error function", shape: 0.5, x: 1, want: 0.8427007929497149 },
  { name: "a large shape, by its symmetric middle", shape: 100, x: 99.667, want: 0.5 },
  { name: "nothing lies below zero", shape: 3, x: -1, want: 0 },
  { name: "everything lies below a large x", shape: 3, x: 500, want: 1 },
])("incompleteGamma: $name", ({ shape, x, want }) => {
  expect(incompleteGamma(shape, x, logGamma(shape))).toBeCloseTo(want, shape === 100 ? 4 : 8);
});
