/** Hexagons on a plane. */
import { type Range } from "./colours.js";
import { type Size } from "./size.js";

/** Later hexagons cover earlier ones. */
export interface Hexagons {
  readonly n: number;
  /** x, y of 6 corners each, in the units of the plane. */
  readonly corners: Float32Array;
  /** Empty: only an outline. */
  readonly fills: readonly string[];
  /** Hexagons with energy. */
  readonly filled: number;
  /** What their colours mean. */
  readonly range: Range;
}

/** From the plane to the picture [px]. */
export interface Plane {
  readonly size: Size;
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
  /** Pixels per unit. */
  readonly unit: number;
  /** Whether a position is in the picture, or at most `reach` [px] outside. */
  isInside(px: number, py: number, reach: number): boolean;
}
