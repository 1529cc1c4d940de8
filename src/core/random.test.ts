import { expect, test } from "vitest";
import { Random } from "./random.js";

const moments = (draw: () => number, n = 40_000) => {
  const values = Array.from({ length: n }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n };
};

test("the same seed and stream give the same numbers, others do not", () => {
  const draw = (seed: number, stream: number) => {
    const random = new Random(seed, stream);
    return Array.from({ length: 4 }, () => random.uint32()).join();
  };
  expect(draw(1, 0)).toBe(draw(1, 0));
  const seen = new Set<string>();
  for (let seed = 0; seed < 30; seed++) for (let stream = 0; stream < 30; stream++) seen.add(draw(seed, stream));
  expect(seen.size).toBe(900);
});

test.each([
  { name: "uniform", draw: (r: Random) => r.uniform(), mean: 0.5, variance: 1 / 12 },
  { name: "normal", draw: (r: Random) => r.normal(), mean: 0, variance: 1 },
  { name: "exponential", draw: (r: Random) => r.exponential(), mean: 1, variance: 1 },
  { name: "gamma 0.4", draw: (r: Random) => r.gamma(0.4), mean: 0.4, variance: 0.4 },
  { name: "gamma 5", draw: (r: Random) => r.gamma(5), mean: 5, variance: 5 },
  { name: "poisson 3", draw: (r: Random) => r.poisson(3), mean: 3, variance: 3 },
  { name: "poisson 80", draw: (r: Random) => r.poisson(80), mean: 80, variance: 80 },
  { name: "poisson 0", draw: (r: Random) => r.poisson(0), mean: 0, variance: 0 },
])("$name has its mean and variance", ({ draw, mean, variance }) => {
  const random = new Random(42);
  const got = moments(() => draw(random));
  // Five standard errors of 40,000 draws.
  expect(Math.abs(got.mean - mean)).toBeLessThanOrEqual(5 * Math.sqrt(variance / 40_000));
  expect(Math.abs(got.variance - variance)).toBeLessThanOrEqual(0.08 * variance);
});

test("uint32 is xoshiro128++ on a state that splitmix32 makes of seed and stream", () => {
  const MASK = 0xffffffffn;
  const u32 = (value: bigint): bigint => value & MASK;
  const turn = (x: bigint, k: bigint): bigint => u32((x << k) | (x >> (32n - k)));
  for (const [seed, stream] of [
    [1, 0],
    [7, 3],
    [-5, 12],
    [2 ** 31, 4095],
  ] as const) {
    // prettier-ignore
    const [s, t] = [u32(BigInt(seed)), u32(BigInt(stream))];
    let state = s ^ u32((t + 1n) * 0x9e3779b9n);
    const next = (): bigint => {
      state = u32(state + 0x9e3779b9n);
      let z = u32((state ^ (state >> 16n)) * 0x21f0aaadn);
      z = u32((z ^ (z >> 15n)) * 0x735a2d97n);
      return z ^ (z >> 15n);
    };
    state = next() ^ u32(s * 0x85ebca6bn) ^ t;
    let [a, b, c, d] = [next(), next(), next(), next() | 1n];
    const random = new Random(seed, stream);
    for (let k = 0; k < 50; k++) {
      const want = u32(turn(u32(a + d), 7n) + a);
      expect(BigInt(random.uint32())).toBe(want);
      const shifted = u32(b << 9n);
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = turn(d, 11n);
    }
  }
});
