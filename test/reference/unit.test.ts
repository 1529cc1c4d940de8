/** Parity of single functions (`unit/`) and of the cases on which the reference raises or yields NaN (`e/`). */
import { describe, expect, test } from "vitest";
import {
  type ChainParams,
  createChain,
  createGrid,
  createHistogram,
  createSmoother,
  createSmoothMap,
  DEFAULT_PARAMS,
  findBin,
  findPhiBin,
  type Histogram,
  parseSelection,
  seed,
  selectEntry,
  smooth,
  type SmoothKernel,
  type SmoothMap,
} from "../../src/chain/index.js";
import { Comparison, hasFile, readLines, referenceFolder, type ReferenceInput, toBatch } from "./load.js";

const regular: ChainParams = {
  ...DEFAULT_PARAMS,
  base: { ...DEFAULT_PARAMS.base, PhiAxis: "regular", RequireCl3d: true },
};
const grid = createGrid(regular.base);
const { nRz, nPhi } = grid;
const reference = referenceFolder();
const folder = reference ?? "";

type Bins = [number, number, number][];

function dense(bins: Bins): Float64Array {
  const map = new Float64Array(nRz * nPhi);
  for (const [row, column, energy] of bins) map[row * nPhi + column] = energy;
  return map;
}

function expectBins(comparison: Comparison, got: Float64Array, want: Bins, what: string): void {
  const expected = dense(want);
  for (let bin = 0; bin < got.length; bin++) comparison.near(got[bin], expected[bin], `${what} bin ${bin}`);
}

describe.skipIf(reference === null)("single functions and edge cases [needs reference]", () => {
  test("smooth: the phi half and the whole, both kernels, both normalisations", () => {
    interface Line {
      case: number;
      kernel: SmoothKernel;
      seedsNormByArea: boolean;
      input: Bins;
      after_phi: Bins;
      after_rz: Bins;
    }
    const comparison = new Comparison();
    for (const line of readLines<Line>(`${folder}/unit/smooth`)) {
      const params = { ...regular.smooth, kernel: line.kernel, SeedsNormByArea: line.seedsNormByArea };
      const energy = dense(line.input);
      const what = `case ${line.case} ${line.kernel}`;
      const { smoothPhi } = createSmoother(regular.base, params);
      expectBins(comparison, smoothPhi(energy), line.after_phi, `${what} after phi`);
      expectBins(comparison, smooth(energy, regular.base, params).energy, line.after_rz, `${what} after R/z`);
    }
    expect(comparison.count).toBeGreaterThan(10_000);
  });

  test("seed", () => {
    interface Definition {
      case: number;
      name: string;
      nan: [number, number][];
      energies?: Bins;
      dense?: number[][];
    }
    interface Result {
      case: number;
      seed_window: number;
      smooth_kernel: SmoothKernel;
      n?: number;
      rz_bin?: number[];
      phi_bin?: number[];
      en?: number[];
      xz?: (number | null)[];
      yz?: (number | null)[];
    }
    // Seed bins without a position: placed here, raised or left NaN there; see src/chain/seed.test.ts.
    const excepted = (line: Result): boolean =>
      [14, 16, 17].includes(line.case) || ([13, 15].includes(line.case) && line.smooth_kernel === "default");
    const comparison = new Comparison();
    let map: SmoothMap | undefined;
    let histogram: Histogram | undefined;
    for (const line of readLines<Definition | Result>(`${folder}/unit/seed`)) {
      if ("name" in line) {
        const energy = line.dense === undefined ? dense(line.energies ?? []) : Float64Array.from(line.dense.flat());
        map = { ...createSmoothMap(nRz, nPhi), energy };
        map.length.fill(nPhi);
        histogram = createHistogram(grid);
        histogram.mipPt.fill(1);
        for (let bin = 0; bin < nRz * nPhi; bin++) {
          histogram.sumX[bin] = bin / 1000;
          histogram.sumY[bin] = -bin / 2000;
        }
        for (const [row, column] of line.nan) histogram.mipPt[row * nPhi + column] = 0;
        continue;
      }
      if (map === undefined || histogram === undefined) throw new Error("result before its case");
      if (excepted(line)) continue;
      const what = `case ${line.case} window ${line.seed_window} ${line.smooth_kernel}`;
      // The second of two seeds without a position stays NaN there.
      const seeds = seed(map, histogram, { histoThreshold: 20, window: line.seed_window });
      comparison.same([seeds.n], [line.n ?? -1], `${what} n`);
      if (line.rz_bin === undefined) continue;
      comparison.same(seeds.rzBin.slice(0, seeds.n), line.rz_bin, `${what} rz_bin`);
      comparison.same(seeds.phiBin.slice(0, seeds.n), line.phi_bin ?? [], `${what} phi_bin`);
      for (let s = 0; s < seeds.n; s++) {
        comparison.near(seeds.energy[s], line.en?.[s] ?? null, `${what} energy`);
        if (line.xz?.[s] === null) continue;
        comparison.near(seeds.x[s], line.xz?.[s] ?? null, `${what} x/z`);
        comparison.near(seeds.y[s], line.yz?.[s] ?? null, `${what} y/z`);
      }
    }
    expect(comparison.count).toBeGreaterThan(5_000);
  });

  test("selection of whole events, undefined responses included", () => {
    interface Line {
      case: number;
      gen: [number, number, number, number, number][];
      cl3d: [number, number, number, number, number | string | null, number][];
      result:
        | { sel: string; rows?: [number, number][] | null; error: string | null }[]
        | Record<string, { rows?: [number, number][] | null }>;
    }
    const comparison = new Comparison();
    for (const line of readLines<Line>(`${folder}/unit/selection`)) {
      const inputs: ReferenceInput[] = line.gen.map(([event, gen_eta, gen_phi, gen_en, gen_pt]) => ({
        event,
        tag: "",
        gen: [{ gen_eta, gen_phi, gen_en, gen_pt }],
        cl3d: line.cl3d
          .filter(([other]) => other === event)
          .map(([, cl3d_eta, cl3d_phi, cl3d_id, cl3d_en, cl3d_pt]) => ({
            cl3d_eta,
            cl3d_phi,
            cl3d_id,
            cl3d_en,
            cl3d_pt,
          })),
        tc: {
          wu: [],
          wv: [],
          cu: [],
          cv: [],
          layer: [],
          pt: [],
          mipPt: [],
          energy: [],
          x: [],
          y: [],
          z: [],
          eta: [],
          phi: [],
        },
      }));
      const batch = toBatch(inputs);
      const results = Object.entries(line.result).map(([key, value]) => ({ sel: key, ...value }));
      for (const { sel, rows } of results) {
        if (!rows || ["1/all", "1/no_splits", "3/all", "3/splits_only"].includes(`${line.case}/${sel}`)) continue;
        const selection = parseSelection(sel);
        const got = inputs.flatMap((input, i) =>
          selectEntry(batch, i, selection, regular.base).particles.length === 0
            ? []
            : input.cl3d.flatMap((row) => [input.event, row.cl3d_id]),
        );
        comparison.same(got, rows.flat(), `case ${line.case} sel ${sel}`);
      }
    }
    expect(comparison.count).toBeGreaterThan(100);
  });

  test("bin edges and bins", () => {
    type Line = { fn: string; x?: (number | null)[]; out?: (number | null)[]; rz?: number[]; phi?: number[] };
    const comparison = new Comparison();
    for (const line of readLines<Line>(`${folder}/unit/functions`)) {
      if (line.fn === "edges") {
        comparison.same(grid.rzEdges, line.rz ?? [], "R/z edges");
        comparison.same(grid.phiEdges, line.phi ?? [], "phi edges");
      }
      if (line.fn !== "cut_rz" && line.fn !== "cut_phi") continue;
      const bins = (line.out ?? []).map((bin) => bin ?? -1);
      const values = (line.x ?? []).map((value) => value ?? Number.NaN);
      const find = (value: number) => (line.fn === "cut_rz" ? findBin(grid.rzEdges, value) : findPhiBin(grid, value));
      comparison.same(values.map(find), bins, line.fn);
    }
    expect(comparison.count).toBeGreaterThan(300);
  });

  test("cases that the reference survives: seeds and clusters", () => {
    interface Line {
      event: number;
      smooth_kernel: SmoothKernel;
      cluster_algo: "min_distance" | "max_energy";
      seed?: { rz_bin: number[]; phi_bin: number[]; en: number[] };
      cluster?: {
        status: string;
        seed_idx: number[];
        assign: number[];
        en: number[];
        pt: number[];
        eta: number[];
        phi: number[];
      };
    }
    // NaN, of a cl3d too, and z = 0 are input errors here, layer 53 too; the others are seed bins without a position.
    const excepted = (line: Line): boolean =>
      [1034, 1042, 1044, 1046, 1052].includes(line.event) ||
      (line.smooth_kernel === "default" ? [1026, 1028] : [1012]).includes(line.event);
    expect(hasFile(`${folder}/e/inputs`)).toBe(true);
    const inputs = new Map(readLines<ReferenceInput>(`${folder}/e/inputs`).map((input) => [input.event, input]));
    const comparison = new Comparison();
    for (const line of readLines<Line>(`${folder}/e/results`)) {
      const input = inputs.get(line.event);
      if (line.seed === undefined || input === undefined || excepted(line)) continue;
      const run = createChain(
        "default",
        {
          ...regular,
          smooth: { ...regular.smooth, kernel: line.smooth_kernel },
          cluster: { ...regular.cluster, algo: line.cluster_algo },
        },
        { selection: parseSelection("all") },
      );
      const { seeds, clusters, assignment } = run(toBatch([input]));
      const what = `event ${line.event} ${line.smooth_kernel} ${line.cluster_algo}`;
      comparison.same(seeds.columns.rz_bin, line.seed.rz_bin, `${what} rz_bin`);
      comparison.same(seeds.columns.phi_bin, line.seed.phi_bin, `${what} phi_bin`);
      if (line.cluster?.status !== "ok") continue;
      comparison.same(clusters.columns.seed_idx, line.cluster.seed_idx, `${what} seed_idx`);
      for (const name of ["en", "pt", "eta", "phi"] as const) {
        for (const [k, want] of line.cluster[name].entries()) {
          comparison.near(clusters.columns[name][k], want, `${what} cluster ${k} ${name}`);
        }
      }
      const assigned = input.tc.wu.map(() => -1);
      for (let i = 0; i < assignment.rows; i++) {
        assigned[assignment.columns.tc_row[i]] = assignment.columns.seed_idx[i];
      }
      comparison.same(assigned, line.cluster.assign, `${what} assignment`);
    }
    expect(comparison.count).toBeGreaterThan(100);
  });
});
