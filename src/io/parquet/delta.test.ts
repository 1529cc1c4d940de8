import fc from "fast-check";
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { deltaBinaryPack } from "hyparquet-writer/src/delta.js";
import { expect, test } from "vitest";
import { asNumbers, packInt64 } from "./delta.js";

const LIMIT = 2n ** 51n - 1n;

test("packs the same bytes as the library does with bigints", () => {
  const value = fc.oneof(
    fc.bigInt(-LIMIT, LIMIT),
    fc.bigInt(0n, 2n ** 32n),
    fc.bigInt(-3n, 3n),
    fc.constantFrom(0n, LIMIT, -LIMIT, 2n ** 31n, 2n ** 32n, -(2n ** 32n)),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
      const numbers = asNumbers(BigInt64Array.from(values));
      expect(numbers).toEqual(Float64Array.from(values, Number));
      const writer = new ByteWriter();
      deltaBinaryPack(writer, values, "INT64");
      expect(packInt64(numbers ?? new Float64Array())).toEqual(writer.getBytes());
    }),
  );
});

test("leaves values beyond 2^51 to the library", () => {
  expect(asNumbers(BigInt64Array.of(0n, LIMIT + 1n))).toBeUndefined();
  expect(asNumbers(BigInt64Array.of(-LIMIT - 1n))).toBeUndefined();
  expect(asNumbers(BigInt64Array.of(2n ** 63n - 1n))).toBeUndefined();
});
