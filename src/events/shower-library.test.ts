/** Frozen showers: what is dropped is what was simulated once, turned, mirrored and scaled. */
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { LIBRARY } from "./pileup-constants.js";
import { type PileUpGain } from "./pileup-gain.js";
import { ShowerLibrary } from "./shower-library.js";
import { type SignalSink } from "./shower-spots.js";
import { ShowerMaker } from "./shower.js";

const geometry = createGeometry("V11");
const { etas, energies, showers, minEnergy, energyRatio, upstream, seed } = LIBRARY;

/** Sum of the signal, and its mean distance from the axis along the radius and beside it [cm]. */
function sumsOf(
  drop: (sink: SignalSink) => void,
  slope: number,
  { phi = 0, weightOf }: { readonly phi?: number; readonly weightOf?: (layer: number) => number } = {},
) {
  const sums = { signal: 0, along: 0, beside: 0 };
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const deposit = (layer: number, x: number, y: number, given: number): void => {
    const signal = given * (weightOf?.(layer) ?? 1);
    sums.signal += signal;
    sums.along += signal * (x * cos + y * sin - slope * geometry.layers[layer - 1].z);
    sums.beside += signal * (y * cos - x * sin);
  };
  drop({ deposit });
  return { signal: sums.signal, along: sums.along / sums.signal, beside: sums.beside / sums.signal };
}

test("each shower of the library is the one that was simulated; energies scale, directions turn, half are mirrored", () => {
  const library = new ShowerLibrary(geometry);
  const maker = new ShowerMaker(geometry);
  const weightOf = (layer: number): number => 0.5 + layer / 40;
  const radii: number[] = [];
  const gain = { at: (layer: number, r2: number) => (radii.push(Math.sqrt(r2) / geometry.layers[layer - 1].z), weightOf(layer)) } as unknown as PileUpGain; // prettier-ignore
  const cases = [
    ["photons", 2, 14, 5], ["photons", 0, 3, 31], ["pions", 1, 20, 0], ["pions", 2, energies - 1, 30],
  ] as const; // prettier-ignore
  for (const [kind, angle, k, number] of cases) {
    const eta = etas[angle];
    const energy = minEnergy * energyRatio ** k;
    const slope = 1 / Math.sinh(eta);
    const axis = { x: 0, y: 0, z0: 0, slopeX: slope, slopeY: 0 };
    const bin = ((kind === "pions" ? etas.length : 0) + angle) * energies + k;
    const random = new Random(seed, bin * showers + number);
    const made = sumsOf((sink) => {
      if (kind === "photons") maker.electromagnetic(energy, true, axis, random, sink, upstream);
      else maker.averagePion(energy, axis, random, sink);
    }, slope, { weightOf });
    for (const [mirror, half] of [[1, 0], [-1, 0.5]] as const) {
      for (const [scale, phi] of [[1, 0], [1.1, 2.5]] as const) {
        // Picks this shower, or its mirror image.
        const pick = { uniform: () => (number + half) / showers } as Random;
        const drop = (sink: SignalSink): void =>
          library.drop(kind, scale * energy, eta, Math.cos(phi), Math.sin(phi), gain, pick, sink);
        const found = sumsOf(drop, slope, { phi });
        expect([found.signal / scale / made.signal, found.along, found.beside]).toEqual([
          expect.closeTo(1, 5), expect.closeTo(made.along, 4), expect.closeTo(mirror * made.beside, 4),
        ]);
        // Gains are those of the distance from the beam: around that of the axis.
        expect(Math.abs(radii.toSorted((a, b) => a - b)[radii.length >> 1] / slope - 1)).toBeLessThan(0.05);
        radii.length = 0;
      }
    }
  }
}); // prettier-ignore
