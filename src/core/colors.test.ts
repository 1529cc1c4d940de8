import { expect, test } from "vitest";
import { CLUSTER_COLORS, hexColor, viridis } from "./colors.js";

test.each([
  { name: "its first colour", t: 0, want: [68, 1, 84] },
  { name: "its second colour", t: 0.1, want: [72, 36, 117] },
  { name: "the middle of two", t: 0.05, want: [70, 19, 101] },
  { name: "its last colour", t: 1, want: [253, 231, 37] },
  { name: "below 0 the first one", t: -2, want: [68, 1, 84] },
  { name: "above 1 the last one", t: 3, want: [253, 231, 37] },
])("viridis: $name", ({ t, want }) => {
  expect(viridis(t)).toEqual(want);
});

test("a colour as CSS has it: two digits each", () => {
  expect(hexColor([0, 15.6, 255])).toBe("#0010ff");
  expect(new Set(CLUSTER_COLORS.map(hexColor)).size).toBe(8);
});
