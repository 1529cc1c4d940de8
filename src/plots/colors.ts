/**
 * Colours of plots. Every colour is an attribute that any SVG program understands, and a class: pages and the dark scheme
 * may replace it through `--plot-<name>`.
 */
import { CLUSTER_COLORS, hexColor, viridis } from "../core/index.js";

const CLUSTERS = Object.fromEntries(
  CLUSTER_COLORS.map((color, k) => [`cluster${k}`, [hexColor(color), hexColor(color)]]),
) as Record<`cluster${number}`, readonly [string, string]>;

/** Light and dark scheme. Hues after Okabe and Ito, told apart with any colour vision; shades of blue and orange for runs. */
const COLORS = {
  paper: ["#ffffff", "#14181d"],
  ink: ["#1f2328", "#e6e9ed"],
  grey: ["#6b7280", "#9aa4b0"],
  rule: ["#d5d9de", "#39414b"],
  blue: ["#0072b2", "#4aa8e0"],
  blue2: ["#56b4e9", "#a5d8f7"],
  blue3: ["#003e6b", "#2a7fc1"],
  blue4: ["#7d9fc9", "#7f9cc4"],
  orange: ["#d55e00", "#f08030"],
  orange2: ["#e69f00", "#f5c04a"],
  orange3: ["#8a3500", "#c8591a"],
  orange4: ["#d9a47c", "#d9a47c"],
  green: ["#009e73", "#2fc79a"],
  green2: ["#4fc3a1", "#8be3c6"],
  green3: ["#00563f", "#168a68"],
  green4: ["#8fb8a8", "#8fb8a8"],
  purple: ["#a8568a", "#d98cbd"],
  purple2: ["#cc79a7", "#ecb8d6"],
  purple3: ["#6d2f58", "#a8568a"],
  purple4: ["#b79aad", "#b79aad"],
  ...CLUSTERS,
} as const;

export type ColorName = keyof typeof COLORS;

/** Of the cluster of a seed: as the pages have it, in both schemes. */
export function clusterColor(seed: number): ColorName {
  return `cluster${seed % CLUSTER_COLORS.length}` as ColorName;
}

/** Attributes that give an element its colour as `currentColor`. */
export function colored(name: ColorName): string {
  return `class="bs-${name}" color="${COLORS[name][0]}"`;
}

/** The style sheet for the colours that `svg` uses. */
export function styleOf(svg: string): string {
  const names = (Object.keys(COLORS) as ColorName[]).filter((name) => svg.includes(`"bs-${name}"`));
  const rules = (scheme: 0 | 1): string =>
    names.map((name) => `.bs-${name}{color:var(--plot-${name},${COLORS[name][scheme]})}`).join("");
  return `<style>${rules(0)}@media screen and (prefers-color-scheme:dark){${rules(1)}}</style>`;
}

/** Viridis at t in [0, 1], in 64 steps so that equal colours can be drawn together. */
export function viridisStep(t: number): string {
  return hexColor(viridis(Math.round(63 * Math.min(1, Math.max(0, t))) / 63));
}
