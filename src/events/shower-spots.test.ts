import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { Spots, turned } from "./shower-spots.js";

const SEED = 1;
const profile = { core: 0.75, coreRadius: 0.6, tailRadius: 2, maxRadius: 15 };
const straight = { x: 3, y: -2, z0: 0, slopeX: 0, slopeY: 0 };

/** Part of the profile within r of the axis. */
function inside(r: number): number {
  const of = (radius: number): number => r ** 2 / (r ** 2 + radius ** 2);
  return profile.core * of(profile.coreRadius) + (1 - profile.core) * of(profile.tailRadius);
}

test.each([
  { name: "all spots", trueCount: 300, count: 300 },
  { name: "a tenth of the spots, heavier near the axis", trueCount: 3000, count: 300 },
])("energy spreads as the profile says: $name", ({ trueCount, count }) => {
  const radii = [0.3, 1, 2, 4, 8];
  const sums = radii.map(() => 0);
  let total = 0;
  let farthest = 0;
  const sink = {
    deposit: (layer: number, x: number, y: number, signal: number) => {
      assert.equal(layer, 7);
      const r = Math.hypot(x - straight.x, y - straight.y);
      farthest = Math.max(farthest, r);
      total += signal;
      radii.forEach((radius, k) => {
        if (r < radius) sums[k] += signal;
      });
    },
  };
  const spots = new Spots();
  for (let i = 0; i < 100; i++) spots.drop(new Random(SEED, i), 7, 100, straight, profile, 2, trueCount, count, sink);
  expect(total).toBeCloseTo(200, 6);
  expect(farthest).toBeLessThan(15.001);
  radii.forEach((radius, k) => {
    const wanted = inside(radius) / inside(15);
    expect(Math.abs(sums[k] / total - wanted), `within ${radius} cm, seed ${SEED}`).toBeLessThan(0.012);
  });
});

test("far from the axis limited spots are nearly as many and as light as all of them", () => {
  const far = [3000, 300].map((count) => {
    let spots = 0;
    let largest = 0;
    const sink = {
      deposit: (_layer: number, x: number, y: number, signal: number) => {
        if (Math.hypot(x - straight.x, y - straight.y) < 6) return;
        spots++;
        largest = Math.max(largest, signal);
      },
    };
    for (let i = 0; i < 100; i++) {
      new Spots().drop(new Random(SEED, i), 7, 100, straight, profile, 3000, 3000, count, sink);
    }
    return { spots: spots / 100, largest };
  });
  expect(Math.abs(far[1].spots / far[0].spots - 1), JSON.stringify(far)).toBeLessThan(0.3);
  expect(far[1].largest).toBeLessThan(15);
});

test("around a slanted axis the spots of a layer form an ellipse along the slope", () => {
  const axis = { x: 0, y: 0, z0: 0, slopeX: 1, slopeY: 0 };
  let along = 0;
  let beside = 0;
  const sink = {
    deposit: (_layer: number, x: number, y: number, signal: number) => {
      along += signal * Math.abs(x - 50);
      beside += signal * Math.abs(y);
    },
  };
  for (let i = 0; i < 200; i++) new Spots().drop(new Random(SEED, i), 1, 50, axis, profile, 1, 300, 300, sink);
  expect(along / beside).toBeCloseTo(Math.SQRT2, 1);
});

test("a turned axis leaves the old one where it was at z, under the angle, in every direction about it", () => {
  const random = new Random(SEED);
  for (const [slopeX, slopeY] of [
    [0, 0],
    [0.3, 0],
    [-0.2, 0.4],
  ] as const) {
    // prettier-ignore
    const axis = { x: 3, y: -2, z0: 10, slopeX, slopeY };
    let [sumX, sumY] = [0, 0];
    for (let k = 0; k < 400; k++) {
      const angle = [0, 0.005, 0.5, 1, 1.4][k % 5];
      const found = turned(axis, 30, angle, random);
      expect(found).toMatchObject({ z0: 30, x: 3 + 20 * slopeX, y: -2 + 20 * slopeY });
      const cross = [slopeX * found.slopeY - slopeY * found.slopeX, found.slopeX - slopeX, found.slopeY - slopeY];
      const sine = Math.hypot(...cross) / (Math.hypot(1, slopeX, slopeY) * Math.hypot(1, found.slopeX, found.slopeY));
      // Around a slanted axis for small angles; those above 1 are 1.
      if (slopeX === 0 || angle < 0.01) expect(sine).toBeCloseTo(Math.sin(Math.min(1, angle)), slopeX === 0 ? 9 : 4);
      if (angle !== 0.005) continue;
      sumX += found.slopeX - slopeX;
      sumY += found.slopeY - slopeY;
    }
    // 80 directions: their mean is 0 within 4 sigma.
    for (const sum of [sumX, sumY]) expect(Math.abs(sum / 80)).toBeLessThan((4 * 0.008) / Math.sqrt(80));
  }
});
