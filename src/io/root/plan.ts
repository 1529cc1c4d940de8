/** Which baskets and which bytes of a file a read needs: data, made before anything is read. */
import { type BasketRef, type RootBranch } from "./tree.js";

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface ReadPlan {
  /** Entries [start, end). */
  readonly start: number;
  readonly end: number;
  /** For each branch the baskets that hold these entries, in order. */
  readonly baskets: readonly (readonly BasketRef[])[];
  /** What to fetch: neighbouring baskets together, in file order. */
  readonly ranges: readonly ByteRange[];
}

/** Fetching this many bytes that nobody needs is cheaper than another request. */
const GAP = 32_768;
const LONGEST_RANGE = 16_777_216;

/** The plan for entries [start, end); baskets that begin before entry `held` are at hand and not fetched. */
export function planRead(branches: readonly RootBranch[], start: number, end: number, held = 0): ReadPlan {
  const baskets = branches.map((branch) => basketsOf(branch, start, end));
  const fetched = new Set(baskets.flat().filter((basket) => basket.first >= held));
  const ranges: { start: number; end: number }[] = [];
  for (const range of [...fetched].flatMap((basket) => basket.range ?? []).toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1);
    if (last !== undefined && range.start <= last.end + GAP && range.end - last.start <= LONGEST_RANGE) {
      last.end = Math.max(last.end, range.end);
    } else {
      ranges.push({ ...range });
    }
  }
  return { start, end, baskets, ranges };
}

/** The baskets with entries [start, end). */
function basketsOf({ baskets }: RootBranch, start: number, end: number): BasketRef[] {
  // They are in order: the first one that ends behind `start` is found by halving.
  let low = 0;
  let high = baskets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (baskets[middle].first + baskets[middle].entries > start) high = middle;
    else low = middle + 1;
  }
  let last = low;
  while (last < baskets.length && baskets[last].first < end) last++;
  return baskets.slice(low, last);
}

/** Entries [start, end) in steps of about `chunkBytes` uncompressed bytes, at least one entry each. */
export function planChunks(
  branches: readonly RootBranch[],
  start: number,
  end: number,
  chunkBytes: number,
): ReadPlan[] {
  const plans: ReadPlan[] = [];
  let from = start;
  for (const to of [...cuts(branches, start, end, chunkBytes), end]) {
    if (to > from) plans.push(planRead(branches, from, to, plans.length === 0 ? 0 : from));
    from = Math.max(from, to);
  }
  return plans;
}

/** Entries at which the bytes so far, spread evenly over the entries of each basket, pass multiples of `chunkBytes`. */
function cuts(branches: readonly RootBranch[], start: number, end: number, chunkBytes: number): number[] {
  const steps = new Map<number, number>();
  const step = (entry: number, bytesPerEntry: number): void => {
    steps.set(entry, (steps.get(entry) ?? 0) + bytesPerEntry);
  };
  for (const { baskets, uncompressedBytes, compressedBytes } of branches) {
    const ratio = compressedBytes > 0 ? uncompressedBytes / compressedBytes : 1;
    for (const { first, entries, range, embedded } of baskets) {
      const bytes = range === undefined ? (embedded?.bytes.length ?? 0) : (range.end - range.start) * ratio;
      step(first, bytes / entries);
      step(first + entries, -bytes / entries);
    }
  }
  const entriesOfSteps = [...steps.keys()].toSorted((a, b) => a - b);
  const found: number[] = [];
  let bytesPerEntry = 0;
  let bytes = 0;
  for (const [i, at] of entriesOfSteps.entries()) {
    bytesPerEntry += steps.get(at) ?? 0;
    const to = Math.min(entriesOfSteps[i + 1] ?? end, end);
    let entry = Math.max(at, start);
    while (entry < to) {
      const need = Math.max(1, Math.ceil((chunkBytes - bytes) / Math.max(bytesPerEntry, 1e-9)));
      const reached = Math.min(entry + need, to);
      bytes += (reached - entry) * bytesPerEntry;
      entry = reached;
      if (bytes >= chunkBytes) {
        found.push(entry);
        bytes = 0;
      }
    }
  }
  return found;
}
