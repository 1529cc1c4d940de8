import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Column, FormatError, InputError, type Schema, type Table, sliceTable } from "../../core/index.js";
import type { SampleBatch } from "../../events/index.js";
import { type MemoryFolder, testCodecs } from "../memory.test-data.js";
import { openSample } from "./sample-read.js";
import type { SourceFolder } from "../source.js";
import { batchOf, readAll, sampleOf } from "./sample.test-data.js";

const codecs = await testCodecs();

function expectColumns(found: Record<string, unknown[]> | undefined, table: Table, except: readonly string[]): void {
  for (const [name, column] of Object.entries<Column>(table.columns)) {
    if (!except.includes(name)) expect(found?.[name] ?? []).toEqual([...column]);
  }
}

describe("a sample written and read", () => {
  const counts = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 4 }), fc.nat({ max: 9 })), { maxLength: 12 });

  test.each([
    { name: "the one that it was made in", made: { geometry: "V16" }, want: "V16" },
    { name: "V11 where it says none", made: {}, want: "V11" },
  ])("its geometry is $name, and goes with every batch", async ({ made, want }) => {
    const sample = await openSample((await sampleOf([batchOf([[1, 1, 2]])], made)).folder, codecs);
    expect(sample.geometry).toBe(want);
    expect((await sample.readBatch(0)).geometry).toBe(want);
  });

  test("a geometry that is no name is refused: not taken for another one", async () => {
    const { folder } = await sampleOf([batchOf([[1, 1, 2]])], { geometry: 16 });
    await expect(openSample(folder, codecs)).rejects.toThrow(
      'memory/sample.json: "geometry" is 16, expected the version of a geometry',
    );
  });

  test("has every row of every entry, however it was cut into batches", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(counts, { maxLength: 4 }), async (batches) => {
        const whole = batchOf(batches.flat());
        const { folder, info } = await sampleOf([whole]);
        const sample = await openSample(folder, codecs);
        expect(info.counts).toEqual({
          entries: sample.nEntries,
          gen: whole.gen.rows,
          cl3d: whole.cl3d.rows,
          tc: whole.tc.rows,
        });
        const found = await readAll(sample);
        for (const name of ["gen", "cl3d", "tc"] as const) expectColumns(found[name], whole[name], ["entry", "event"]);
        expectColumns(found["entries"], whole.entries, ["entry", "gen_first", "cl3d_first", "tc_first"]);

        let at = 0;
        const cut = batches.map((part) => {
          const rows = sliceTable(whole.entries, at, at + part.length).columns;
          const starts = { gen: rows.gen_first[0] ?? 0, cl3d: rows.cl3d_first[0] ?? 0, tc: rows.tc_first[0] ?? 0 };
          at += part.length;
          const piece = <S extends Schema>(table: Table<S>, start: number, k: 0 | 1 | 2): Table<S> =>
            sliceTable(table, start, start + part.reduce((sum, each) => sum + each[k], 0));
          return {
            entries: {
              rows: part.length,
              columns: {
                ...rows,
                gen_first: rows.gen_first.map((row) => row - starts.gen),
                cl3d_first: rows.cl3d_first.map((row) => row - starts.cl3d),
                tc_first: rows.tc_first.map((row) => row - starts.tc),
              },
            },
            gen: piece(whole.gen, starts.gen, 0),
            cl3d: piece(whole.cl3d, starts.cl3d, 1),
            tc: piece(whole.tc, starts.tc, 2),
          };
        });
        expect((await sampleOf(cut)).folder.files).toEqual(folder.files);
      }),
      { numRuns: 50 },
    );
  });

  test("batches are row groups of about 80,000 TCs; entries without TCs stay with those before", async () => {
    const batch = batchOf([
      [1, 50_000, 0],
      [1, 0, 50_000],
      [1, 50_000, 50_000],
      [1, 2, 0],
      [1, 1, 7],
      [1, 1, 0],
    ]);
    const sample = await openSample((await sampleOf([batch])).folder, codecs);
    expect(sample.batchFirst).toEqual([0, 4, 6]);
    const first = await sample.readBatch(0);
    const second = await sample.readBatch(1);
    expect(first.entries.columns.tc_first).toEqual(Int32Array.of(0, 0, 50_000, 100_000));
    expect(second.tc.rows).toBe(7);
    // The clusters of the first batch fill one row group, the others begin a second one.
    expect(first.cl3d.columns.cl3d_eta).toEqual(batch.cl3d.columns.cl3d_eta.subarray(0, 100_002));
    expect(second.cl3d.columns.cl3d_eta).toEqual(batch.cl3d.columns.cl3d_eta.subarray(100_002));
  });

  test("entries without any TC make one batch, no entries none", async () => {
    const sample = await openSample(
      (
        await sampleOf([
          batchOf([
            [1, 0, 0],
            [1, 0, 0],
          ]),
        ])
      ).folder,
      codecs,
    );
    expect([sample.batches, (await sample.readBatch(0)).entries.rows]).toEqual([1, 2]);
    const empty = await openSample((await sampleOf([])).folder, codecs);
    expect([empty.batches, empty.nEntries]).toEqual([0, 0]);
    await expect(empty.readBatch(0)).rejects.toThrow("memory: batch 0 does not exist, there are 0");
  });

  test("sample.json says what it is, how it was made, how much there is, in which units", async () => {
    const { folder, info } = await sampleOf([batchOf([[1, 2, 3]])]);
    const text = new TextDecoder().decode(folder.files.get("sample.json"));
    expect(JSON.parse(text)).toEqual(info);
    expect(info).toMatchObject({
      format: "bye-splits sample",
      formatVersion: 2,
      made: { command: "simulate" },
      counts: { entries: 1, gen: 1, cl3d: 2, tc: 3 },
      units: { tc: { tc_x: "cm", tc_mipPt: "MIP_T" } },
    });
    expect((await openSample(folder, codecs)).info).toEqual(info);
  });

  test("a sample.json of version 1, without a checksum, is read", async () => {
    const { folder, info } = await sampleOf([batchOf([[1, 2, 3]])]);
    const { checksum: _, ...old } = { ...info, formatVersion: 1 };
    folder.files.set("sample.json", new TextEncoder().encode(JSON.stringify(old)));
    expect((await openSample(folder, codecs)).info).toEqual(old);
  });

  test("the hash follows the values, not sample.json", async () => {
    const { folder } = await sampleOf([batchOf([[1, 2, 3]])]);
    const { hash } = await openSample(folder, codecs);
    folder.files.delete("sample.json");
    expect((await openSample(folder, codecs)).hash).toBe(hash);
    const changed = batchOf([[1, 2, 3]]);
    changed.tc.columns.tc_mipPt[2] += 0.25;
    expect((await openSample((await sampleOf([changed])).folder, codecs)).hash).not.toBe(hash);
  });

  test("only the columns asked for are read, and the others cannot be taken for NaN", async () => {
    const sample = await openSample((await sampleOf([batchOf([[1, 2, 3]])])).folder, codecs);
    const { tc } = await sample.readBatch(0, { columns: ["tc_x", "entry"] });
    expect(Object.keys(tc.columns).toSorted()).toEqual(["entry", "event", "tc_x"]);
    expect(() => tc.columns.tc_y).toThrow('column "tc_y" was not read: name it in the columns of readBatch');
  });

  test.each([
    {
      name: "a gap",
      change: (batch: SampleBatch) => batch.entries.columns.tc_first.set([1]),
      message: "entry 0 of a batch: tc_first is 1, expected 0",
    },
    {
      name: "rows of no entry",
      change: (batch: SampleBatch) => batch.entries.columns.cl3d_rows.set([1]),
      message: "a batch has 2 rows in cl3d, its entries have 1",
    },
  ])("the writer refuses $name", async ({ change, message }) => {
    const batch = batchOf([[1, 2, 3]]);
    change(batch);
    await expect(sampleOf([batch])).rejects.toThrow(message);
  });
});

describe("a sample that is not right", () => {
  const edited = (change: (info: Record<string, unknown>) => void) => (folder: MemoryFolder) => {
    const info = JSON.parse(new TextDecoder().decode(folder.files.get("sample.json"))) as Record<string, unknown>;
    change(info);
    folder.files.set("sample.json", new TextEncoder().encode(JSON.stringify(info)));
  };

  test.each<{
    name: string;
    change: (folder: MemoryFolder) => void | Promise<void>;
    error?: unknown;
    message: string | RegExp;
  }>([
    {
      name: "of a newer version",
      change: edited((info) => (info["formatVersion"] = 3)),
      message: "memory/sample.json: format version 3 of a sample is unknown, this program reads versions 1 to 2",
    },
    {
      name: "without a version",
      change: edited((info) => delete info["formatVersion"]),
      message: "format version undefined of a sample is unknown",
    },
    {
      name: "with an edited sample.json",
      change: edited((info) => (info["counts"] = { entries: 2 })),
      message:
        /^memory\/sample\.json: its checksum is [0-9a-f]{16}, it says "[0-9a-f]{16}": it is corrupt, or was edited; .* delete sample\.json/,
    },
    {
      name: "without the checksum that its version has",
      change: edited((info) => delete info["checksum"]),
      message: "it says undefined: it is corrupt, or was edited",
    },
    {
      name: "that is a run",
      change: edited((info) => (info["format"] = "bye-splits run")),
      message: '"format" is "bye-splits run", expected "bye-splits sample"',
    },
    {
      name: "with broken JSON",
      change: (folder) => void folder.files.set("sample.json", new TextEncoder().encode("{")),
      message: /^memory\/sample\.json: not JSON \(.+\): the file is damaged, take an intact copy or make it again$/,
    },
    {
      name: "without TCs",
      change: (folder) => void folder.files.delete("tc.parquet"),
      error: InputError,
      message: "memory is not a sample: there is no tc.parquet",
    },
    {
      name: "with another table",
      change: async (folder) => {
        const other = (await sampleOf([batchOf([[1, 2, 3]], 7)])).folder;
        folder.files.set("cl3d.parquet", other.files.get("cl3d.parquet") ?? new Uint8Array());
      },
      message:
        /^memory\/cl3d\.parquet: not the file that sample\.json describes \(as many rows, other content\): it is corrupt, or was replaced/,
    },
    {
      name: "with other rows",
      change: async (folder) => {
        const other = (await sampleOf([batchOf([[1, 3, 3]])])).folder;
        folder.files.set("cl3d.parquet", other.files.get("cl3d.parquet") ?? new Uint8Array());
        folder.files.delete("sample.json");
      },
      message: "memory/cl3d.parquet: 3 rows, entries.parquet has 2",
    },
    {
      name: "with the rows of other entries",
      change: async (folder) => {
        const other = (
          await sampleOf([
            batchOf([
              [1, 0, 3],
              [0, 2, 0],
            ]),
          ])
        ).folder;
        folder.files.set("cl3d.parquet", other.files.get("cl3d.parquet") ?? new Uint8Array());
        folder.files.delete("sample.json");
      },
      message: "memory/cl3d.parquet: row group 0 holds entries 1 to 1, entries.parquet says 0 to 0",
    },
  ])("$name", async ({ change, error = FormatError, message }) => {
    const { folder } = await sampleOf([batchOf([[1, 2, 3]])]);
    await change(folder);
    let open = 0;
    const counting: SourceFolder = {
      name: folder.name,
      async open(file) {
        const source = await folder.open(file);
        if (source !== undefined) open++;
        return source && { ...source, close: async () => void open-- };
      },
    };
    const found: unknown = await openSample(counting, codecs).catch((reason: unknown) => reason);
    expect(open).toBe(0);
    expect(found).toBeInstanceOf(error);
    expect((found as Error).message).toMatch(message);
  });
});
