/** From data to pixels along one axis. */
import { type Axis, type Panel } from "./plot.js";
import { textWidth } from "./text.js";
import { linearTicks, logTicks, tickLabels } from "./ticks.js";

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** The share of the way from low to high, also beyond; not finite where a logarithmic axis has no place. */
  at(value: number): number;
  /** Round values and their labels, at most about `most` of them. */
  ticks(most: number): Tick[];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** The scale of an axis that shows `values`, with a margin of 4 % where data end (not below 0 where all are positive, none at given ranges). */
export function createScale(axis: Axis, values: Iterable<number>, margin = 0.04): Scale {
  const { log, range } = axis;
  const warp = log ? Math.log10 : (value: number): number => value;
  let [low, high] = range ?? limitsOf(axis, values);
  if (range === undefined) {
    const pad = margin * (warp(high) - warp(low));
    const padded = log ? [low * 10 ** -pad, high * 10 ** pad] : [low - pad, high + pad];
    low = low >= 0 && padded[0] < 0 ? 0 : padded[0];
    high = padded[1];
  }
  const [from, to] = [warp(low), warp(high)];
  return {
    low,
    high,
    at: (value) => (warp(value) - from) / (to - from),
    ticks(most) {
      const ticks = log
        ? logTicks(low, high, most)
        : linearTicks(low, high, axis.whole ? Math.min(most, high - low) : most);
      const labels = tickLabels(ticks, log === true);
      return ticks.map((value, i) => ({ value, label: labels[i] }));
    },
  };
}

function limitsOf(axis: Axis, values: Iterable<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const list of [values, axis.includes ?? []]) {
    for (const value of list) {
      if (!Number.isFinite(value) || (axis.log && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return axis.log ? [1, 10] : [0, 1];
  if (low < high) return [low, high];
  if (axis.log) return [low / 2, 2 * low];
  const room = low === 0 ? 1 : Math.abs(low) / 10;
  return [low - room, low + room];
}

/** Ticks of a horizontal axis whose labels, `size` px high, keep 8 px apart. */
export function ticksInWidth(scale: Scale, width: number, size: number): Tick[] {
  for (let most = Math.max(2, Math.floor(width / 45)); most > 1; most--) {
    const ticks = scale.ticks(most);
    const fits = ticks.every(({ value, label }, i) => {
      if (i === 0) return true;
      const apart = width * (scale.at(value) - scale.at(ticks[i - 1].value));
      return apart >= (textWidth(label, size) + textWidth(ticks[i - 1].label, size)) / 2 + 8;
    });
    if (fits) return ticks;
  }
  const ticks = scale.ticks(2);
  return [ticks[0], ticks[ticks.length - 1]].filter((tick, i, ends) => i === 0 || tick !== ends[0]);
}

/** "label [unit]". */
export function axisTitle({ label, unit }: Axis): string {
  return unit === undefined ? label : `${label} [${unit}]`;
}

/** What a panel shows, as the CSV says it. */
export function panelName({ x, y, color }: Panel): string {
  return `${color ? `${axisTitle(color)} at ` : ""}${axisTitle(y)} against ${axisTitle(x)}`;
}
