/** Colours of energies and clusters. */

/** Points of viridis (Smith and van der Walt), evenly spaced. */
const VIRIDIS = [
  [68, 1, 84],
  [72, 36, 117],
  [65, 68, 135],
  [53, 95, 141],
  [42, 120, 142],
  [33, 145, 140],
  [34, 168, 132],
  [68, 191, 112],
  [122, 209, 81],
  [189, 223, 38],
  [253, 231, 37],
] as const;

export type Rgb = readonly [number, number, number];

/** What a colour scale says. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

/** `t` from 0 to 1, clamped. */
export function viridis(t: number): Rgb {
  const at = Math.min(1, Math.max(0, t)) * (VIRIDIS.length - 1);
  const k = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const f = at - k;
  const mix = (c: 0 | 1 | 2): number => Math.round(VIRIDIS[k][c] * (1 - f) + VIRIDIS[k + 1][c] * f);
  return [mix(0), mix(1), mix(2)];
}

/** Eight that people with any colour vision tell apart (after Okabe and Ito); the ninth cluster has the first again, hatched. */
const CLUSTERS: readonly Rgb[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
  [182, 170, 40],
  [148, 103, 189],
];

export function clusterColour(seed: number): Rgb {
  return CLUSTERS[seed % CLUSTERS.length];
}

/** Clusters of one colour differ by a hatching: 0 none, 1 rising, 2 falling, 3 both. */
export function clusterPattern(seed: number): number {
  return Math.floor(seed / CLUSTERS.length) % 4;
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
