/** Zooming by keys, from whatever camera the picture has. */
import { type Model } from "../../model/model.js";

/** Of the first picture in two dimensions. */
export function zoomPlane({ setView }: Model, factor: number): void {
  const text = document.querySelector(".picture canvas")?.getAttribute("data-camera") ?? "";
  const [x, y, half] = text.split(",").map(Number);
  if (half > 0) setView({ camera: [x, y, half * factor].join(",") });
}
