/** Colours of energies and clusters. */
import { CLUSTER_COLORS, type Rgb, viridis } from "../../core/index.js";

export { type Rgb, viridis };

/** What a colour scale says. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

export function clusterColour(seed: number): Rgb {
  return CLUSTER_COLORS[seed % CLUSTER_COLORS.length];
}

/** Clusters of one colour differ by a hatching: 0 none, 1 rising, 2 falling, 3 both. */
export function clusterPattern(seed: number): number {
  return Math.floor(seed / CLUSTER_COLORS.length) % 4;
}

export function css([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}

/** Maps values in [low, high] to [0, 1]. */
export function createScale(kind: "log" | "linear", low: number, high: number): (value: number) => number {
  if (kind === "linear") return (value) => (value - low) / (high - low);
  const from = Math.log(low);
  const width = Math.log(high) - from;
  return (value) => (Math.log(value) - from) / width;
}

/** Lines on the page's paper. */
export const INK: { readonly [K in "light" | "dark"]: Rgb } = { light: [40, 46, 54], dark: [214, 220, 228] };
