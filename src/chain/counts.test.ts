import { expect, test } from "vitest";
import { addCounts, createCounts } from "./counts.js";

test("new counts are 0: added to others they change nothing", () => {
  const some = Object.fromEntries(Object.keys(createCounts()).map((name, i) => [name, i + 1]));
  const sum = { ...createCounts(), ...some };
  addCounts(sum, createCounts());
  expect(sum).toEqual({ ...createCounts(), ...some });
  const twice = createCounts();
  for (let i = 0; i < 2; i++) addCounts(twice, sum);
  expect(twice).toEqual(Object.fromEntries(Object.entries(some).map(([name, n]) => [name, 2 * n])));
});
