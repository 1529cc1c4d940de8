/** What pictures consist of, as those who write files of them ask for it. */
import { type Hexagons, type Plane } from "../../ui/hexagons.js";
import { type Range } from "../../ui/colours.js";
import { type Quads } from "../../ui/quad-mesh.js";
import { type Size } from "../../ui/size.js";
import { type Camera } from "../../ui/plane-camera.js";

/** Of a view in two dimensions. */
export type Shapes =
  | {
      readonly kind: "quads";
      readonly camera: Camera;
      readonly quads: Quads;
      /** x, y of both ends of each line, below the quadrilaterals. */
      readonly lines: Float32Array;
    }
  | { readonly kind: "hexagons"; readonly plane: Plane; readonly hexagons: Hexagons };

/** A painter that can draw larger for a moment. */
export interface Snapshots {
  /** Paints with `ratio` pixels for one of CSS, lets `read` copy the canvas, and paints as before. */
  snapshot(ratio: number, read: (canvas: HTMLCanvasElement) => void): void;
}

export interface Drawing {
  /** [CSS pixels] */
  readonly size: Size;
  /** Null: a scene in three dimensions. */
  readonly shapes: Shapes | null;
  /** Null: the shapes are all there is. */
  readonly painter: Snapshots | null;
  /** What colours mean, null where they are no scale. */
  readonly range: Range | null;
}

const drawings = new WeakMap<HTMLCanvasElement, () => Drawing | null>();

/** Says how to learn what a canvas shows. */
export function publish(canvas: HTMLCanvasElement, drawing: () => Drawing | null): void {
  drawings.set(canvas, drawing);
}

/** What a canvas shows now; null before it shows something. */
export function drawingOf(canvas: HTMLCanvasElement): Drawing | null {
  return drawings.get(canvas)?.() ?? null;
}
