/** The camera of pictures in two dimensions: positions in the picture [px], places in the plane. */
import { shortNumber } from "../../core/index.js";
import { type Size } from "./size.js";

export interface Camera {
  readonly x: number;
  readonly y: number;
  /** Half of what the width shows. */
  readonly half: number;
}

export function parseCamera(text: string): Camera | undefined {
  const parts = text.split(",").map(Number);
  if (parts.length !== 3 || !parts.every(Number.isFinite) || !(parts[2] > 0)) return undefined;
  return { x: parts[0], y: parts[1], half: parts[2] };
}

export function formatCamera({ x, y, half }: Camera): string {
  return [x, y, half].map((value) => shortNumber(value, 6)).join(",");
}

export function toPlane({ x, y, half }: Camera, { width, height }: Size, px: number, py: number): [number, number] {
  const unit = (2 * half) / width;
  return [x + (px - width / 2) * unit, y - (py - height / 2) * unit];
}

/** What is under the pointer follows it by (dx, dy). */
export function panned({ x, y, half }: Camera, { width }: Size, dx: number, dy: number): Camera {
  const unit = (2 * half) / width;
  return { x: x - dx * unit, y: y + dy * unit, half };
}

/** The half width is multiplied by `factor`; the place at (px, py) stays where it is. */
export function zoomedAt(camera: Camera, size: Size, factor: number, px: number, py: number): Camera {
  const [x, y] = toPlane(camera, size, px, py);
  return { x: x + (camera.x - x) * factor, y: y + (camera.y - y) * factor, half: camera.half * factor };
}
