import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Random } from "../../core/index.js";
import { gunzip } from "./inflate.js";

const random = new Random(11, 0);
/** Numbers of which small ones are frequent: long and short codes, near and far matches. */
const skewed = Uint8Array.from({ length: 100_000 }, () => 255 * random.uniform() ** 8);

const CONTENTS: Record<string, Uint8Array> = {
  nothing: new Uint8Array(0),
  "one byte": Uint8Array.of(7),
  "a long run of one value": new Uint8Array(70_000).fill(3),
  "matches that overlap themselves": Uint8Array.from({ length: 5000 }, (_, k) => k % 3),
  "numbers without matches": Uint8Array.from({ length: 100_000 }, () => 256 * random.uniform()),
  "frequent and rare values": skewed,
  "matches from far away": Uint8Array.from([...skewed.subarray(0, 32_000), ...skewed.subarray(0, 32_000)]),
};

const STRATEGIES = {
  default: {},
  "stored blocks": { level: 0 },
  "fixed codes": { strategy: constants.Z_FIXED },
  "Huffman only": { strategy: constants.Z_HUFFMAN_ONLY },
  "small blocks": { level: 9, memLevel: 1 },
};

test.each(
  Object.entries(CONTENTS).flatMap(([name, content]) =>
    Object.entries(STRATEGIES).map(([strategy, options]) => ({ name, strategy, content, options })),
  ),
)("gunzip restores $name ($strategy)", ({ content, options }) => {
  const out = gunzip(gzipSync(content, options), content.length);
  expect(Buffer.compare(out, content)).toBe(0);
});

test("several members one after the other, and all parts of a head", () => {
  const named = Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 255, 2, 0, 9, 9, 97, 0, 98, 99, 0, 1, 2]);
  const second = Buffer.concat([named, deflateRawSync("def"), Buffer.alloc(8)]);
  const out = gunzip(Buffer.concat([gzipSync("abc"), second]), 6);
  expect(Buffer.from(out).toString()).toBe("abcdef");
});

test("corrupt data are errors, and never write beyond the size", () => {
  const gz = gzipSync(skewed);
  expect(() => gunzip(gz, 1000)).toThrow("gzip: more than the 1000 bytes that were announced");
  expect(() => gunzip(gz, skewed.length + 1)).toThrow(`gzip: ${skewed.length} bytes, expected ${skewed.length + 1}`);
  expect(() => gunzip(gz.subarray(1), skewed.length)).toThrow("gzip: not a gzip member");
  for (let cut = 0; cut < 40; cut++) {
    expect(() => gunzip(gz.subarray(0, 20 + 97 * cut), skewed.length)).toThrow(/^gzip: /);
  }
  for (let trial = 0; trial < 60; trial++) {
    const damaged = Uint8Array.from(gz);
    damaged[10 + Math.floor(random.uniform() * (gz.length - 20))] ^= 1 + Math.floor(255 * random.uniform());
    try {
      expect(gunzip(damaged, skewed.length).length).toBe(skewed.length);
    } catch (error) {
      expect((error as Error).message).toMatch(/^gzip: /);
    }
  }
});
