import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { createGeometry } from "../detector/index.js";
import { type NtupleChunk } from "./ntuple.js";
import { simulateEvents, type SimulationOptions } from "./simulate.js";

const photons: SimulationOptions = { particles: "photons", pileup: 0, seed: 7, geometry: createGeometry("V11") };

/** The TCs of one event as text, to compare events of different calls. */
function tcText(chunk: NtupleChunk, i: number): string {
  const { offsets, columns } = chunk.tc;
  const lines: string[] = [];
  for (let row = offsets[i]; row < offsets[i + 1]; row++) {
    lines.push(`${columns.tc_layer[row]} ${columns.tc_x[row]} ${columns.tc_y[row]} ${columns.tc_mipPt[row]}`);
  }
  return lines.join("\n");
}

test("the same seed gives the same events, another seed others", () => {
  const chunk = simulateEvents(photons, 1, 3);
  expect(simulateEvents(photons, 1, 3)).toEqual(chunk);
  expect(tcText(simulateEvents({ ...photons, seed: 8 }, 1, 1), 0)).not.toBe(tcText(chunk, 0));
});

test("events do not depend on how they are cut into calls", () => {
  const all = simulateEvents(photons, 1, 5);
  const last = simulateEvents(photons, 4, 2);
  expect(last.event).toEqual(Int32Array.of(4, 5));
  expect(tcText(last, 0)).toBe(tcText(all, 3));
  expect(tcText(last, 1)).toBe(tcText(all, 4));
  expect(last.genpart.columns.genpart_pt).toEqual(all.genpart.columns.genpart_pt.subarray(6));
});

test.each(["photons", "electrons", "pions"] as const)(
  "%s: the TCs of both endcaps lie around the particle",
  (particles) => {
    const chunk = simulateEvents({ ...photons, particles }, 1, 30);
    const { genpart_exeta, genpart_exphi, genpart_pt } = chunk.genpart.columns;
    const { tc_zside, tc_z, tc_pt, tc_x, tc_y } = chunk.tc.columns;
    for (let i = 0; i < chunk.events; i++) {
      for (const side of [0, 1]) {
        const gen = 2 * i + side;
        if (genpart_pt[gen] < 5) continue;
        let pt = 0;
        let x = 0;
        let y = 0;
        for (let row = chunk.tc.offsets[i]; row < chunk.tc.offsets[i + 1]; row++) {
          if (tc_zside[row] !== Math.sign(genpart_exeta[gen])) continue;
          assert.equal(Math.sign(tc_z[row]), tc_zside[row]);
          pt += tc_pt[row];
          x += (tc_pt[row] * tc_x[row]) / Math.abs(tc_z[row]);
          y += (tc_pt[row] * tc_y[row]) / Math.abs(tc_z[row]);
        }
        const slope = 1 / Math.sinh(Math.abs(genpart_exeta[gen]));
        const phi = genpart_exphi[gen];
        const distance = Math.hypot(x / pt - slope * Math.cos(phi), y / pt - slope * Math.sin(phi));
        expect(distance, `${particles}, seed 7, event ${i + 1}`).toBeLessThan(particles === "pions" ? 0.06 : 0.02);
      }
    }
  },
);

test.each([
  {
    name: "an unknown particle",
    options: { ...photons, particles: "muons" as "photons" },
    want: 'particles must be photons, electrons, pions or none, not "muons"',
  },
  { name: "too much pile-up", options: { ...photons, pileup: 301 }, want: "pileup must be between 0 and 300, not 301" },
  { name: "a broken seed", options: { ...photons, seed: 0.5 }, want: "seed must be a whole number, not 0.5" },
])("simulateEvents rejects $name", ({ options, want }) => {
  expect(() => simulateEvents(options, 1, 1)).toThrow(want);
});

// Samples are named by their seed: after a change that is meant, say in CHANGELOG.md whose samples differ, and put the new numbers here.
test.each([
  {
    options: photons,
    offsets: [0, 471, 712, 1088],
    sums: [160510, 135584.07418, -114845.68613, 107453.90107, 3897.87422, 1366.34494, -1.28704],
  },
  {
    options: { ...photons, particles: "electrons" as const, seed: 3 },
    offsets: [0, 326, 706, 1029],
    sums: [139877, 80457.68645, 359312.29742, -15095.6192, 2292.39962, 847.72365, -12.58451],
  },
  {
    options: { ...photons, particles: "pions" as const, seed: 5 },
    offsets: [0, 541, 1078, 1554],
    sums: [399451, 64686.22567, -1128038.95977, -115514.55905, 2826.84514, 1274.76521, -2.73571],
  },
])("a seed of $options.particles gives the sample that it gave before", ({ options, offsets, sums }) => {
  const { tc, genpart } = simulateEvents(options, 1, 3);
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b, k) => a + b * (1 + (k % 17)), 0);
  const { tc_layer, tc_mipPt, tc_x, tc_y, tc_pt } = tc.columns;
  const { genpart_pt, genpart_exeta } = genpart.columns;
  expect([...tc.offsets]).toEqual(offsets);
  const found = [tc_layer, tc_mipPt, tc_x, tc_y, tc_pt, genpart_pt, genpart_exeta].map(sum);
  expect(found).toEqual(sums.map((value) => expect.closeTo(value, 4)));
});

test("whose particles there are: in each endcap in turn, numbered within their event, at the front face of CE-E", () => {
  const { genpart, event, run, lumi, cl3d } = simulateEvents({ ...photons, count: 2 }, 5, 2);
  const { genpart_pid, genpart_gen, genpart_reachedEE, genpart_eta, genpart_energy, genpart_pt } = genpart.columns;
  expect([...[event, run, lumi].map((each) => Array.from(each)), [...genpart.offsets]]).toEqual([[5, 6], [1, 1], [1, 1], [0, 4, 8]]);
  expect([...genpart_gen]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  expect([...genpart_eta].map(Math.sign)).toEqual([1, 1, -1, -1, 1, 1, -1, -1]);
  expect([new Set(genpart_pid), new Set(genpart_reachedEE)]).toEqual([new Set([22]), new Set([2])]);
  for (let g = 0; g < 8; g++) expect(genpart_energy[g] / (genpart_pt[g] * Math.cosh(genpart_eta[g]))).toBeCloseTo(1, 5);
  expect([[...cl3d.offsets], cl3d.columns.cl3d_id.length]).toEqual([[0, 0, 0], 0]);
}); // prettier-ignore

test.each([
  { name: "nothing at all", options: { ...photons, particles: "none" as const }, want: "are empty: set pileup above 0" },
  { name: "where to shoot nothing", options: { ...photons, particles: "none" as const, pileup: 1, eta: 2 as never, count: 2 }, want: "there is no eta, count: leave that out" },
  { name: "negative pile-up", options: { ...photons, pileup: -1 }, want: "pileup must be between 0 and 300, not -1" },
])("simulateEvents rejects $name", ({ options, want }) => {
  expect(() => simulateEvents(options, 1, 1)).toThrow(want);
}); // prettier-ignore

test("event ranges are whole numbers from 0, and may be empty", () => {
  for (const [first, n] of [
    [-1, 1],
    [0.5, 1],
    [1, -1],
    [1, 1.5],
  ]) {
    // prettier-ignore
    expect(() => simulateEvents(photons, first, n)).toThrow(`event range must be whole numbers from 0, not first ${first}, ${n} events`); // prettier-ignore
  }
  expect(simulateEvents(photons, 0, 0)).toMatchObject({ events: 0, tc: { offsets: new Int32Array(1) } });
});
