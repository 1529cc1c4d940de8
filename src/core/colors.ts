/** Colours that plots and pages share. */

/** Red, green, blue: 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Points of viridis (N. Smith and S. van der Walt), evenly spaced. */
const VIRIDIS: readonly Rgb[] = [
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
];

/** `t` from 0 to 1, clamped. */
export function viridis(t: number): Rgb {
  const at = Math.min(1, Math.max(0, t)) * (VIRIDIS.length - 1);
  const k = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const f = at - k;
  const mix = (c: 0 | 1 | 2): number => Math.round(VIRIDIS[k][c] * (1 - f) + VIRIDIS[k + 1][c] * f);
  return [mix(0), mix(1), mix(2)];
}

/** Of clusters, by seed: eight that people with any colour vision tell apart (after Okabe and Ito), then the first again. */
export const CLUSTER_COLORS: readonly Rgb[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
  [182, 170, 40],
  [148, 103, 189],
];

export function hexColor(color: Rgb): string {
  return `#${color.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
