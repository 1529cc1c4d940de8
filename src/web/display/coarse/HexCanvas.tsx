/** Hexagons on a canvas that moves and zooms, with SVG above it for the few things with names. */
import { createEffect, createMemo, type JSX, Show } from "solid-js";
import { createCanvas } from "../canvas.js";
import { type Drawing } from "../export/drawing.js";
import { HoverCard } from "../HoverCard.js";
import { type Model } from "../../model/model.js";
import { type Picked } from "../../model/picked.js";
import { type Size } from "../../ui/size.js";
import { type Camera, formatCamera, panned, toPlane, zoomedAt } from "../../ui/plane-camera.js";
import { createPointer } from "../../ui/pointer.js";
import { type Hexagons, type Plane } from "../../ui/hexagons.js";

/** The particle: a cross that leaves its middle free, where a seed is. */
export const RETICLE = "M-14 0H-7M7 0H14M0-14V-7M0 7V14";

/** Hexagons smaller than this have no outline [px]. */
const LEAST_OUTLINED = 5;

export function HexCanvas(props: {
  model: Model;
  dark: boolean;
  label: string;
  hexagons: Hexagons;
  camera: (size: Size) => Camera;
  onCamera: (camera: Camera | null) => void;
  /** What a hexagon is; null for those that are no more than an outline. */
  pickOf: (i: number) => Picked | null;
  onPick: (picked: Picked | null) => void;
  children: (plane: Plane) => JSX.Element;
}) {
  let canvas!: HTMLCanvasElement;
  const { size, hover, setHover, hoverAt, setHost, setCanvas } = createCanvas(null, (now): Drawing => {
    const { hexagons } = props;
    return { size: now, shapes: { kind: "hexagons", plane: plane(), hexagons }, painter: null, range: hexagons.range };
  });
  const camera = createMemo(() => props.camera(size()));
  const plane = createMemo<Plane>(() => {
    const { width, height } = size();
    const { x: cx, y: cy, half } = camera();
    const unit = width / (2 * half);
    return {
      size: size(),
      unit,
      x: (x) => width / 2 + (x - cx) * unit,
      y: (y) => height / 2 - (y - cy) * unit,
      isInside: (px, py, reach) => px > -reach && py > -reach && px < width + reach && py < height + reach,
    };
  });

  createEffect(() => paint(canvas, props.hexagons, plane(), props.dark));
  createEffect(() => {
    void props.hexagons;
    setHover(null);
  });

  const pickAt = (px: number, py: number): Picked | null => {
    const i = hexagonAt(props.hexagons, ...toPlane(camera(), size(), px, py));
    return i < 0 ? null : props.pickOf(i);
  };
  const moveTo = (next: Camera): void => {
    if (next.half > 1e-4 && next.half < 1e4) props.onCamera(next);
  };
  const pointer = createPointer({
    pan: (dx, dy) => moveTo(panned(camera(), size(), dx, dy)),
    zoom: (factor, px, py) => moveTo(zoomedAt(camera(), size(), factor, px, py)),
    hover: hoverAt(pickAt),
    click: (px, py) => props.onPick(pickAt(px, py)),
    fit: () => props.onCamera(null),
  });

  return (
    <div class="hex-area" ref={setHost} classList={{ pointing: hover() !== null }}>
      <canvas
        ref={(element) => {
          canvas = element;
          setCanvas(element);
          pointer(element);
        }}
        role="img"
        aria-label={props.label}
        data-camera={formatCamera(camera())}
        data-quads={props.hexagons.filled}
      />
      <svg class="overlay" aria-hidden="true" width={size().width} height={size().height}>
        {props.children(plane())}
      </svg>
      <Show when={hover()}>
        {(at) => <HoverCard model={props.model} picked={at()} x={at().x} y={at().y} size={size()} />}
      </Show>
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, { n, corners, fills }: Hexagons, plane: Plane, dark: boolean): void {
  const { width, height } = plane.size;
  const ratio = Math.min(2, devicePixelRatio);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(ratio, ratio);
  context.strokeStyle = dark ? "rgb(214 220 228 / 30%)" : "rgb(40 46 54 / 30%)";
  for (let i = 0; i < n; i++) {
    const at = 12 * i;
    const [x, y] = [plane.x(corners[at]), plane.y(corners[at + 1])];
    const [ox, oy] = [plane.x(corners[at + 6]), plane.y(corners[at + 7])];
    const across = Math.hypot(x - ox, y - oy);
    if (!plane.isInside((x + ox) / 2, (y + oy) / 2, across / 2)) continue;
    context.beginPath();
    context.moveTo(x, y);
    for (let k = 2; k < 12; k += 2) context.lineTo(plane.x(corners[at + k]), plane.y(corners[at + k + 1]));
    context.closePath();
    if (fills[i] !== "") {
      context.fillStyle = fills[i];
      context.fill();
    }
    if (across > LEAST_OUTLINED) context.stroke();
  }
}

/** The topmost hexagon at a point, -1 for none; corners run one way round or the other. */
function hexagonAt({ n, corners }: Hexagons, x: number, y: number): number {
  for (let i = n - 1; i >= 0; i--) {
    const at = 12 * i;
    let left = 0;
    let right = 0;
    for (let k = 0; k < 12; k += 2) {
      const [ax, ay] = [corners[at + k], corners[at + k + 1]];
      const next = at + ((k + 2) % 12);
      const cross = (corners[next] - ax) * (y - ay) - (corners[next + 1] - ay) * (x - ax);
      if (cross >= 0) left++;
      if (cross <= 0) right++;
    }
    if (left === 6 || right === 6) return i;
  }
  return -1;
}
