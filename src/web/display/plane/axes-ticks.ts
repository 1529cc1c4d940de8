/** The numbers along the sides of the histogram. Knows no page. */
import { roundLength } from "../../ui/numbers.js";
import { FLAT_STRETCH } from "./scene.js";
import { type Size } from "../../ui/size.js";
import { type Camera } from "../../ui/plane-camera.js";

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

/** A word of an axis as it is drawn [px]. */
export interface AxisWord {
  readonly text: string;
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

/** A digit at most; a line of text [px]. */
const DIGIT = 8;
const LINE = 16;

/** Numbers and titles along the lower and the left side; in the corners only the titles. */
export function axisWords({ x, y, titles }: AxisTicks, { width, height }: Size): AxisWord[] {
  return [
    ...ticksOfX(x, width).map(({ at, label }) => ({ text: label, x: at, y: height - 10, anchor: "middle" as const })),
    ...ticksOfY(y, height).map(({ at, label }) => ({ text: label, x: 10, y: at + 4, anchor: "start" as const })),
    { text: titles[0], x: width - 12, y: height - 10, anchor: "end" },
    { text: titles[1], x: 10, y: height - 10, anchor: "start" },
  ];
}

export function ticksOfX(x: readonly Tick[], width: number): readonly Tick[] {
  return x.filter(({ at }) => at > 60 && at < width - 90);
}

export function ticksOfY(y: readonly Tick[], height: number): readonly Tick[] {
  return y.filter(({ at }) => at > 60 && at < height - 30);
}

/** Whether a text of this many characters in the middle of (x, y) touches none of the words. */
export function isClearOf(words: readonly AxisWord[], text: string, x: number, y: number): boolean {
  return words.every((word) => {
    const width = word.text.length * DIGIT;
    const left = word.anchor === "start" ? word.x : word.anchor === "end" ? word.x - width : word.x - width / 2;
    const half = (text.length * DIGIT) / 2;
    const isBeside = x + half <= left || x - half >= left + width;
    return isBeside || Math.abs(word.y - 4 - y) >= LINE;
  });
}
