/**
 * Typed arrays of one kind are compared number by number, as `Object.is` does: vitest's own comparison makes a list of keys and a text of
 * each, which took a third of the time of the files that compare tables.
 */
import { expect } from "vitest";

type Numbers = ArrayLike<number | bigint>;

function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Whether both hold the same numbers; undefined: not for this comparison to say. */
export function equalNumbers(a: unknown, b: unknown): boolean | undefined {
  if (!isNumbers(a) || !isNumbers(b) || a.constructor !== b.constructor) return undefined;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

// Files share what is global: once is enough.
const DONE = Symbol.for("bye-splits.equalNumbers");
const shared = globalThis as { [DONE]?: true };
if (shared[DONE] === undefined) {
  shared[DONE] = true;
  expect.addEqualityTesters([equalNumbers]);
}
