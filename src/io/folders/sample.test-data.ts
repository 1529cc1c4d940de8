/** Samples in memory for the tests of this room. */
import { expect } from "vitest";
import { type Column, type Schema, type Table, createTable } from "../../core/index.js";
import { CL3D, ENTRIES, GEN, type SampleBatch, TC } from "../../events/index.js";
import { MemoryFolder, testCodecs } from "../memory.test-data.js";
import type { SampleReader } from "./sample-read.js";
import { type SampleInfo, SampleWriter } from "./sample-write.js";

const codecs = await testCodecs();

/** Rows of gen, cl3d, tc. */
export type Counts = readonly [number, number, number];

/** A batch whose values tell table, row and column; entry i has event `events + 10 i`. */
export function batchOf(counts: readonly Counts[], events = 100): SampleBatch {
  const filled = <S extends Schema>(schema: S, rows: number): Table<S> => {
    const table = createTable(schema, rows);
    for (const [k, column] of Object.values<Column>(table.columns).entries()) {
      for (let i = 0; i < rows; i++) {
        if (column instanceof BigInt64Array) column[i] = BigInt(events * (i + k));
        else if (column instanceof Uint8Array) column[i] = i % 2;
        else if (!Array.isArray(column)) column[i] = column instanceof Int32Array ? i + k : Math.fround(i + k / 7);
      }
    }
    return table;
  };
  const total = (k: 0 | 1 | 2): number => counts.reduce((sum, rows) => sum + rows[k], 0);
  const entries = filled(ENTRIES, counts.length);
  entries.columns.event.set(counts.map((_, i) => BigInt(events + 10 * i)));
  for (const [k, name] of (["gen", "cl3d", "tc"] as const).entries()) {
    let first = 0;
    for (const [i, rows] of counts.entries()) {
      entries.columns[`${name}_first`][i] = first;
      entries.columns[`${name}_rows`][i] = rows[k];
      first += rows[k];
    }
  }
  return { entries, gen: filled(GEN, total(0)), cl3d: filled(CL3D, total(1)), tc: filled(TC, total(2)) };
}

/** `made`: what sample.json says besides. */
export async function sampleOf(
  batches: readonly SampleBatch[],
  made: object = {},
): Promise<{ folder: MemoryFolder; info: SampleInfo }> {
  const folder = new MemoryFolder();
  const writer = await SampleWriter.create(folder.create, codecs);
  for (const batch of batches) await writer.append(batch);
  return { folder, info: await writer.finish({ command: "simulate", ...made }) };
}

/** The tables of all batches of a sample, one after the other, and checks on each batch. */
export async function readAll(sample: SampleReader): Promise<Record<string, Record<string, unknown[]>>> {
  const all: Record<string, Record<string, unknown[]>> = {};
  for (let i = 0; i < sample.batches; i++) {
    const batch = await sample.readBatch(i);
    expect(batch.entries.columns.entry[0]).toBe(sample.batchFirst[i]);
    for (const name of ["gen", "cl3d", "tc"] as const) {
      let next = 0;
      for (let e = 0; e < batch.entries.rows; e++) {
        expect(batch.entries.columns[`${name}_first`][e]).toBe(next);
        for (let row = next; row < next + batch.entries.columns[`${name}_rows`][e]; row++) {
          expect(batch[name].columns.entry[row]).toBe(batch.entries.columns.entry[e]);
          expect(batch[name].columns.event[row]).toBe(batch.entries.columns.event[e]);
        }
        next += batch.entries.columns[`${name}_rows`][e];
      }
      expect(batch[name].rows).toBe(next);
    }
    const { geometry: _, ...tables } = batch;
    for (const [name, table] of Object.entries<Table>({ ...tables })) {
      for (const [column, values] of Object.entries(table.columns)) ((all[name] ??= {})[column] ??= []).push(...values);
    }
  }
  return all;
}
