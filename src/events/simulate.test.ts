import { expect, test } from "vitest";
import { createGeometry } from "../detector/index.js";
import { simulateEvents, type SimulatedEvents, type SimulationOptions } from "./simulate.js";

const photons: SimulationOptions = { particles: "photons", pileup: 0, seed: 7, geometry: createGeometry() };

/** TC rows of one event as text, to compare events of different calls. */
function tcText(events: SimulatedEvents, i: number): string {
  const { tc, tc_first } = events;
  const lines: string[] = [];
  for (let row = tc_first[i]; row < tc_first[i + 1]; row++) {
    lines.push(`${tc.tc_layer[row]} ${tc.tc_x[row]} ${tc.tc_y[row]} ${tc.tc_z[row]} ${tc.tc_mipPt[row]}`);
  }
  return lines.join("\n");
}

test("the same seed gives the same events, another seed others", () => {
  const events = simulateEvents(photons, 1, 3);
  expect(simulateEvents(photons, 1, 3)).toEqual(events);
  expect(tcText(simulateEvents({ ...photons, seed: 8 }, 1, 1), 0)).not.toBe(tcText(events, 0));
});

test("events do not depend on how they are cut into calls", () => {
  const all = simulateEvents(photons, 1, 5);
  const last = simulateEvents(photons, 4, 2);
  expect(last.event).toEqual(BigInt64Array.of(4n, 5n));
  expect(tcText(last, 0)).toBe(tcText(all, 3));
  expect(tcText(last, 1)).toBe(tcText(all, 4));
  expect(last.genpart_pt).toEqual(all.genpart_pt.subarray(6));
});

test("columns are float32-exact, TCs of both endcaps lie around their particle", () => {
  const events = simulateEvents(photons, 1, 20);
  const { tc, tc_first } = events;
  for (const column of [tc.tc_pt, tc.tc_energy, tc.tc_mipPt, tc.tc_eta, tc.tc_phi, tc.tc_x, tc.tc_y, tc.tc_z]) {
    expect(column.every((value) => value === Math.fround(value))).toBe(true);
  }
  for (let i = 0; i < events.events; i++) {
    for (const side of [0, 1]) {
      const zside = side === 0 ? 1 : -1;
      let pt = 0;
      let x = 0;
      let y = 0;
      for (let row = tc_first[i]; row < tc_first[i + 1]; row++) {
        if (tc.tc_zside[row] !== zside) continue;
        expect(Math.sign(tc.tc_z[row])).toBe(zside);
        pt += tc.tc_pt[row];
        x += (tc.tc_pt[row] * tc.tc_x[row]) / Math.abs(tc.tc_z[row]);
        y += (tc.tc_pt[row] * tc.tc_y[row]) / Math.abs(tc.tc_z[row]);
      }
      const slope = 1 / Math.sinh(Math.abs(events.genpart_exeta[2 * i + side]));
      const phi = events.genpart_exphi[2 * i + side];
      expect(Math.hypot(x / pt - slope * Math.cos(phi), y / pt - slope * Math.sin(phi))).toBeLessThan(0.01);
    }
  }
});

test.each([
  {
    name: "an unknown particle",
    options: { ...photons, particles: "muons" as "photons" },
    want: 'particles must be photons, electrons or pions, not "muons"',
  },
  { name: "too much pile-up", options: { ...photons, pileup: 301 }, want: "pileup must be between 0 and 300, not 301" },
  { name: "a broken seed", options: { ...photons, seed: 0.5 }, want: "seed must be a whole number, not 0.5" },
])("simulateEvents rejects $name", ({ options, want }) => {
  expect(() => simulateEvents(options, 1, 1)).toThrow(want);
});
