/** The numbers along the sides of the histogram. Knows no page. */
import { roundLength } from "./numbers.js";
import { FLAT_STRETCH } from "./scene.js";
import { type Size } from "./size.js";
import { type Camera } from "./view-state.js";

export interface Tick {
  /** From the left, or from the top [px]. */
  readonly at: number;
  readonly label: string;
}

export interface AxisTicks {
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  readonly titles: readonly [x: string, y: string];
}

/** Between two ticks, at least [px]. */
const ROOM = 70;

/** Round numbers in what the camera sees: φ, in (−π, π], and R/z of the flat map; x/z and y/z of the polar one. */
export function histogramTicks(map: "flat" | "polar", camera: Camera, { width, height }: Size): AxisTicks {
  const perUnit = width / (2 * camera.half);
  const stretch = map === "flat" ? FLAT_STRETCH : 1;
  const halfHeight = (camera.half * height) / width;
  const [left, right] = [camera.x - camera.half, camera.x + camera.half];
  const x = roundNumbers(left, right, ROOM / perUnit);
  const acrosses = map === "flat" ? inTurns(left, right, x.step) : x.values.map((value) => ({ value, place: value }));
  const y = roundNumbers(
    (camera.y - halfHeight) / stretch,
    (camera.y + halfHeight) / stretch,
    ROOM / perUnit / stretch,
  );
  return {
    x: acrosses
      .map(({ value, place }) => ({ at: width / 2 + (place - camera.x) * perUnit, label: labelOf(value, x.step) }))
      .filter(({ at }, i, all) => i === 0 || at - all[i - 1].at > ROOM / 2),
    y: y.values
      // There is no R/z below 0.
      .filter((value) => map === "polar" || value >= 0)
      .map((value) => ({
        at: height / 2 - (value * stretch - camera.y) * perUnit,
        label: labelOf(value, y.step),
      })),
    titles: map === "flat" ? ["φ [rad]", "R/z"] : ["x/z", "y/z"],
  };
}

/** Multiples of 1, 2 or 5 times a power of ten, at least `least` apart. */
function roundNumbers(low: number, high: number, least: number): { readonly values: number[]; readonly step: number } {
  let step = roundLength(least);
  while (step < least) step = roundLength(2.5 * step * (1 + 1e-9));
  const first = Math.ceil(low / step);
  const n = Math.max(0, Math.floor(high / step) - first + 1);
  return { values: Array.from({ length: n }, (_, k) => (first + k) * step), step };
}

/** Multiples of the step in (−π, π], at each of their places from `left` to `right`. */
function inTurns(left: number, right: number, step: number): { readonly value: number; readonly place: number }[] {
  const turn = 2 * Math.PI;
  const n = Math.floor(Math.PI / step);
  const values = Array.from({ length: 2 * n + 1 }, (_, k) => (k - n) * step);
  const [first, last] = [left, right].map((edge) => Math.floor((edge + Math.PI) / turn));
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * turn)
    .flatMap((shift) => values.map((value) => ({ value, place: value + shift })))
    .filter(({ place }) => place >= left && place <= right);
}

/** With the decimals that tell ticks apart. */
function labelOf(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? Math.abs(Number(text)).toFixed(decimals) : text).replace("-", "−");
}
