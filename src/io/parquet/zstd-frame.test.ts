import zstd from "@bokuweb/zstd-wasm";
import { expect, test } from "vitest";
import { testCodecs } from "../memory.test-data.js";
import { initZstd } from "./codecs.js";
import { frameContentSize } from "./zstd-frame.js";

const codecs = await testCodecs();
const decompress = codecs.decompress.ZSTD ?? (() => new Uint8Array());

/** Repeating bytes shrink, those of a linear congruential generator do not. */
const contents = [0, 1, 17, 300, 70_000, 300_001].flatMap((length) => {
  let state = 1;
  const noise = Uint8Array.from({ length }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24);
  return [
    { name: `${length} repeating bytes`, content: Uint8Array.from({ length }, (_, i) => i % 7) },
    { name: `${length} bytes of noise`, content: noise },
  ];
});

test.each(contents)("a frame of $name holds them", ({ content }) => {
  const frame = codecs.compress(content);
  expect(frame.length).toBeLessThan(content.length + 40);
  expect(Buffer.compare(zstd.decompress(frame), content)).toBe(0);
  expect(Buffer.compare(decompress(frame, content.length), content)).toBe(0);
  expect(frameContentSize(frame)).toBe(content.length);
});

test.each(contents.slice(2, 8))("no bit of a frame of $name can flip unseen", ({ content }) => {
  const frame = codecs.compress(content);
  for (let bit = 0; bit < frame.length * 8; bit += frame.length > 5000 ? 997 : 1) {
    const damaged = frame.slice();
    damaged[bit >> 3] ^= 1 << (bit & 7);
    let result: Uint8Array | undefined;
    try {
      result = decompress(damaged, content.length);
    } catch (error) {
      expect((error as Error).message).toMatch(/Failed to compress with code|not a zstd frame|page of \d+ bytes/);
    }
    // A few bits mean nothing: that of the unused flag, for instance.
    if (result !== undefined) expect(Buffer.compare(result, content)).toBe(0);
  }
});

test("a frame without its size is taken at the page's word", () => {
  const streamed = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x19, 0, 0, 1, 2, 3);
  expect(frameContentSize(streamed)).toBeUndefined();
  expect(decompress(streamed, 3)).toEqual(Uint8Array.of(1, 2, 3));
});

test("a frame that announces another size than its page is refused before anything is allocated for it", () => {
  const frame = codecs.compress(Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 251));
  new DataView(frame.buffer).setUint32(5, 2 ** 31, true);
  expect(() => decompress(frame, 300)).toThrow("page of 300 bytes, compressed as 2147483648");
  expect(() => decompress(frame, 2 ** 31)).toThrow("page of 2147483648 bytes");
});

test("blocks are no longer than the format allows, 128 KiB", () => {
  const frame = codecs.compress(contents[11].content);
  const header = frame[9] | (frame[10] << 8) | (frame[11] << 16);
  expect(header >> 3).toBe(1 << 17);
});

test("asked for again, the library keeps its memory: frames of before and after are right", async () => {
  const content = Uint8Array.from({ length: 20_000 }, (_, i) => i % 11);
  const before = codecs.compress(content);
  await initZstd(zstd);
  // A second initialisation takes effect later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(codecs.compress(content)).toEqual(before);
  expect(Buffer.compare(decompress(before, content.length), content)).toBe(0);
});

test("an initialisation that failed is tried again", async () => {
  let tries = 0;
  const library = {
    init: () => (++tries === 1 ? Promise.reject(new Error("the server is gone")) : Promise.resolve()),
  };
  await expect(initZstd(library)).rejects.toThrow("the server is gone");
  await initZstd(library);
  await initZstd(library);
  expect(tries).toBe(2);
});

test("imported by default or as a whole, it is one library", async () => {
  let times = 0;
  const init = (): Promise<void> => Promise.resolve(void times++);
  await Promise.all([initZstd({ init }), initZstd({ init })]);
  expect(times).toBe(1);
});
