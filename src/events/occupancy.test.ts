/** Trigger cells (TCs) of single photons and of pile-up against CMSSW (V11). */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isLong } from "../core/long.test-data.js";
import { Random } from "../core/index.js";
import { createGeometry, TCS_PER_WAFER, waferAt } from "../detector/index.js";
import { type NtupleChunk } from "./ntuple.js";
import { pileUpOf } from "./pileup.js";
import { Readout } from "./readout.js";
import { ShowerMaker } from "./shower.js";
import { SignalBuffer } from "./signal-buffer.js";
import { simulateEvents } from "./simulate.js";
import { TcRows } from "./tc-rows.js";

const geometry = createGeometry("V11");
const buffer = new SignalBuffer(geometry.layers.length);
const readout = new Readout(geometry);

/** pt and energy [GeV] of one CMSSW photon each, its TCs above 0.5, 1.3 and 2.1 mipPt (jbsauvan/HGCTPGOccupancies). */
const PHOTONS = [
  [17.4, 102, 108, 56, 41],
  [50.7, 155, 185, 106, 71],
  [46.6, 171, 200, 111, 72],
  [23.1, 146, 116, 68, 48],
  [63.9, 483, 223, 111, 82],
  [49.7, 213, 204, 112, 71],
  [89.4, 315, 302, 173, 113],
  [89.5, 670, 261, 140, 107],
  [66.1, 213, 237, 137, 90],
];

test("photons have as many trigger cells as those of CMSSW, and 1.04 of their pt", () => {
  const seed = 5;
  const n = isLong ? 100 : 50;
  const maker = new ShowerMaker(geometry);
  const mean = [0, 0, 0];
  for (const [pt, energy, ...counts] of PHOTONS) {
    const slope = 1 / Math.sinh(Math.acosh(energy / pt));
    const rows = new TcRows(geometry);
    for (let i = 0; i < n; i++) {
      const random = new Random(seed, i);
      const phi = random.between(-Math.PI, Math.PI);
      const axis = { x: 0, y: 0, z0: 0, slopeX: slope * Math.cos(phi), slopeY: slope * Math.sin(phi) };
      maker.electromagnetic(energy, true, axis, random, buffer);
      readout.read(buffer, random, { zside: 1, minMipPt: 0 }, rows);
    }
    const columns = rows.finish();
    const mipPts = Array.from(columns.tc_mipPt);
    const what = `pt ${pt} GeV, energy ${energy} GeV, seed ${seed}`;
    [0.5, 1.3, 2.1].forEach((threshold, k) => {
      const ratio = mipPts.filter((mipPt) => mipPt > threshold).length / n / counts[k];
      expect(Math.abs(ratio - 1), `TCs above ${threshold} mipPt: ${ratio} of CMSSW, ${what}`).toBeLessThan(0.25);
      mean[k] += ratio / PHOTONS.length;
    });
    const sum = Array.from(columns.tc_pt).reduce((a, b) => a + b) / n / pt;
    expect(Math.abs(sum / 1.038 - 1), `sum of TC pt: ${sum} of pt, ${what}`).toBeLessThan(0.03);
  }
  for (const ratio of mean) expect(Math.abs(ratio - 1), `mean ratios ${mean.join(", ")}`).toBeLessThan(0.08);
});

/** Counts TCs above 1.35 mipPt of `endcaps` endcaps: by wafer of the geometry, and in 120 degrees by layer. */
function countPileUp(pileup: number, endcaps: number, seed: number) {
  const waferOf = new Int32Array(geometry.siliconRows);
  geometry.ofSlot.forEach((tc, at) => {
    if (tc >= 0) waferOf[tc] = Math.floor(at / TCS_PER_WAFER);
  });
  const { layer } = geometry.triggerCells;
  const perWafer = new Float64Array(geometry.wafers.rows);
  const silicon = new Float64Array(geometry.layers.length + 1);
  let scintillator = 0;
  let above05 = 0;
  const transverse = geometry.triggerCells.eta.map((eta) => 1 / Math.cosh(eta));
  const rows = new TcRows(geometry);
  rows.push = (tc, _zside, mips) => {
    const mipPt = mips * transverse[tc];
    if (mipPt > 0.5) above05 += 1 / (3 * endcaps);
    if (mipPt <= 1.35) return;
    if (tc >= geometry.siliconRows) scintillator += 1 / (3 * endcaps);
    else {
      silicon[layer[tc]] += 1 / (3 * endcaps);
      perWafer[waferOf[tc]] += 1 / (3 * endcaps);
    }
  };
  for (let i = 0; i < endcaps; i++) {
    const random = new Random(seed, i);
    pileUpOf(geometry).add(pileup, random, buffer);
    readout.read(buffer, random, { zside: 1, minMipPt: 0.5 }, rows);
  }
  return { perWafer, silicon, sum: silicon.reduce((a, b) => a + b), scintillator, above05 };
}

describe("pile-up of 200 has the occupancies of CMSSW's neutrino gun", () => {
  const seed = 11;
  const got = countPileUp(200, 24, seed);

  test("in silicon, in scintillator, and above 0.5 mipPt", () => {
    expect(Math.abs(got.sum / 3571.71 - 1), `silicon ${got.sum}, seed ${seed}`).toBeLessThan(0.05);
    expect(Math.abs(got.scintillator / 15.72 - 1), `scintillator ${got.scintillator}, seed ${seed}`).toBeLessThan(0.3);
    expect(got.above05 / (got.sum + got.scintillator)).toBeGreaterThan(2);
    expect(got.above05 / (got.sum + got.scintillator)).toBeLessThan(3);
  });

  test.each([
    [1, 320.7],
    [3, 567],
    [5, 558],
    [7, 460.2],
    [9, 348.3],
    [11, 251.6],
    [13, 183.4],
    [15, 139.8],
    [17, 112.4],
    [19, 95.6],
    [21, 84],
    [23, 75.2],
    [25, 68.7],
    [27, 63.6],
  ])("in layer %i: %d in 120 degrees, within 10 %", (layer, wanted) => {
    expect(Math.abs(got.silicon[layer] / wanted - 1), `${got.silicon[layer]}, seed ${seed}`).toBeLessThan(0.1);
  });

  test.each([
    { from: 20, to: 35, wanted: 410.5 },
    { from: 35, to: 45, wanted: 617.9 },
    { from: 45, to: 65, wanted: 687.9 },
    { from: 65, to: 95, wanted: 837.8 },
    { from: 95, to: 140, wanted: 662.0 },
  ])(
    "in modules of CE-E at $from to $to cm: $wanted in 120 degrees, within 10 % (shape: ttbar)",
    ({ from, to, wanted }) => {
      let sum = 0;
      for (let wafer = 0; wafer < geometry.wafers.rows; wafer++) {
        const r = Math.hypot(geometry.wafers.x[wafer], geometry.wafers.y[wafer]);
        if (geometry.wafers.layer[wafer] <= geometry.table.ceeLayers && r >= from && r < to) sum += got.perWafer[wafer];
      }
      expect(Math.abs(sum / wanted - 1), `${sum}, seed ${seed}`).toBeLessThan(0.1);
    },
  );

  const csv = join(
    process.env["BYE_SPLITS_SHARED"] ?? join(import.meta.dirname, "../../../shared"),
    "data/occupancy/nTCs_v11_ttbar_mean_rms.csv",
  );
  test.skipIf(!existsSync(csv))("module by module, in shape [needs shared data]", () => {
    const pitch = geometry.table.waferSize + geometry.table.waferGap;
    const pairs: [number, number][] = [];
    for (const line of readFileSync(csv, "utf8").trim().split("\n").slice(1)) {
      const [detector, ...numbers] = line.split(",");
      const [u, v, layer, mean] = numbers.map(Number);
      if (detector !== "silicon" || layer > geometry.layers.length || mean <= 0.05) continue;
      const x = ((v - 2 * u) * pitch) / 2;
      const y = geometry.waferY[layer] + (v * pitch * Math.sqrt(3)) / 2;
      let sum = 0;
      for (let sector = 0; sector < 3; sector++) {
        const [c, s] = [Math.cos((2 * Math.PI * sector) / 3), Math.sin((2 * Math.PI * sector) / 3)];
        const wafer = waferAt(geometry, layer, c * x - s * y, s * x + c * y);
        if (wafer >= 0) sum += got.perWafer[wafer];
      }
      pairs.push([sum, mean]);
    }
    expect(pairs.length).toBeGreaterThan(2000);
    expect(correlation(pairs), `seed ${seed}`).toBeGreaterThan(0.99);
  });
});

describe("the particles of an event are the same whatever the pile-up", () => {
  const options = { particles: "photons", seed: 9, geometry, count: 2 } as const;
  const [alone, crowded] = [0, isLong ? 200 : 40].map((pileup) => simulateEvents({ ...options, pileup }, 3, 2));

  test("to the bit", () => {
    expect(crowded.genpart).toEqual(alone.genpart);
    expect(crowded.genpart.offsets).toEqual(Int32Array.of(0, 4, 8));
  });

  test("without pile-up every trigger cell is theirs, with it the share of it that they deposited", () => {
    expect(new Set(alone.truth?.tc_signal)).toEqual(new Set([1]));
    for (const share of crowded.truth?.tc_signal ?? []) assert.ok(share >= 0 && share <= 1);
    const keysOf = (chunk: NtupleChunk, t: number): string =>
      [chunk.tc.columns.tc_x[t], chunk.tc.columns.tc_y[t], chunk.tc.columns.tc_z[t]].join();
    let kept = 0;
    let [sum, wanted] = [0, 0];
    for (let i = 0; i < 2; i++) {
      const rows = new Map<string, number>();
      for (let t = alone.tc.offsets[i]; t < alone.tc.offsets[i + 1]; t++) rows.set(keysOf(alone, t), t);
      for (let t = crowded.tc.offsets[i]; t < crowded.tc.offsets[i + 1]; t++) {
        const share = crowded.truth?.tc_signal[t] ?? Number.NaN;
        assert.equal(crowded.truth?.tc_particle[t] === -1, share === 0);
        const row = rows.get(keysOf(crowded, t));
        if (row === undefined) continue;
        kept++;
        sum += crowded.tc.columns.tc_pt[t] * share;
        wanted += alone.tc.columns.tc_pt[row];
      }
    }
    expect(kept).toBeGreaterThan(500);
    expect(Math.abs(sum / wanted - 1), `${sum} of ${wanted} GeV in ${kept} cells`).toBeLessThan(0.01);
  });

  test("each trigger cell belongs to the particle that is nearest, where they are far from each other", () => {
    const { genpart_exeta, genpart_exphi } = alone.genpart.columns;
    const { tc_x, tc_y, tc_z, tc_pt } = alone.tc.columns;
    let [right, all] = [0, 0];
    for (let i = 0; i < 2; i++) {
      for (let t = alone.tc.offsets[i]; t < alone.tc.offsets[i + 1]; t++) {
        const depth = Math.abs(tc_z[t]);
        const distances = [0, 1, 2, 3].map((k) => {
          const g = alone.genpart.offsets[i] + k;
          if (genpart_exeta[g] * tc_z[t] < 0) return Infinity;
          const slope = 1 / Math.sinh(Math.abs(genpart_exeta[g]));
          return Math.hypot(
            tc_x[t] / depth - slope * Math.cos(genpart_exphi[g]),
            tc_y[t] / depth - slope * Math.sin(genpart_exphi[g]),
          );
        });
        all += tc_pt[t];
        if (distances.indexOf(Math.min(...distances)) === alone.truth?.tc_particle[t]) right += tc_pt[t];
      }
    }
    expect(right / all).toBeGreaterThan(0.95);
  });

  test("minimum bias is pile-up without them", () => {
    const none = simulateEvents({ particles: "none", pileup: 200, seed: 9, geometry }, 3, 1);
    expect([none.genpart.offsets.at(-1), none.genpart.columns.genpart_pt.length]).toEqual([0, 0]);
    expect(new Set(none.truth?.tc_signal)).toEqual(new Set([0]));
    expect(new Set(none.truth?.tc_particle)).toEqual(new Set([-1]));
    expect(none.tc.offsets[1]).toBeGreaterThan(20_000);
  });
});

test("pile-up grows with the number of collisions", () => {
  const signal = (pileup: number): number => {
    let sum = 0;
    for (let i = 0; i < (isLong ? 20 : 8); i++) {
      pileUpOf(geometry).add(pileup, new Random(2, i), buffer);
      for (const { layer } of geometry.layers)
        sum += buffer.take(layer).reduce((a, b, k) => (k % 3 === 2 ? a + b : a), 0);
    }
    return sum;
  };
  expect(signal(0)).toBe(0);
  expect(signal(200) / signal(50)).toBeGreaterThan(3.8);
  expect(signal(200) / signal(50)).toBeLessThan(4.2);
});

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [meanA, meanB] = [mean(0), mean(1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [a, b] of pairs) {
    ab += (a - meanA) * (b - meanB);
    aa += (a - meanA) ** 2;
    bb += (b - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
