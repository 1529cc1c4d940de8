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
          expect(Math.sign(tc_z[row])).toBe(tc_zside[row]);
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
