import { describe, expect, test } from "vitest";
import { InputError, type Schema, type Table } from "../../core/index.js";
import { CLUSTERS, SEEDS } from "../../events/index.js";
import { MemoryFolder, testCodecs } from "../memory.test-data.js";
import { openRun } from "./run-read.js";
import { RunWriter } from "./run-write.js";

const codecs = await testCodecs();
const SCORES = {
  entry: { type: "int32", unit: "", doc: "" },
  chain: { type: "string", unit: "", doc: "" },
  score: { type: "double", unit: "", doc: "" },
} as const satisfies Schema;

function scores(first: number, rows: number): Table<typeof SCORES> {
  return {
    rows,
    columns: {
      entry: Int32Array.from({ length: rows }, (_, i) => first + i),
      chain: Array.from({ length: rows }, (_, i) => (i < rows / 2 ? "default" : "cs")),
      score: Float64Array.from({ length: rows }, (_, i) => (first + i) / 7),
    },
  };
}

async function runOf(pieces: readonly Table<typeof SCORES>[]): Promise<MemoryFolder> {
  const folder = new MemoryFolder();
  const run = await RunWriter.create({ scores: SCORES, seeds: SEEDS }, folder.create, codecs);
  for (const piece of pieces) await run.append("scores", piece);
  await run.finish({ config: { seed: { window: 1 } }, timings: { seconds: Math.PI } });
  return folder;
}

describe("a run written and read", () => {
  test("its tables, also empty ones, and what the caller says of it", async () => {
    const run = await openRun(await runOf([scores(0, 4), scores(4, 3)]), codecs);
    expect(run.info).toMatchObject({
      format: "bye-splits run",
      formatVersion: 2,
      config: { seed: { window: 1 } },
      tables: { scores: { rows: 7 }, seeds: { rows: 0 } },
    });
    const { columns } = await run.readTable("scores", SCORES);
    expect([...columns.score]).toEqual(Array.from({ length: 7 }, (_, i) => i / 7));
    expect(columns.chain).toEqual(["default", "default", "cs", "cs", "default", "default", "cs"]);
    expect((await run.readTable("seeds", SEEDS)).rows).toBe(0);
    const file = await run.openTable("scores");
    expect(file.groups).toEqual([{ first: 0, rows: 7 }]);
  });

  test("some of the columns", async () => {
    const run = await openRun(await runOf([scores(3, 1)]), codecs);
    expect(await run.readTable("scores", { entry: SCORES.entry })).toEqual({
      rows: 1,
      columns: { entry: Int32Array.of(3) },
    });
  });

  test("equal rows in other pieces give equal files", async () => {
    const whole = await runOf([scores(0, 200_001)]);
    const one = scores(0, 200_001).columns;
    const pieces = [0, 1, 79_999, 80_000, 80_001, 200_001].map((end, i, ends) => {
      const start = i === 0 ? 0 : ends[i - 1];
      return {
        rows: end - start,
        columns: {
          entry: one.entry.slice(start, end),
          chain: one.chain.slice(start, end),
          score: one.score.slice(start, end),
        },
      };
    });
    expect((await runOf(pieces)).files).toEqual(whole.files);
  });
});

describe("what is not there", () => {
  test("a table: the error lists those that are", async () => {
    const run = await openRun(await runOf([]), codecs);
    const error: unknown = await run.readTable("clusters", CLUSTERS).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toBe('memory has no table "clusters"; it has scores, seeds');
  });

  test("a table that run.json names and nobody finds", async () => {
    const folder = await runOf([scores(0, 4)]);
    folder.files.delete("scores.parquet");
    await expect((await openRun(folder, codecs)).readTable("scores", SCORES)).rejects.toThrow(
      "memory: scores.parquet, which its run.json names, is not there",
    );
  });

  test("run.json", async () => {
    await expect(openRun(new MemoryFolder(), codecs)).rejects.toThrow("memory is not a run: there is no run.json");
  });

  test("a table to append to", async () => {
    const run = await RunWriter.create({ scores: SCORES }, new MemoryFolder().create, codecs);
    await expect(run.append("clusters" as "scores", scores(0, 1))).rejects.toThrow(
      'no table "clusters" in this run: scores',
    );
  });

  test("the table that run.json describes", async () => {
    const folder = await runOf([scores(0, 4)]);
    folder.files.set("scores.parquet", (await runOf([scores(1, 4)])).files.get("scores.parquet") ?? new Uint8Array());
    await expect((await openRun(folder, codecs)).readTable("scores", SCORES)).rejects.toThrow(
      "memory/scores.parquet: not the file that run.json describes (as many rows, other content)",
    );
  });
});

test.each([
  { change: { files: [1] }, says: '"files" is [1], expected a list of names' },
  { change: { files: "a.hdf5" }, says: '"files" is "a.hdf5", expected a list of names' },
  { change: { tables: { scores: 3 } }, says: '"tables" must hold {rows, hash} of each table' },
])("a run.json that is another thing is refused: $says", async ({ change, says }) => {
  const folder = await runOf([scores(0, 4)]);
  const { checksum: _, ...info } = JSON.parse(new TextDecoder().decode(folder.files.get("run.json"))) as object & {
    checksum: string;
  };
  const changed = { ...info, formatVersion: 1, ...change };
  folder.files.set("run.json", new TextEncoder().encode(JSON.stringify(changed)));
  await expect(openRun(folder, codecs)).rejects.toThrow(says);
});
