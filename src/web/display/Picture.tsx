/** The picture: WebGL for cells and bins, SVG above it for the few things with names, and the pointer. */
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from "solid-js";
import { type Rgb } from "./colours.js";
import { publish } from "./export/drawing.js";
import { HoverCard } from "./HoverCard.js";
import { type Model } from "./model.js";
import { Overlay } from "./Overlay.js";
import { Painter } from "./painter.js";
import { type PaneProps } from "./Pane.js";
import { describePicture, pickedSeedOf } from "./pick.js";
import { type Picked } from "./picked.js";
import { createPointer } from "./pointer.js";
import { FLAT_STRETCH, histogramScene, layerScene, mapPoint, middleOf, pickQuad, type ViewScene } from "./scene.js";
import { type Camera, formatCamera, parseCamera } from "./view-state.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const INK: { readonly [K in "light" | "dark"]: Rgb } = { light: [40, 46, 54], dark: [214, 220, 228] };

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
  let host!: HTMLDivElement;
  let canvas!: HTMLCanvasElement;
  const [size, setSize] = createSignal<Size>({ width: 800, height: 600 });
  const [painter, setPainter] = createSignal<Painter | null>(null);
  const [trouble, setTrouble] = createSignal("");
  const [hover, setHover] = createSignal<(Picked & { readonly x: number; readonly y: number }) | null>(null);

  const picked = (): Picked | null => model.picked();
  const pickedSeed = createMemo(() => {
    const chain = model.chain();
    if (props.hoveredSeed >= 0) return props.hoveredSeed;
    const pick = picked();
    return pick?.kind === "seed" && chain !== null ? pickedSeedOf(pick, chain) : -1;
  });
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

  onMount(() => {
    try {
      setPainter(new Painter(canvas));
    } catch {
      setTrouble("This browser gives the page no WebGL, which the picture needs. The tables work without it.");
    }
    const observer = new ResizeObserver(([{ contentRect }]) => {
      const { width, height } = contentRect;
      if (width > 0 && height > 0) setSize({ width, height });
    });
    observer.observe(host);
    publish(canvas, () => {
      const quads = scene();
      const shapes = quads && { kind: "quads" as const, camera: camera(), quads, lines: lines() };
      return shapes && { size: size(), shapes, painter: painter(), range: shapes.quads.range };
    });
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

  createEffect(() => {
    const { width, height } = size();
    painter()?.resize(width, height, Math.min(2, devicePixelRatio));
    painter()?.setCamera(camera());
  });
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

  /** Position in the picture [px] to the plane. */
  const toPlane = (px: number, py: number): readonly [number, number] => {
    const { width, height } = size();
    const { x, y, half } = camera();
    const unit = (2 * half) / width;
    return [x + (px - width / 2) * unit, y - (py - height / 2) * unit];
  };
  const pickAt = (px: number, py: number): Picked | null => {
    const current = scene();
    if (current === null) return null;
    const i = pickQuad(current, ...toPlane(px, py));
    return i < 0 ? null : { kind: current.kind, index: current.ids[i] };
  };
  /** The seed whose triangle is at a position; in the histogram its bin stands for it. */
  const seedAt = (px: number, py: number): Picked | null => {
    if (view.view !== "layer") return null;
    const [x, y] = toPlane(px, py);
    const reach = (SEED_SIZE * 2 * camera().half) / size().width;
    const index = (model.chain()?.seeds ?? []).findIndex((seed) => Math.hypot(seed.x - x, seed.y - y) < reach);
    return index < 0 ? null : { kind: "seed", index };
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
    pan: (dx, dy) => {
      const { x, y, half } = camera();
      const unit = (2 * half) / size().width;
      moveTo({ x: x - dx * unit, y: y + dy * unit, half });
    },
    zoom: (factor, px, py) => {
      const { x, y, half } = camera();
      const [ax, ay] = toPlane(px, py);
      moveTo({ x: ax + (x - ax) * factor, y: ay + (y - ay) * factor, half: half * factor });
    },
    hover: (px, py) => {
      const found = px === undefined || py === undefined ? null : pickAt(px, py);
      setHover(found === null || px === undefined || py === undefined ? null : { ...found, x: px, y: py });
    },
    click: (px, py) => {
      const found = seedAt(px, py) ?? pickAt(px, py);
      model.setPick(found);
    },
    fit: () => setView({ camera: "" }),
  });

  return (
    <div class="picture" ref={(element) => (host = element)} classList={{ pointing: hover() !== null }}>
      <canvas
        ref={(element) => {
          canvas = element;
          pointer(element);
        }}
        role="img"
        aria-label={describePicture(model, scene()?.n ?? 0)}
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
