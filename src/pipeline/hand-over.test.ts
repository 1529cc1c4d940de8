import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { handOver } from "./hand-over.js";

test("each array has memory of its own, which is told; one that has it already is not copied", () => {
  const buffer = new Float64Array([1, 2, 3, 4]);
  const own = new Int32Array([5, 6]);
  const memory = new Set<ArrayBufferLike>();
  const value = { own, first: buffer.subarray(0, 2), last: buffer.subarray(2), again: own };
  const out = handOver(value, memory) as typeof value;
  expect(out).toEqual({ own, first: Float64Array.of(1, 2), last: Float64Array.of(3, 4), again: own });
  expect([out.own === own, out.again === own, out.again.buffer === own.buffer]).toEqual([true, false, false]);
  const buffers = [out.own, out.first, out.last, out.again].map((array) => array.buffer);
  expect([new Set(buffers).size, memory.size, buffers.every((each) => memory.has(each))]).toEqual([4, 4, true]);
  expect(buffers.includes(buffer.buffer)).toBe(false);
});

test("plain data stay as they are, lists of objects are gone through, tables become pieces", () => {
  const memory = new Set<ArrayBufferLike>();
  const texts = ["a", "b"];
  const table = createTable({ n: { type: "int32", unit: "", doc: "" } }, 2);
  table.columns.n.set([7, 8]);
  const out = handOver({ n: 1, nothing: null, texts, list: [{ x: Int32Array.of(1) }, { x: Int32Array.of(2) }], table }, memory) as Record<string, unknown>; // prettier-ignore
  expect([out["n"], out["nothing"], out["texts"] === texts]).toEqual([1, null, true]);
  expect(out["list"]).toEqual([{ x: Int32Array.of(1) }, { x: Int32Array.of(2) }]);
  expect(memory.size).toBeGreaterThanOrEqual(3);
  expect([out["table"] === table, (out["table"] as { rows: number }).rows]).toEqual([false, 2]);
  // Rows that are no number, or columns that are a list, are no table.
  for (const other of [{ rows: "two", columns: {} }, { rows: 2, columns: [1] }, { rows: 2 }]) {
    expect(handOver(other, memory)).toEqual(other);
  }
});
