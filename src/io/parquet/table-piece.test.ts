import fc from "fast-check";
import { expect, test } from "vitest";
import { type Schema, sliceTable, type Table } from "../../core/index.js";
import { MemoryFolder, testCodecs } from "../memory.test-data.js";
import { openParquet } from "./read.js";
import { encodeGroup } from "./row-group.js";
import { buffersOf, joinPieces, splitPiece, toPiece, toTable } from "./table-piece.js";
import { type GroupEncoder, type GroupRequest, TableWriter } from "./table-write.js";

const codecs = await testCodecs();
const SCHEMA = {
  entry: { type: "int32", unit: "", doc: "" },
  event: { type: "int64", unit: "", doc: "" },
  chain: { type: "string", unit: "", doc: "" },
  value: { type: "double", unit: "", doc: "" },
  flag: { type: "boolean", unit: "", doc: "" },
} as const satisfies Schema;
const GROUP = 10;

function tableOf(counts: readonly number[], names: number): Table<typeof SCHEMA> {
  const entry = Int32Array.from(counts.flatMap((rows, i) => Array.from({ length: rows }, () => i)));
  return {
    rows: entry.length,
    columns: {
      entry,
      event: BigInt64Array.from(entry, (e) => BigInt(e) * 7n),
      chain: Array.from(entry, (e, i) => `chain ${(e + i) % names}`),
      value: Float64Array.from(entry, (_, i) => i / 3),
      flag: Uint8Array.from(entry, (_, i) => i % 2),
    },
  };
}

/** As threads do it: the memory of a request is gone for who sent it, and answers come when they like. */
function elsewhere(ahead: number, waits: () => number): GroupEncoder & { most: number } {
  let under = 0;
  const encoder = {
    ahead,
    most: 0,
    async encode(request: GroupRequest) {
      encoder.most = Math.max(encoder.most, ++under);
      const { schema, pieces, isFirst } = structuredClone(request, { transfer: buffersOf(request.pieces) });
      for (let i = waits(); i > 0; i--) await new Promise((resolve) => setImmediate(resolve));
      under--;
      return encodeGroup(schema, joinPieces(schema, pieces), isFirst, codecs);
    },
  };
  return encoder;
}

async function bytesOf(
  table: Table<typeof SCHEMA>,
  cuts: readonly number[],
  encoder?: GroupEncoder,
): Promise<ReadonlyMap<string, unknown> | object> {
  const folder = new MemoryFolder();
  const writer = new TableWriter(SCHEMA, await folder.create("t"), codecs, { groupRows: GROUP, encoder });
  const ends = [...cuts.map((cut) => cut % (table.rows + 1)), table.rows].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    const part = structuredClone(sliceTable(table, start, end));
    await writer.append(encoder === undefined ? part : toPiece(part, Object.keys(SCHEMA)));
    start = end;
  }
  expect((await writer.finish()).rows).toBe(table.rows);
  return folder.files;
}

const counts = fc.array(fc.nat({ max: 25 }), { maxLength: 20 });
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test("row groups that others encode, in any time, give the same bytes, and no more than allowed are under way", async () => {
  await fc.assert(
    fc.asyncProperty(counts, cuts, fc.array(fc.nat({ max: 3 }), { minLength: 1 }), async (rows, where, times) => {
      const table = tableOf(rows, 3);
      let turn = 0;
      const encoder = elsewhere(2, () => times[turn++ % times.length]);
      expect(await bytesOf(table, where, encoder)).toEqual(await bytesOf(table, []));
      expect(encoder.most).toBeLessThanOrEqual(3);
    }),
    { numRuns: 15 },
  );
});

test("row groups of another file, as they stand there but for a column, come between rows, whoever encodes these", async () => {
  await fc.assert(
    fc.asyncProperty(
      counts,
      fc.array(fc.boolean(), { minLength: 1 }),
      fc.nat({ max: 3 }),
      async (rows, kinds, wait) => {
        const from = new MemoryFolder();
        const table = tableOf(rows, 3);
        const first = new TableWriter(SCHEMA, await from.create("t"), codecs, { groupRows: GROUP });
        await first.append(table);
        await first.finish();
        const source = await openParquet(from.source("t"), codecs);
        const copy = async (encoder?: GroupEncoder): Promise<MemoryFolder> => {
          const to = new MemoryFolder();
          const writer = new TableWriter(SCHEMA, await to.create("t"), codecs, { groupRows: GROUP, encoder });
          for (const [g, group] of source.groups.entries()) {
            const { columns } = structuredClone(sliceTable(table, group.first, group.first + group.rows));
            const value = columns.value.map((each) => -each);
            if (kinds[g % kinds.length]) {
              await writer.appendPages(group.rows, await source.storedPages(SCHEMA, g), { value });
            } else {
              await writer.append(toPiece({ rows: group.rows, columns: { ...columns, value } }, Object.keys(SCHEMA)));
            }
          }
          expect((await writer.finish()).rows).toBe(table.rows);
          return to;
        };
        const alone = await copy();
        expect((await copy(elsewhere(2, () => wait))).files).toEqual(alone.files);
        const file = await openParquet(alone.source("t"), codecs);
        expect(await file.verify()).toBe(true);
        expect((await file.read(SCHEMA)).columns).toEqual({
          ...table.columns,
          value: table.columns.value.map((each) => -each),
        });
        for (const g of file.groups.keys()) {
          const { entry } = (await file.read(SCHEMA, g, g + 1)).columns;
          expect(file.range("entry", g)).toEqual({ min: entry[0], max: entry[entry.length - 1] });
        }
        const { value: _, ...fewer } = SCHEMA;
        if (file.rows > 0) await expect(file.storedPages(fewer, 0)).rejects.toThrow("row group 0 is not of entry");
      },
    ),
    { numRuns: 15 },
  );
});

test("a row group that cannot be encoded is the error of the writer, and nobody else's", async () => {
  const broken: GroupEncoder = {
    ahead: 1,
    encode: () => Promise.reject(new Error("the thread is gone")),
  };
  const table = tableOf(
    Array.from({ length: 9 }, () => 7),
    2,
  );
  await expect(bytesOf(table, [30], broken)).rejects.toThrow("the thread is gone");
});

test("pieces own their memory, and are the table again", () => {
  fc.assert(
    fc.property(counts, fc.nat(), fc.constantFrom(1, 3, 300), (rows, at, names) => {
      const table = tableOf(rows, names);
      const row = at % (table.rows + 1);
      const piece = toPiece(sliceTable(table, 0, table.rows), Object.keys(SCHEMA));
      expect(toTable(joinPieces(SCHEMA, [piece]))).toEqual(table);
      expect(toTable(joinPieces(SCHEMA, splitPiece(piece, row)))).toEqual(table);
      const buffers = splitPiece(piece, row).flatMap((each) => buffersOf([each]));
      expect(new Set(buffers).size).toBe(buffers.length);
    }),
    { numRuns: 15 },
  );
});

test("two columns on the same memory become two memories", () => {
  const { rows, columns } = tableOf([3, 4], 2);
  const piece = toPiece({ rows, columns: { ...columns, value: columns.value, twice: columns.value } }, [
    "value",
    "twice",
  ]);
  expect(new Set(buffersOf([piece])).size).toBe(2);
});
