/** The camera of pictures in two dimensions: positions in the picture [px], places in the plane. */
import { type Size } from "./size.js";
import { type Camera } from "./view-state.js";

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
