import { expect, test } from "vitest";
import { type Table } from "../core/index.js";
import { CLUSTERS, FILL, SEEDS } from "../events/index.js";
import { memorySource, openParquet, ParquetWriter } from "../io/index.js";
import { nodeCodecs } from "../io/node/index.js";
import { createTable } from "../core/index.js";
import { EntryCursor } from "./entry-cursor.js";

const codecs = await nodeCodecs();

/** A file of seeds: each row group lists the entries, and chains, of its rows. */
async function seedsFile(groups: readonly (readonly [entry: number, chain: string])[][]) {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()), close: async () => {} };
  const writer = new ParquetWriter(SEEDS, sink, codecs);
  let row = 0;
  for (const group of groups) {
    const table: Table<typeof SEEDS> = createTable(SEEDS, group.length);
    for (const [i, [entry, chain]] of group.entries()) {
      table.columns.entry[i] = entry;
      table.columns.chain[i] = chain;
      table.columns.u[i] = row++;
    }
    await writer.writeGroup(table);
  }
  await writer.finish();
  return openParquet(memorySource("seeds.parquet", Buffer.concat(pieces)), codecs);
}

const d = (entry: number) => [entry, "default"] as const;
const cs = (entry: number) => [entry, "cs"] as const;

async function taken(cursor: EntryCursor<typeof SEEDS>, entry: number, chain?: string): Promise<number[]> {
  const { columns, first, end } = await cursor.take(entry, chain);
  return [...columns.u.subarray(first, end)];
}

test("entries come with their rows, over row groups; an entry without rows has none", async () => {
  const cursor = await EntryCursor.create(await seedsFile([[d(1), d(1), d(3)], [d(4)], [d(7), d(7)]]), SEEDS);
  const rows: number[][] = [];
  for (const entry of [0, 1, 2, 3, 4, 5, 7, 8]) rows.push(await taken(cursor, entry));
  expect(rows).toEqual([[], [0, 1], [], [2], [3], [], [4, 5], []]);
  await cursor.checkEnd();
});

test("with two chains, in the order of the table", async () => {
  const cursor = await EntryCursor.create(await seedsFile([[d(0), d(1), cs(1), cs(1), d(2)]]), SEEDS);
  const asked: [number, string][] = [
    [0, "default"],
    [1, "default"],
    [0, "cs"],
    [1, "cs"],
    [2, "default"],
    [2, "cs"],
  ];
  const rows: number[][] = [];
  for (const [entry, chain] of asked) rows.push(await taken(cursor, entry, chain));
  expect(rows).toEqual([[0], [1], [], [2, 3], [4], []]);
});

test("rows that nobody asked for are an error at the end", async () => {
  const cursor = await EntryCursor.create(await seedsFile([[d(1)], [d(2)]]), SEEDS);
  await cursor.take(1);
  await expect(cursor.checkEnd()).rejects.toThrow("seeds.parquet: entry 2 is out of place or not of this run");
});

test("a table of another kind is an error", async () => {
  await expect(EntryCursor.create(await seedsFile([[d(1)]]), FILL)).rejects.toThrow('column "mipPt" is missing');
  await expect(EntryCursor.create(await seedsFile([]), CLUSTERS)).rejects.toThrow('column "en" is missing');
});
