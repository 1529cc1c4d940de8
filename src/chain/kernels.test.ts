/** The kernels beside the same steps written plainly: bit for bit. */
import { expect, test } from "vitest";
import { Random, wrapPhi } from "../core/index.js";
import {
  Clusterer,
  createGrid,
  createSeeds,
  DEFAULT_PARAMS,
  fill,
  findBin,
  findPhiBin,
  type Seeds,
  type TcColumns,
} from "./index.js";
import { addSeed } from "./seed.js";
import { type Cell, cells } from "./cells.test-data.js";

const { cluster } = DEFAULT_PARAMS;

/** All over the plane and beyond it, some on edges of the histogram. */
function scattered(random: Random, n: number, grid = createGrid(DEFAULT_PARAMS.base)): TcColumns {
  const list = Array.from({ length: n }, (): Cell => {
    const z = random.between(320, 520);
    const edge = grid.rzEdges[Math.floor(random.between(0, grid.nRz + 1))];
    const rz = random.uniform() < 0.05 ? edge : random.between(0.04, 0.75);
    const phi = random.between(-Math.PI, Math.PI);
    return {
      x: z * rz * Math.cos(phi),
      y: z * rz * Math.sin(phi),
      z: random.uniform() < 0.1 ? -z : z,
      mipPt: random.exponential(),
      layer: 1 + Math.floor(random.between(0, 50)),
    };
  });
  return cells(list);
}

test.each([
  { name: "the default grid", base: DEFAULT_PARAMS.base },
  { name: "an open phi axis", base: { ...DEFAULT_PARAMS.base, PhiAxis: "regular" as const } },
  { name: "narrow rows from 0", base: { ...DEFAULT_PARAMS.base, MinROverZ: 0, NbinsRz: 1000, NbinsPhi: 720 } },
])("fill equals a search of the edges for every cell: $name", ({ base }) => {
  const grid = createGrid(base);
  const tc = scattered(new Random(21), 4000, grid);
  const want = { mipPt: new Float64Array(grid.nRz * grid.nPhi), sumX: new Float64Array(grid.nRz * grid.nPhi) };
  for (let i = 0; i < tc.tc_x.length; i++) {
    const z = Math.abs(tc.tc_z[i]);
    const row = findBin(grid.rzEdges, Math.sqrt(tc.tc_x[i] * tc.tc_x[i] + tc.tc_y[i] * tc.tc_y[i]) / z);
    const column = findPhiBin(grid, tc.tc_phi[i]);
    if (tc.tc_zside[i] !== 1 || row < 0 || column < 0) continue;
    want.mipPt[row * grid.nPhi + column] += tc.tc_mipPt[i];
    want.sumX[row * grid.nPhi + column] += (tc.tc_mipPt[i] * tc.tc_x[i]) / z;
  }
  const got = fill(tc, grid);
  expect(got.nBins).toBeGreaterThan(1000);
  // Comparing large arrays with toEqual takes minutes.
  expect(got.mipPt.findIndex((sum, bin) => sum !== want.mipPt[bin])).toBe(-1);
  expect(got.sumX.findIndex((sum, bin) => sum !== want.sumX[bin])).toBe(-1);
});

function scatteredSeeds(random: Random, n: number): Seeds {
  const seeds = createSeeds();
  for (let k = 0; k < n; k++) {
    const s = addSeed(seeds);
    // Two at one place now and then: the first one has the cells.
    const twin = k > 0 && random.uniform() < 0.1;
    seeds.x[s] = twin ? seeds.x[s - 1] : random.between(-0.6, 0.6);
    seeds.y[s] = twin ? seeds.y[s - 1] : random.between(-0.6, 0.6);
    seeds.energy[s] = Math.floor(random.between(20, 30));
  }
  return seeds;
}

test.each(["min_distance", "max_energy"] as const)(
  "%s equals the distance to every seed, for 0 to 300 seeds",
  (algo) => {
    const random = new Random(22);
    const clusterers = [0, 0.02, -0.02].map((CoeffB) => ({ CoeffB, run: new Clusterer({ ...cluster, algo, CoeffB }) }));
    for (const nSeeds of [0, 1, 2, 4, 5, 30, 300]) {
      const seeds = scatteredSeeds(random, nSeeds);
      const tc = scattered(random, 1500);
      for (const { CoeffB, run } of clusterers) {
        const want = Int32Array.from(tc.tc_x, (x, i) => {
          if (tc.tc_zside[i] !== 1) return -1;
          const z = Math.abs(tc.tc_z[i]);
          const radius = cluster.CoeffA[tc.tc_layer[i] - 1] + CoeffB * (cluster.MidRadius - Math.abs(tc.tc_eta[i]));
          let best = -1;
          let bestValue = algo === "min_distance" ? radius : -Infinity;
          for (let s = 0; s < nSeeds; s++) {
            const dx = x / z - seeds.x[s];
            const dy = tc.tc_y[i] / z - seeds.y[s];
            const distance = Math.sqrt(dx * dx + dy * dy);
            const value = algo === "min_distance" ? distance : seeds.energy[s];
            if (!(algo === "min_distance" ? distance < bestValue : distance < radius && value > bestValue)) continue;
            best = s;
            bestValue = value;
          }
          return best;
        });
        const got = new Int32Array(1500);
        const assigned = run.assignInto(got, seeds, tc, 0, 1500, 1, "");
        expect(got, `${nSeeds} seeds, CoeffB ${CoeffB}`).toEqual(want);
        expect(assigned).toBe(want.filter((s) => s >= 0).length);
      }
    }
  },
);

test("an angle is turned as by comparing it with pi, at the seam and far away", () => {
  const random = new Random(23);
  for (let k = 0; k < 2000; k++) {
    const phi =
      k % 3 === 0 ? Math.PI * (2 * Math.floor(random.between(-3, 3)) + 1) + 1e-15 * k : random.between(-20, 20);
    let want = phi;
    if (!(phi >= -Math.PI && phi < Math.PI)) {
      want = phi - 2 * Math.PI * Math.floor((phi + Math.PI) / (2 * Math.PI));
      if (want >= Math.PI) want -= 2 * Math.PI;
    }
    expect(wrapPhi(phi)).toBe(want);
  }
});
