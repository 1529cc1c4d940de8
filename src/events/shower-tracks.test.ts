/** Tracks of a hadronic shower, with random numbers that are given. */
import { expect, test } from "vitest";
import { type Random } from "../core/index.js";
import { CASCADE } from "./shower-constants.js";
import { Tracks } from "./shower-tracks.js";

const STRAIGHT = { x: 0, y: 0, z0: 0, slopeX: 0, slopeY: 0 };
const PROFILE = { core: 0.5, coreRadius: 1, tailRadius: 2, maxRadius: 3 };
/** r^2 / (r^2 + R^2) is 1/2 at r = R: in the core of radius 1, in the tail of radius 2. */
const CORE = (direction: number): number[] => [0.49, 5 / 9, direction];
const TAIL = (direction: number): number[] => [0.51, 13 / 18, direction];

const scripted = (numbers: readonly number[]): Random => {
  const left = [...numbers];
  return { uniform: () => left.shift() ?? expect.fail("no random number is left"), left } as unknown as Random;
};

/** Where the tracks are in a layer: one spot on each of n. */
function places(tracks: Tracks, n: number, z = 0): number[][] {
  const found: number[][] = [];
  const picks = Array.from({ length: n }, (_, i) => [(i + 0.5) / n, 0.5]).flat();
  const sink = { deposit: (layer: number, x: number, y: number) => void found.push([layer, Math.round(1e6 * x) / 1e6 + 0, Math.round(1e6 * y) / 1e6 + 0]) };
  // Halves: no smearing.
  tracks.drop(scripted([...picks, ...Array.from({ length: 4 * n }, () => 0.5)]), 7, z, 1, n, sink);
  return found;
} // prettier-ignore

test("tracks stand around the axis as the profile says; few of them are three, many as many as energy makes", () => {
  const tracks = new Tracks();
  tracks.begin(scripted([...CORE(0), ...TAIL(0.25), ...CORE(0.5)]), 0.1, STRAIGHT, PROFILE);
  expect(places(tracks, 3)).toEqual([[7, 1, 0], [7, 0, 2], [7, -1, 0]]);
  tracks.begin(scripted([...CORE(0), ...CORE(0), ...CORE(0), ...CORE(0), ...TAIL(0)]), 5 * CASCADE.trackEnergy, STRAIGHT, PROFILE);
  expect(places(tracks, 5).map(([, x]) => x)).toEqual([1, 1, 1, 1, 2]);
  // The least and the largest distance.
  tracks.begin(scripted([0, 0, 0, 0, 1, 0, 0.99, 1, 0]), 1, STRAIGHT, PROFILE);
  expect(places(tracks, 3).map(([, x]) => x)).toEqual([0, 3, 3]);
  let drawn = 0;
  const counting = { uniform: () => (drawn++, 0.4) } as unknown as Random;
  tracks.begin(counting, 1e9, STRAIGHT, PROFILE);
  expect(drawn).toBe(3 * CASCADE.mostTracks);
}); // prettier-ignore

test("a circle around a slanted axis is longer along its slope, and moves with the layers", () => {
  const tracks = new Tracks();
  // 60 degrees: 1 / cos is 2.
  const axis = { x: 5, y: -1, z0: 10, slopeX: Math.sqrt(3), slopeY: 0 };
  tracks.begin(scripted([...CORE(0), ...TAIL(0.25), ...TAIL(0.5)]), 1, axis, PROFILE);
  expect(places(tracks, 3, 10)).toEqual([[7, 7, -1], [7, 5, 1], [7, 1, -1]]);
  const shifted = Math.round(1e6 * (7 + 2 * Math.sqrt(3))) / 1e6;
  expect(places(tracks, 3, 12)[0]).toEqual([7, shifted, -1]);
  const other = { ...STRAIGHT, z0: 10, slopeY: -Math.sqrt(3) };
  tracks.begin(scripted([...CORE(0), ...TAIL(0.25), ...TAIL(0.75)]), 1, other, PROFILE);
  expect(places(tracks, 3, 10)).toEqual([[7, 1, 0], [7, 0, 4], [7, 0, -4]]);
expect(places(tracks, 3, 9)[0]).toEqual([7, 1, Math.round(1e6 * Math.sqrt(3)) / 1e6]);
}); // prettier-ignore

test("between layers a part of the tracks is drawn anew, the oldest first and all around", () => {
  const tracks = new Tracks();
  const n = 15;
  const xs = (): number[] => places(tracks, n).map(([, x]) => x);
  tracks.begin(scripted(Array.from({ length: n }, () => CORE(0)).flat()), n * CASCADE.trackEnergy, STRAIGHT, PROFILE);
  // 1.8 tracks a layer.
  for (const [k, done] of [[1, 1], [2, 3], [2, 5], [2, 7]]) {
    tracks.renew(scripted(Array.from({ length: k }, () => TAIL(0)).flat()));
    expect(xs()).toEqual(Array.from({ length: n }, (_, i) => (i < done ? 2 : 1)));
  }
  // In 8 layers more 21 in all: the last 8 of the first tracks, then the first 6 of the others.
  let at = 0;
  const cycle = { uniform: () => CORE(0.5)[at++ % 3] } as unknown as Random;
  for (let layer = 0; layer < 8; layer++) tracks.renew(cycle);
  expect(xs()).toEqual(Array.from({ length: n }, (_, i) => (i === 6 ? 2 : -1)));
  // Of 25 tracks three end in a layer, and none is due after it.
  tracks.begin(scripted(Array.from({ length: 25 }, () => CORE(0)).flat()), 25 * CASCADE.trackEnergy, STRAIGHT, PROFILE);
  tracks.renew(scripted([...TAIL(0), ...TAIL(0), ...TAIL(0)]));
  expect(places(tracks, 25).filter(([, x]) => x === 2)).toHaveLength(3);
  // A new shower begins with nothing due.
  tracks.begin(scripted(Array.from({ length: n }, () => CORE(0)).flat()), n * CASCADE.trackEnergy, STRAIGHT, PROFILE);
  tracks.renew(scripted(TAIL(0)));
  expect(xs()).toEqual(Array.from({ length: n }, (_, i) => (i === 0 ? 2 : 1)));
}); // prettier-ignore

test("spots share the signal by their weights, on the tracks that are picked, smeared both ways", () => {
  const tracks = new Tracks();
  tracks.begin(scripted([...CORE(0), ...CORE(0.25), ...TAIL(0.5)]), 1, STRAIGHT, PROFILE);
  const found: number[][] = [];
  const sink = { deposit: (layer: number, x: number, y: number, signal: number) => void found.push([layer, x, y, signal]) };
  // Weights -ln(1/2) and -ln(1/4), so 1 : 2.
  tracks.drop(scripted([0.99, 0.5, 0.01, 0.25, ...[0, 0, 1, 1], ...[1, 0.5, 0.5, 0]]), 3, 0, 30, 2, sink);
  expect(found.map(([layer, x, y]) => [layer, Math.round(1e6 * x) / 1e6, Math.round(1e6 * y) / 1e6])).toEqual([[3, -2.5, 0.5], [3, 1.25, -0.25]]);
  expect([found[0][3] + found[1][3], Math.round(100 * (found[1][3] / found[0][3]))]).toEqual([30, 200]);
  // More of them than there was room for.
  found.length = 0;
  tracks.drop({ uniform: () => 0.5 } as unknown as Random, 3, 0, 900, 300, sink);
  expect([found.length, ...new Set(found.map(([, , , signal]) => Math.round(1e6 * signal) / 1e6))]).toEqual([300, 3]);
}); // prettier-ignore
