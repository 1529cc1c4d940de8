/** The table of V11 beside what is known of the detector: what is not read out, how layers are shifted, that its thirds are equal. */
import { expect, test } from "vitest";
import { V11 } from "./v11.js";

const LAYERS = 50;
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("each column has a value of every layer", () => {
  const { z, yShift, rin, rout, x0Cum, lambdaCum, dEdX, dEdXTrigger, thinRadius, thickRadius } = V11;
  const { scintFirstRing, scintLastRing } = V11;
  for (const column of [z, yShift, rin, rout, x0Cum, lambdaCum, dEdX, dEdXTrigger, thinRadius, thickRadius])
    expect(column).toHaveLength(LAYERS);
  expect([scintFirstRing.length, scintLastRing.length, V11.ceeLayers]).toEqual([LAYERS, LAYERS, 28]);
  for (const column of [z, x0Cum, lambdaCum, V11.scintRings])
    expect(column).toEqual(column.toSorted((a, b) => a - b));
});

test("every other layer of CE-E is read out, with the dE/dx of the layers before it that are not", () => {
  expect(V11.disconnected).toEqual(range(1, 14).map((half) => 2 * half));
  let waiting = 0;
  for (const [i, own] of V11.dEdX.entries()) {
    waiting += own;
    const isRead = !V11.disconnected.includes(i + 1);
    expect([i + 1, V11.dEdXTrigger[i]]).toEqual([i + 1, isRead ? expect.closeTo(waiting, 6) : 0]);
    if (isRead) waiting = 0;
  }
});

test("layers of CE-H are shifted up and down by turns, those of CE-E are not", () => {
  expect(V11.yShift.slice(0, 28)).toEqual(range(1, 28).map(() => 0));
  expect(V11.yShift.slice(28)).toEqual(range(29, 50).map((layer) => (layer % 2 === 1 ? 1 : -1)));
});

test.each([
  ["wafers that are absent", V11.absentWafers, 15],
  ["exceptions of the thickness", V11.thicknessExceptions, 72],
] as const)("%s are the same in all three thirds of the detector", (_, rows, count) => {
  expect(rows).toHaveLength(count);
  const known = new Set(rows.map(String));
  // A third of a turn about the beam, which in shifted layers goes through a corner of wafer (0, 0).
  const turned = rows.map(([layer, u, v, ...type]) => {
    const shift = V11.yShift[layer - 1];
    return [layer, -v - shift, u - v - shift, ...type];
  });
  expect(new Set(turned.map(String))).toEqual(known);
  expect(known.size).toBe(count);
  // No wafer has its mirror image in the beam pipe.
  for (const [, u, v] of rows) expect(u * u + v * v - u * v).toBeGreaterThan(4);
});

test("scintillator from layer 37 on, in the rings around the silicon; no thin silicon behind layer 40", () => {
  const none = range(1, 36).map(() => 0);
  expect(V11.scintFirstRing).toEqual([...none, 18, 18, 18, 18, 13, 13, 7, 7, 7, 7, 1, 1, 1, 1]);
  expect(V11.scintLastRing).toEqual([...none, 29, 30, 32, 33, 35, 37, 39, 40, 41, 41, 41, 41, 41, 38]);
  // The first ring begins within a ring's width of where the silicon ends.
  for (let i = 36; i < LAYERS; i++)
    expect(Math.abs(V11.scintRings[V11.scintFirstRing[i] - 1] - V11.rout[i])).toBeLessThan(2.1);
  expect(V11.thinRadius.map((r) => r > 0)).toEqual(range(1, 50).map((layer) => layer <= 40));
  expect(V11.thinRadius.filter((r, i) => r >= V11.thickRadius[i])).toEqual([]);
  expect(V11.thinRadius.slice(40)).toEqual(range(41, 50).map(() => 0));
});
