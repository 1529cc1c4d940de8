/** Parity of seeding in (u, v) on single regions (`unit/`), and what becomes of the cases on which the reference raises (`e/`). */
import { describe, expect, test } from "vitest";
import { coarseSeeds, createChain, hexDistance, parseSelection, seedUv } from "../../src/chain/index.js";
import { Comparison, readLines, referenceFolder, type ReferenceInput, toBatch } from "./load.js";
import { regular } from "./samples.js";

const reference = referenceFolder();
const folder = reference ?? "";

describe.skipIf(reference === null)("coarse seeding: single regions and edge cases [needs reference]", () => {
  test("seeds of a region: both windows, around a central wafer and without one", () => {
    interface Line {
      case: number;
      tc: Pick<ReferenceInput["tc"], "wu" | "wv" | "cu" | "cv" | "layer" | "x" | "y" | "z" | "mipPt">;
      central: [number, number];
      result: {
        hexDist: boolean;
        window: number;
        central: boolean;
        u: number[];
        v: number[];
        en: number[];
        xz: number[];
        yz: number[];
      }[];
    }
    const comparison = new Comparison();
    for (const line of readLines<Line>(`${folder}/unit/seed_cs`)) {
      const zeros = line.tc.wu.map(() => 0);
      const tc = { ...line.tc, pt: zeros, energy: zeros, eta: zeros.map(() => 2), phi: zeros };
      const { columns } = toBatch([{ event: 0, tag: "", gen: [], cl3d: [], tc }]).tc;
      // Every wafer is a coarse seed here, so that all TCs are in the region.
      const cs = { ...regular.cs, initial_layer: 1, k: 50, threshold: [0] as number[], eta_list: [1.5, 3] };
      const wafers = coarseSeeds(columns, cs);
      const minOf = (to: (k: number) => number): number => Math.min(...tc.wu.map((_, k) => to(k)));
      const minU = minOf((k) => tc.cu[k] - 4 * tc.wu[k] + 8 * tc.wv[k]);
      const minV = minOf((k) => tc.cv[k] - 8 * tc.wu[k] + 4 * tc.wv[k]);
      for (const want of line.result) {
        const { hexDist, window, central } = want;
        const params = { ...regular, cs, seed: { ...regular.seed, window }, seed_cs: { ...regular.seed_cs, hexDist } };
        const seeds = seedUv(columns, central ? wafers : null, params);
        const rows = Array.from({ length: seeds.n }, (_, k) => k).filter((k) => {
          const id = seeds.csId[k];
          return !central || (wafers.wu[id] === line.central[0] && wafers.wv[id] === line.central[1]);
        });
        const what = `case ${line.case} hexDist ${hexDist} window ${window} central ${central}`;
        const pick = (column: ArrayLike<number>): number[] => rows.map((k) => column[k]);
        comparison.same(
          pick(seeds.u).map((u) => u - minU),
          want.u,
          `${what} u`,
        );
        comparison.same(
          pick(seeds.v).map((v) => v - minV),
          want.v,
          `${what} v`,
        );
        for (const [k, row] of rows.entries()) {
          comparison.near(seeds.energy[row], want.en[k], `${what} energy`);
          comparison.near(seeds.x[row], want.xz[k], `${what} x/z`);
          comparison.near(seeds.y[row], want.yz[k], `${what} y/z`);
        }
      }
    }
    expect(comparison.count).toBeGreaterThan(5_000);
  });

  test("distances on the hexagonal lattice", () => {
    type Line = { fn: string; u1: number[]; v1: number[]; u2: number[]; v2: number[]; out: number[] };
    const [line] = readLines<Line>(`${folder}/unit/functions`).filter(({ fn }) => fn === "seed_cs.dist");
    expect(line.u1.map((u1, i) => hexDistance(u1 - line.u2[i], line.v1[i] - line.v2[i]))).toEqual(line.out);
  });

  test("cases that the reference survives have coarse seeds and clusters here, the others do not raise", () => {
    interface Line {
      event: number;
      tag: string;
      coarse_seeding: number | string;
      cluster_cs?: string;
    }
    const inputs = new Map(readLines<ReferenceInput>(`${folder}/e/inputs`).map((input) => [input.event, input]));
    const run = createChain("cs", regular, { selection: parseSelection("all") });
    const got: Record<string, unknown> = {};
    const want: Record<string, unknown> = {};
    for (const { event, tag, coarse_seeding, cluster_cs } of readLines<Line>(`${folder}/e/results_cs`)) {
      const input = inputs.get(event);
      if (input === undefined) throw new Error(`event ${event} has no inputs`);
      const survives = coarse_seeding === 1 && cluster_cs === "ok";
      want[tag] = { coarse: survives ? 1 : 0, clusters: survives ? 1 : 0 };
      // A layer without a radius, z = 0 and NaN, of a cl3d too, are input errors.
      if ([1034, 1042, 1044, 1046, 1052].includes(event)) {
        want[tag] = /event \d+ \(entry 0\)/;
        expect(() => run(toBatch([input])), tag).toThrow(/event \d+ \(entry 0\)/);
        got[tag] = want[tag];
        continue;
      }
      // The reference cannot read a number of 8 digits.
      if (event === 12345678) want[tag] = { coarse: 1, clusters: 1 };
      const { counts } = run(toBatch([input]));
      got[tag] = { coarse: counts.withCoarseSeeds, clusters: counts.withClusters };
    }
    expect(got).toEqual(want);
    expect(Object.keys(got).length).toBe(26);
  });
});
