/** A canvas that fills its place, what draws on it, and what is under the pointer. */
import { createEffect, createSignal, onCleanup, onMount } from "solid-js";
import { type Drawing, publish } from "./export/drawing.js";
import { type Picked } from "../model/picked.js";
import { type Size } from "../ui/size.js";
import { type Surface } from "../ui/surface.js";

/** What is pointed at, and where [px]. */
export type Hovered = Picked & { readonly x: number; readonly y: number };

/**
 * To be called while a component is set up. `make` creates what draws with WebGL, null for another kind of canvas;
 * `drawing` tells what files of the picture are made from.
 */
export function createCanvas<P extends Surface>(
  make: ((canvas: HTMLCanvasElement) => P) | null,
  drawing: (size: Size, painter: P | null) => Drawing | null,
) {
  const [size, setSize] = createSignal<Size>({ width: 800, height: 600 });
  const [painter, setPainter] = createSignal<P | null>(null);
  const [trouble, setTrouble] = createSignal("");
  const [hover, setHover] = createSignal<Hovered | null>(null);
  let host!: HTMLDivElement;
  let canvas!: HTMLCanvasElement;

  onMount(() => {
    try {
      if (make !== null) setPainter(() => make(canvas));
    } catch {
      setTrouble("This browser gives the page no WebGL, which the picture needs. The tables work without it.");
    }
    const observer = new ResizeObserver(([{ contentRect }]) => {
      const { width, height } = contentRect;
      if (width > 0 && height > 0) setSize({ width, height });
    });
    observer.observe(host);
    publish(canvas, () => drawing(size(), painter()));
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      setTrouble(
        "The graphics context was lost (too many pages, or the driver restarted). It comes back by itself; if not, reload.",
      );
    });
    canvas.addEventListener("webglcontextrestored", () => {
      setTrouble("");
      painter()?.paint();
    });
    onCleanup(() => {
      observer.disconnect();
      painter()?.dispose();
    });
  });
  createEffect(() => painter()?.resize(size().width, size().height, Math.min(2, devicePixelRatio)));

  return {
    size,
    painter,
    trouble,
    setTrouble,
    hover,
    setHover,
    /** For the pointer: what `pickAt` finds is hovered; without a position nothing is. */
    hoverAt(pickAt: (px: number, py: number) => Picked | null): (px?: number, py?: number) => void {
      return (px, py) => {
        const found = px === undefined || py === undefined ? null : pickAt(px, py);
        setHover(found === null || px === undefined || py === undefined ? null : { ...found, x: px, y: py });
      };
    },
    /** The element that gives the size, and the canvas in it. */
    setHost: (element: HTMLDivElement) => void (host = element),
    setCanvas: (element: HTMLCanvasElement) => void (canvas = element),
  };
}
