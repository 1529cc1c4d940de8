/** Reads branches: plan (which bytes, as data), fetch, decompress, decode. */
import { FormatError, InputError } from "../../core/index.js";
import { type Basket, readBasket } from "./basket.js";
import { type RootColumn } from "./column.js";
import { checkDecodable, type ColumnDecoder, createDecoder } from "./decode.js";
import { type ByteRange, type ReadPlan, planChunks, planRead } from "./plan.js";
import { type BasketRef, type RootBranch, type RootTree, findBranch, nameOf } from "./tree.js";

/** Columns of entries [start, end) by branch name, as it was asked for. */
export interface RootChunk {
  readonly start: number;
  readonly end: number;
  readonly columns: Readonly<Record<string, RootColumn>>;
}

export interface EntryRange {
  /** First entry. [0] */
  readonly start?: number;
  /** After the last entry. [all] */
  readonly end?: number;
}

/** All of the branches over a range of entries, at once. For more than memory holds see `iterateBranches`. */
export async function readBranches(
  tree: RootTree,
  names: readonly string[],
  range: EntryRange = {},
): Promise<RootChunk> {
  return createReader(tree, names)(range);
}

/** The same for one range after the other: a chunk is valid until the next one is asked for, which is in its memory. */
export function createReader(tree: RootTree, names: readonly string[]): (range: EntryRange) => Promise<RootChunk> {
  const branches = selectBranches(tree, names);
  const readers = readersOf(tree, branches, names);
  return async (range) => {
    const { start, end } = checkEntries(tree, range);
    const plan = planRead(branches, start, end);
    return decodeChunk(tree, readers, plan, await fetchPlan(tree, plan), new Map());
  };
}

/**
 * The same in chunks of about `chunkBytes` [2e6: more is slower, memory is then not in the cache] uncompressed bytes,
 * in the order of the entries. The columns of a chunk are valid until the next one is asked for, which is decoded into
 * their memory. While a chunk is used, the bytes of the next are fetched. Every basket is decompressed once.
 */
export async function* iterateBranches(
  tree: RootTree,
  names: readonly string[],
  options: EntryRange & { readonly chunkBytes?: number } = {},
): AsyncGenerator<RootChunk, void, undefined> {
  const { start, end } = checkEntries(tree, options);
  const branches = selectBranches(tree, names);
  const readers = readersOf(tree, branches, names);
  // Baskets that reach into the next chunk are kept.
  let kept = new Map<BasketRef, Basket>();
  const plans = planChunks(branches, start, end, options.chunkBytes ?? 2e6);
  let fetching: Promise<Fetched> | undefined;
  for (const [i, plan] of plans.entries()) {
    const fetched = await (fetching ?? fetchPlan(tree, plan));
    const next = plans.at(i + 1);
    fetching = next && fetchPlan(tree, next);
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    fetching?.catch(() => undefined);
    const chunk = await decodeChunk(tree, readers, plan, fetched, kept);
    kept = new Map([...kept].filter(([ref]) => ref.first + ref.entries > plan.end));
    yield chunk;
  }
}

function checkEntries(tree: RootTree, { start = 0, end = tree.entries }: EntryRange): { start: number; end: number } {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end <= tree.entries) {
    return { start, end };
  }
  throw new InputError(`${nameOf(tree)} has ${tree.entries} entries, asked for ${start} to ${end}`);
}

/** The branches of these names. Throws for those that cannot be decoded or that lack entries, before anything is read. */
function selectBranches(tree: RootTree, names: readonly string[]): RootBranch[] {
  return names.map((name) => {
    const branch = findBranch(tree, name);
    const held = branch.baskets.reduce((sum, basket) => sum + basket.entries, 0);
    checkDecodable(branch.layout, nameOf(tree, branch));
    if (held !== tree.entries) {
      throw new FormatError(`${nameOf(tree, branch)} holds ${held} entries, the tree has ${tree.entries}`);
    }
    return branch;
  });
}

/** Fetched byte ranges. */
class Fetched {
  readonly #ranges: readonly ByteRange[];
  readonly #bytes: readonly Uint8Array[];

  constructor(ranges: readonly ByteRange[], bytes: readonly Uint8Array[]) {
    this.#ranges = ranges;
    this.#bytes = bytes;
  }

  /** The bytes of a basket's record; undefined for one in the tree's record. */
  record({ range }: BasketRef): Uint8Array | undefined {
    const i = range === undefined ? -1 : this.#ranges.findLastIndex(({ start }) => start <= range.start);
    if (range === undefined || i < 0) return undefined;
    const { start } = this.#ranges[i];
    return this.#bytes[i].subarray(range.start - start, range.end - start);
  }
}

async function fetchPlan(tree: RootTree, plan: ReadPlan): Promise<Fetched> {
  const bytes = await Promise.all(plan.ranges.map(({ start, end }) => tree.source.read(start, end)));
  return new Fetched(plan.ranges, bytes);
}

interface Reader {
  readonly name: string;
  readonly branch: RootBranch;
  readonly decoder: ColumnDecoder;
}

function readersOf(tree: RootTree, branches: readonly RootBranch[], names: readonly string[]): Reader[] {
  const { swap } = tree.codecs;
  return branches.map((branch, i) => {
    return { name: names[i], branch, decoder: createDecoder(branch.layout, { what: nameOf(tree, branch), swap }) };
  });
}

async function decodeChunk(
  tree: RootTree,
  readers: readonly Reader[],
  plan: ReadPlan,
  fetched: Fetched,
  kept: Map<BasketRef, Basket>,
): Promise<RootChunk> {
  const { start, end } = plan;
  const columns: Record<string, RootColumn> = {};
  for (const [i, { name, branch, decoder }] of readers.entries()) {
    const { uncompressedBytes, compressedBytes } = branch;
    const compressed = plan.baskets[i].reduce(
      (sum, { range }) => sum + (range === undefined ? 0 : range.end - range.start),
      0,
    );
    // The bytes of whole baskets: a little more than is needed.
    const bytes = compressed * (compressedBytes > 0 ? uncompressedBytes / compressedBytes : 1);
    decoder.start(end - start, bytes);
    for (const ref of plan.baskets[i]) {
      const made = kept.get(ref) ?? readBasket(tree, branch, ref, fetched.record(ref));
      const basket = made instanceof Promise ? await made : made;
      if (ref.first + ref.entries > end) kept.set(ref, basket);
      decoder.add({ basket, from: Math.max(0, start - ref.first), to: Math.min(ref.entries, end - ref.first) });
    }
    columns[name] = decoder.finish();
  }
  return { start, end, columns };
}
