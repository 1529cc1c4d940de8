/** What is fetched for a range of entries: everything that it needs, little else, in few requests. */
import { expect, test } from "vitest";
import { Random } from "../../core/index.js";
import { planChunks, planRead } from "./plan.js";
import { type BasketRef, type RootBranch } from "./tree.js";

const GAP = 32_768;
const LONGEST = 16_777_216;

/** Branches of `entries` entries in baskets of any number of entries and size, somewhere in the file. */
function branchesOf(random: Random, entries: number): RootBranch[] {
  let seek = 100;
  return Array.from({ length: 3 }, (_, b) => {
    const baskets: BasketRef[] = [];
    for (let first = 0; first < entries;) {
      const count = Math.min(entries - first, 1 + Math.floor(random.between(0, 30)));
      const size = 20 + Math.floor(random.between(0, 20_000));
      seek += random.uniform() < 0.5 ? 0 : Math.floor(random.between(0, 60_000));
      baskets.push({ first, entries: count, range: { start: seek, end: seek + size } });
      seek += size;
      first += count;
    }
    const compressedBytes = baskets.reduce((sum, { range }) => sum + (range?.end ?? 0) - (range?.start ?? 0), 0);
    return { name: `b${b}`, baskets, compressedBytes, uncompressedBytes: 2 * compressedBytes } as unknown as RootBranch;
  });
}

test("the baskets of a range are those with entries in it; ranges hold what is not at hand, with small gaps alone", () => {
  const random = new Random(41);
  for (let turn = 0; turn < 100; turn++) {
    const branches = branchesOf(random, 200);
    const start = Math.floor(random.between(0, 200));
    const end = start + 1 + Math.floor(random.between(0, 200 - start));
    const held = turn % 2 === 0 ? 0 : start;
    const plan = planRead(branches, start, end, held);
    const needed = branches.map(({ baskets }) => baskets.filter(({ first, entries }) => first < end && first + entries > start)); // prettier-ignore
    expect(plan).toMatchObject({ start, end, baskets: needed });
    const wanted = needed.flat().filter(({ first }) => first >= held).map(({ range }) => range ?? { start: 0, end: 0 }); // prettier-ignore
    for (const each of wanted) {
      expect(plan.ranges.filter((range) => range.start <= each.start && range.end >= each.end)).toHaveLength(1);
    }
    for (const [k, range] of plan.ranges.entries()) {
      const inside = wanted.filter((each) => each.start >= range.start && each.end <= range.end).toSorted((a, b) => a.start - b.start); // prettier-ignore
      // From the first to the last one that is in it, without a gap that is worth a request; the next one is farther away.
      expect([inside[0].start, Math.max(...inside.map((each) => each.end))]).toEqual([range.start, range.end]);
      for (let i = 1; i < inside.length; i++) expect(inside[i].start - inside[i - 1].end).toBeLessThanOrEqual(GAP);
      const next = plan.ranges.at(k + 1);
      if (next !== undefined) expect(next.start - range.end).toBeGreaterThan(GAP);
    }
  }
});

test.each([
  ["a gap of 32 KiB is read over", [[0, 10], [10 + GAP, 20 + GAP]], 1],
  ["a larger one is not", [[0, 10], [11 + GAP, 20 + GAP]], 2],
  ["16 MiB are one request", [[0, 10], [10, LONGEST]], 1],
  ["more are two", [[0, 10], [10, LONGEST + 1]], 2],
  ["a long basket alone is one", [[0, LONGEST + 9]], 1],
  ["one that lies within another adds nothing", [[0, 100], [20, 30], [90, 120]], 1],
])("%s", (_, places, requests) => {
  const baskets = places.map(([start, end], first) => ({ first, entries: 1, range: { start, end } }));
  const { ranges } = planRead([{ baskets: baskets.toReversed().map((basket, first) => ({ ...basket, first })) } as unknown as RootBranch], 0, 9); // prettier-ignore
  expect(ranges).toHaveLength(requests);
  expect([ranges[0].start, ranges[requests - 1].end]).toEqual([0, Math.max(...places.map(([, end]) => end))]);
}); // prettier-ignore

test("chunks follow on each other and hold about as many bytes as asked for, an entry at least", () => {
  const random = new Random(42);
  for (const chunkBytes of [1, 10_000, 100_000, 1e9]) {
    const branches = branchesOf(random, 150);
    // Bytes of an entry: those of each basket, spread evenly.
    const bytes = new Float64Array(150);
    for (const { baskets } of branches) {
      for (const { first, entries, range } of baskets) {
        const each = (2 * ((range?.end ?? 0) - (range?.start ?? 0))) / entries;
        for (let i = first; i < first + entries; i++) bytes[i] += each;
      }
    }
    const [start, end] = [10, 140];
    const plans = planChunks(branches, start, end, chunkBytes);
    expect([plans[0].start, plans.at(-1)?.end]).toEqual([start, end]);
    for (const [k, plan] of plans.entries()) {
      if (k > 0) expect(plan.start).toBe(plans[k - 1].end);
      expect(plan.end).toBeGreaterThan(plan.start);
      const sum = (from: number, to: number): number => bytes.subarray(from, to).reduce((a, b) => a + b, 0);
      // The last entry passes the limit, and not before it.
      if (plan.end < end) expect(sum(plan.start, plan.end)).toBeGreaterThanOrEqual(chunkBytes - 1e-3);
      expect(plan.end - plan.start === 1 || sum(plan.start, plan.end - 1) < chunkBytes + 1e-3).toBe(true);
      // What an earlier chunk has fetched is not fetched again.
      const held = k === 0 ? 0 : plan.start;
      expect(plan).toEqual(planRead(branches, plan.start, plan.end, held));
    }
  }
  expect(planChunks(branchesOf(random, 5), 3, 3, 100)).toEqual([]);
});
