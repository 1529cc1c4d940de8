import { expect, test } from "vitest";
import { wrapPhi } from "./angles.js";

test.each([
  ["pi is the other end", Math.PI, -Math.PI],
  ["-pi stays", -Math.PI, -Math.PI],
  ["three half turns", 3 * Math.PI, -Math.PI],
  ["just below pi stays, to the last bit", Math.PI - 2 ** -51, Math.PI - 2 ** -51],
  ["just below -pi comes in at the top", -Math.PI - 2 ** -40, Math.PI - 2 ** -40],
  ["inside it stays, to the last bit", 0.1, 0.1],
  ["0", 0, 0],
])("%s", (_, phi, want) => {
  expect(wrapPhi(phi)).toBeCloseTo(want, 12);
  expect(wrapPhi(phi) >= -Math.PI && wrapPhi(phi) < Math.PI).toBe(true);
  if (phi >= -Math.PI && phi < Math.PI) expect(wrapPhi(phi)).toBe(phi);
});

test("any angle is turned by whole turns, far ones too", () => {
  for (const turns of [-3, -1, 1, 2, 1000, 100_000]) {
    for (const phi of [-3.1415, -1, 0, 0.5, 3.1415]) {
      expect(wrapPhi(phi + 2 * Math.PI * turns)).toBeCloseTo(phi, 8);
    }
  }
});

test("angles at odd half turns, and the numbers next to them, are in [-pi, pi) and where they were", () => {
  for (let turn = -400; turn <= 400; turn++) {
    for (let ulp = -3; ulp <= 3; ulp++) {
      const phi = (2 * turn + 1) * Math.PI * (1 + ulp * 2 ** -52);
      const wrapped = wrapPhi(phi);
      expect([phi, wrapped >= -Math.PI && wrapped < Math.PI]).toEqual([phi, true]);
      expect(Math.cos(wrapped)).toBeCloseTo(-1, 12);
    }
  }
});
