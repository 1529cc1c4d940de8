import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { CellTruth } from "./cell-truth.js";

test("shares of cells and the particle with the largest part of each trigger cell, entry after entry", () => {
  const random = new Random(14);
  const truth = new CellTruth(12, 3);
  for (let entry = 0; entry < 60; entry++) {
    const particles = Math.floor(random.between(0, 4));
    const own = new Float64Array(12);
    const parts = Array.from({ length: 3 }, () => new Float64Array(particles));
    for (let particle = 0; particle < particles; particle++) {
      for (let k = 0; k < 6; k++) {
        const cell = Math.floor(random.between(0, 12));
        // Powers of two: sums are exact.
        const signal = 2 ** Math.floor(random.between(-3, 3));
        truth.add(cell, cell >> 2, particle, signal);
        own[cell] += signal;
        parts[cell >> 2][particle] += signal;
      }
    }
    for (const [cell, signal] of own.entries()) {
      const all = signal + 2 ** Math.floor(random.between(-4, 2));
      expect(truth.take(cell, all)).toBe(signal / all);
      expect(truth.take(cell, all)).toBe(0);
    }
    for (const [tc, sums] of parts.entries()) {
      const largest = Math.max(0, ...sums);
      const found = truth.takeParticle(tc);
      expect(largest === 0 ? -1 : sums[found]).toBe(largest === 0 ? found : largest);
      expect(truth.takeParticle(tc)).toBe(-1);
    }
  }
});

test("a cell that lost signal to noise has all of it", () => {
  const truth = new CellTruth(1, 1);
  truth.add(0, 0, 2, 5);
  expect([truth.take(0, 4), truth.takeParticle(0)]).toEqual([1, 2]);
});
