import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { costOf, paretoFront } from "./ranking.js";

test("the Pareto front is what comparing every point with every other one gives, ties and NaN included (seed 5)", () => {
  const random = new Random(5);
  const figures = ["true_split_fraction", "efficiency", "response_en"] as const;
  for (let k = 0; k < 300; k++) {
    const pair = [figures[k % 3], figures[Math.floor(random.uniform() * 3)]] as const;
    const some = (): number => (random.uniform() < 0.1 ? Number.NaN : Math.floor(8 * random.uniform()) / 4);
    const points = Array.from({ length: 1 + (k % 12) }, () => ({ x: some(), y: some() }));
    const costs = points.map(({ x, y }) => [costOf(pair[0], x), costOf(pair[1], y)] as const);
    const isBeaten = ([x, y]: readonly [number, number]): boolean =>
      costs.some(([a, b]) => a <= x && b <= y && (a < x || b < y));
    const want = points.map((_, i) => i).filter((i) => !Number.isNaN(costs[i][0] + costs[i][1]) && !isBeaten(costs[i]));
    expect(paretoFront(points, pair).toSorted((a, b) => a - b)).toEqual(want);
  }
});
