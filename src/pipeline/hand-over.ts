/** Results made ready to be moved to another thread, which can move on each table by itself. */
import { type Table } from "../core/index.js";
import { toPiece } from "../io/node/index.js";

/** The same plain data, tables as pieces, each array with memory of its own, which is added to `memory`. */
export function handOver(value: unknown, memory: Set<ArrayBufferLike>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    const view = value as Uint8Array;
    const isOwner = view.byteOffset === 0 && view.byteLength === view.buffer.byteLength && !memory.has(view.buffer);
    const owned = isOwner ? view : view.slice();
    memory.add(owned.buffer);
    return owned;
  }
  if (Array.isArray(value)) return typeof value[0] === "object" ? value.map((each) => handOver(each, memory)) : value;
  if (isTable(value)) return toPiece(value, Object.keys(value.columns), memory);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, handOver(each, memory)]));
}

function isTable(value: object): value is Table {
  return "rows" in value && typeof value.rows === "number" && "columns" in value && !Array.isArray(value.columns);
}
