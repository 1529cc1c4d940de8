import lz4 from "lz4-napi";
import { expect, test } from "vitest";
import { lz4Block } from "./lz4.js";

const CONTENTS: Record<string, Uint8Array> = {
  nothing: new Uint8Array(0),
  "one byte": Uint8Array.of(7),
  "a long run of one value": new Uint8Array(70_000).fill(3),
  "matches that overlap themselves": Uint8Array.from({ length: 5000 }, (_, k) => k % 3),
  "numbers without matches": Uint8Array.from({ length: 600 }, (_, k) => (k * 2654435761) >>> 13),
};

/** lz4-napi puts the size in front. */
const compress = (content: Uint8Array): Uint8Array =>
  Uint8Array.from(lz4.compressSync(Buffer.from(content))).subarray(4);

test.each(Object.entries(CONTENTS))("lz4Block restores %s", (_, content) => {
  expect(lz4Block(compress(content), content.length)).toEqual(content);
});

test("corrupt blocks are errors, and never write beyond the size", () => {
  const block = compress(CONTENTS["matches that overlap themselves"]);
  expect(() => lz4Block(block, 100)).toThrow("LZ4: a match does not fit");
  expect(() => lz4Block(block.subarray(0, block.length - 4), 5000)).toThrow(/^LZ4: /);
  expect(() => lz4Block(Uint8Array.of(0x10, 1, 0, 0), 50)).toThrow("LZ4: a match does not fit");
  expect(() => lz4Block(Uint8Array.of(0xf0, 255), 50)).toThrow("LZ4: a length runs over the end of the block");
});
