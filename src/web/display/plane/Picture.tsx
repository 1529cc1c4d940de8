/** The picture: WebGL for cells and bins, SVG above it for the few things with names, and the pointer. */
import { counted } from "../../../core/index.js";
import { createEffect, createMemo, on, Show } from "solid-js";
import { createCanvas } from "../canvas.js";
import { INK } from "../../ui/colours.js";
import { type Drawing } from "../export/drawing.js";
import { HoverCard } from "../HoverCard.js";
import { type Model } from "../../model/model.js";
import { Overlay } from "./Overlay.js";
import { Painter } from "./painter.js";
import { createRenderer } from "../../ui/surface.js";
import { type PaneProps } from "../pane-props.js";
import { describePicture, seedInFocus } from "../pick.js";
import { type Picked } from "../../model/picked.js";
import { type Camera, formatCamera, panned, parseCamera, toPlane, zoomedAt } from "../../ui/plane-camera.js";
import { createPointer } from "../../ui/pointer.js";
import { FLAT_STRETCH, histogramScene, layerScene, mapPoint, middleOf, pickQuad, type ViewScene } from "./scene.js";
import { type Size } from "../../ui/size.js";

/** Of the triangles [px]. */
const SEED_SIZE = 7;

/** The first particle, else the most energetic seed; R/z is 0 when there is neither. */
function targetOf(model: Model): { readonly rz: number; readonly phi: number } {
  const particle = model.event()?.particles.at(0);
  const seeds = model.chain()?.seeds ?? [];
  const target = seeds.toSorted((a, b) => b.energy - a.energy).at(0);
  const rz =
    particle === undefined ? Math.hypot(target?.x ?? 0, target?.y ?? 0) : 1 / Math.sinh(Math.abs(particle.eta));
  return { rz, phi: particle?.phi ?? Math.atan2(target?.y ?? 0, target?.x ?? 0) };
}

/** Where the view goes by itself: to the target, else to the middle. */
function fitted(model: Model, { width, height }: Size): Camera {
  const { view } = model;
  const wide = Math.max(1, width / height);
  const { rz, phi } = targetOf(model);
  if (rz === 0) return wholeView(model, { width, height });
  const map = view.view === "layer" ? "polar" : view.map;
  const [x, y] = mapPoint(map, rz, phi, phi);
  return { x, y, half: (map === "flat" ? 0.2 : 0.06) * wide };
}

function wholeView(model: Model, { width, height }: Size): Camera {
  const { view } = model;
  const wide = Math.max(1, width / height);
  if (view.view === "layer" || view.map === "polar") return { x: 0, y: 0, half: 0.62 * wide };
  return { x: targetOf(model).phi, y: FLAT_STRETCH * 0.33, half: Math.max(3.3, 0.75 * (width / height)) };
}

export function Picture(props: PaneProps) {
  const { model } = props;
  const { view, setView } = model;
  const { size, painter, trouble, hover, setHover, hoverAt, setHost, setCanvas } = createCanvas(
    (canvas) => new Painter(createRenderer(canvas)),
    (now, snapshots): Drawing | null => {
      const quads = scene();
      const shapes = quads && { kind: "quads" as const, camera: camera(), quads, lines: lines() };
      return shapes && { size: now, shapes, painter: snapshots, range: shapes.quads.range };
    },
  );
  const picked = (): Picked | null => model.picked();
  const pickedSeed = createMemo(() => seedInFocus(model, props.hoveredSeed));
  const camera = createMemo<Camera>(() => parseCamera(view.camera) ?? fitted(model, size()));
  const middle = createMemo(() => middleOf(camera()));
  const scene = createMemo<ViewScene | null>(() => {
    const event = model.event();
    const chain = model.chain();
    if (event === null) return null;
    // While the next event's chain runs, the assignment is that of the last event.
    const fitting = chain !== null && chain.assignment.length === event.n ? chain : null;
    if (view.view === "layer") return layerScene(event, fitting, view, pickedSeed(), model);
    return chain === null ? null : histogramScene(chain, view, middle());
  });
  createEffect(() => props.onRange(scene()?.range ?? null));

  createEffect(() => painter()?.setCamera(camera(), size()));
  createEffect(() => {
    const current = scene();
    if (current !== null) painter()?.setQuads(current);
  });
  createEffect(() => painter()?.setInk(props.dark ? INK.dark : INK.light));
  const lines = createMemo(() => {
    const outline = model.outline();
    const shown = view.view === "layer" && outline !== null && outline.layer === view.layer;
    const zside = model.event()?.zside ?? 1;
    return shown
      ? outline.segments.map((value, k) => ((k % 2 === 0 ? zside : 1) * value) / outline.z)
      : new Float32Array(0);
  });
  createEffect(() => painter()?.setLines(lines()));
  createEffect(on([scene], () => setHover(null)));

  const pickAt = (px: number, py: number): Picked | null => {
    const current = scene();
    if (current === null) return null;
    const i = pickQuad(current, ...toPlane(camera(), size(), px, py));
    return i < 0 ? null : { kind: current.kind, index: current.ids[i] };
  };
  /** The seed whose triangle is at a position; in the histogram its bin stands for it. */
  const seedAt = (px: number, py: number): Picked | null => {
    if (view.view !== "layer") return null;
    const [x, y] = toPlane(camera(), size(), px, py);
    const reach = (SEED_SIZE * 2 * camera().half) / size().width;
    const index = (model.chain()?.seeds ?? []).findIndex((seed) => Math.hypot(seed.x - x, seed.y - y) < reach);
    return index < 0 ? null : { kind: "seed", index };
  };
  const words = (): string => {
    if (view.view === "histogram") return `${view.step} histogram, ${view.map}`;
    const where = view.layer === 0 ? "all layers projected" : `layer ${view.layer}`;
    return `${scene()?.n ?? 0} of ${counted(model.event()?.n ?? 0, "trigger cell")}, ${where}`;
  };
  const caption = (): string => {
    const zside = model.event()?.zside ?? 1;
    if (view.view === "histogram") return view.map === "flat" ? "R/z against φ" : "R/z and φ, seen along −z";
    const where = view.layer === 0 ? "all layers projected" : `layer ${view.layer}`;
    return `${where}, endcap ${zside > 0 ? "+z" : "−z"}, seen along −z`;
  };
  const moveTo = (next: Camera): void => {
    if (next.half > 1e-5 && next.half < 20) setView({ camera: formatCamera(next) });
  };
  const pointer = createPointer({
    pan: (dx, dy) => moveTo(panned(camera(), size(), dx, dy)),
    zoom: (factor, px, py) => moveTo(zoomedAt(camera(), size(), factor, px, py)),
    hover: hoverAt(pickAt),
    click: (px, py) => model.setPick(seedAt(px, py) ?? pickAt(px, py)),
    fit: () => setView({ camera: "" }),
  });

  return (
    <div class="picture" ref={setHost} classList={{ pointing: hover() !== null }}>
      <canvas
        ref={(element) => {
          setCanvas(element);
          pointer(element);
        }}
        role="img"
        aria-label={describePicture(model, words())}
        data-camera={formatCamera(camera())}
        data-quads={scene()?.n ?? 0}
      />
      <Overlay model={model} size={size()} camera={camera()} scene={scene()} hover={hover()} picked={picked()} />
      <Show when={hover()}>
        {(at) => <HoverCard model={model} picked={at()} x={at().x} y={at().y} size={size()} />}
      </Show>
      <div class="corner">
        <button type="button" title="Fit the view to the particle (f)" onClick={() => setView({ camera: "" })}>
          fit
        </button>
        <button
          type="button"
          title="The whole endcap"
          onClick={() => setView({ camera: formatCamera(wholeView(model, size())) })}
        >
          whole
        </button>
        <span class="caption">{caption()}</span>
      </div>
      <Show when={trouble() !== ""}>
        <p class="notice" role="alert">
          {trouble()}
        </p>
      </Show>
    </div>
  );
}
