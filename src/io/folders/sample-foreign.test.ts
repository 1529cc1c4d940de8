import { describe, expect, test } from "vitest";
import { type Schema, createTable } from "../../core/index.js";
import { CL3D, GEN, SAMPLE_TABLES, TC } from "../../events/index.js";
import { MemoryFolder, fixtures, testCodecs } from "../memory.test-data.js";
import { ParquetWriter } from "../parquet/write.js";
import { type SampleReader, openSample } from "./sample-read.js";
import { batchOf, readAll, sampleOf } from "./sample.test-data.js";

const codecs = await testCodecs();

describe("a sample by others", () => {
  test("entries from contiguous events, batches of whole entries from row groups that cut them", async () => {
    const sample = await openSample(fixtures("foreign-sample"), codecs);
    expect(sample.info).toBeUndefined();
    const { columns } = sample.entries;
    expect([...columns.event]).toEqual([11n, 12n, 13n, 14n]);
    expect([...columns.zside]).toEqual([1, 1, 1, 1]);
    expect([...columns.cl3d_rows]).toEqual([2, 0, 1, 1]);
    expect([...columns.tc_first]).toEqual([0, 5, 9, 9]);
    expect([...columns.tc_rows]).toEqual([5, 4, 0, 7]);
    // Row groups of 4: the first TCs of the entries with TCs, rows 0, 5 and 9, lie in three of them.
    expect(sample.batchFirst).toEqual([0, 1, 3, 4]);
    const { tc } = await readAll(sample);
    expect(tc?.["tc_x"]).toEqual(Array.from({ length: 16 }, (_, i) => Math.fround(0.3 * i)));
  });

  test("beside entries.parquet each row must be of its entry: tables that were sorted or shuffled are an error", async () => {
    const folder = fixtures("foreign-sample");
    const { entries } = await openSample(folder, codecs);
    const write = async (event: BigInt64Array): Promise<SampleReader> => {
      const writer = new ParquetWriter(SAMPLE_TABLES.entries, await folder.create("entries.parquet"), codecs);
      await writer.writeGroup({ rows: entries.rows, columns: { ...entries.columns, event } });
      await writer.finish();
      return openSample(folder, codecs);
    };
    expect((await write(entries.columns.event)).nEntries).toBe(4);
    const swapped = BigInt64Array.from([11n, 12n, 14n, 13n]);
    await expect(write(swapped)).rejects.toThrow(
      /gen\.parquet: row 2 has event 13, entries\.parquet says 14: keep the rows of all tables in the order of the entries/,
    );
  });

  test("optional columns are derived", async () => {
    const { gen, cl3d, tc } = await readAll(await openSample(fixtures("foreign-sample"), codecs));
    expect(gen?.["gen_pid"]).toEqual([0, 0, 0, 0]);
    const deltaR = cl3d?.["deltaR"] as number[];
    const want = [0.01, Math.hypot(0.5, 1.1), 0, 0.2];
    for (const [i, value] of want.entries()) expect(deltaR[i]).toBeCloseTo(value, 12);
    expect(cl3d?.["matches"]).toEqual([1, 0, 1, 0]);
    expect(cl3d?.["cl3d_id"]).toEqual([1n, 2n, 3n, 4_000_000_000n]);
    expect(tc?.["tc_cl3d_id"]).toEqual(Array.from({ length: 16 }, () => 0n));
    expect(tc?.["tc_zside"]).toEqual(Array.from({ length: 16 }, () => 1));
    const layer = (i: number): number => 1 + 4 * (i % 12);
    expect(tc?.["tc_subdet"]).toEqual(
      Array.from({ length: 16 }, (_, i) => (i % 5 === 4 ? 10 : layer(i) <= 28 ? 1 : 2)),
    );
  });

  test("a derived column brings its sources", async () => {
    const sample = await openSample(fixtures("foreign-sample"), codecs);
    const { tc } = await sample.readBatch(0, { columns: ["tc_subdet"] });
    expect([...tc.columns.tc_subdet]).toEqual([1, 1, 1, 1, 10]);
  });

  const { entry: _entry, ...GEN_BY_EVENT } = GEN;
  const { entry: _entry2, ...CL3D_BY_EVENT } = CL3D;
  const { entry: _entry3, ...TC_BY_EVENT } = TC;

  async function byEvent(
    events: { gen: bigint[]; cl3d: bigint[]; tc: bigint[] },
    genEta?: number[],
  ): Promise<SampleReader> {
    const folder = new MemoryFolder();
    for (const [name, schema] of Object.entries<Schema>({ gen: GEN_BY_EVENT, cl3d: CL3D_BY_EVENT, tc: TC_BY_EVENT })) {
      const keys = BigInt64Array.from(events[name as keyof typeof events]);
      const table = createTable(schema, keys.length);
      const columns = {
        ...table.columns,
        event: keys,
        ...(name === "gen" && genEta ? { gen_eta: Float64Array.from(genEta) } : {}),
      };
      const writer = new ParquetWriter(schema, await folder.create(`${name}.parquet`), codecs);
      await writer.writeGroup({ rows: keys.length, columns });
      await writer.finish();
    }
    return openSample(folder, codecs);
  }

  test("the sign of gen_eta is the endcap", async () => {
    const sample = await byEvent({ gen: [1n, 1n, 2n], cl3d: [], tc: [2n] }, [-2, -2.1, 2]);
    expect([...sample.entries.columns.zside]).toEqual([-1, 1]);
    expect([sample.nEntries, sample.batches]).toEqual([2, 1]);
  });

  test.each([
    {
      name: "events torn apart",
      events: { gen: [1n, 2n], cl3d: [], tc: [1n, 2n, 1n] },
      message: "memory/tc.parquet: the rows of event 1 are not contiguous (from row 0 and again from row 2)",
    },
    {
      name: "TCs without a particle",
      events: { gen: [1n, 3n], cl3d: [], tc: [1n, 2n] },
      message: "memory/tc.parquet: event 2 is missing in memory/gen.parquet",
    },
    {
      name: "another order",
      events: { gen: [1n, 2n], cl3d: [2n, 1n], tc: [] },
      message: "memory/cl3d.parquet: event 1 stands in another order than in memory/gen.parquet",
    },
    {
      name: "particles in both endcaps",
      events: { gen: [1n, 1n], cl3d: [], tc: [] },
      eta: [2, -2],
      message: 'memory/gen.parquet: event 1 has particles in both endcaps; such samples need the "entry" columns',
    },
  ])("$name", async ({ events, eta, message }) => {
    await expect(byEvent(events, eta)).rejects.toThrow(message);
  });

  test("entry columns tell the two endcaps of one event apart", async () => {
    const { folder } = await sampleOf([
      batchOf([
        [1, 1, 2],
        [1, 0, 1],
        [1, 1, 0],
      ]),
    ]);
    const { entries } = await openSample(folder, codecs);
    folder.files.delete("entries.parquet");
    folder.files.delete("sample.json");
    const derived = (await openSample(folder, codecs)).entries;
    for (const name of Object.keys(SAMPLE_TABLES.entries)) {
      if (name !== "run" && name !== "lumi" && name !== "zside") {
        expect(derived.columns[name as "entry"]).toEqual(entries.columns[name as "entry"]);
      }
    }
  });
});
