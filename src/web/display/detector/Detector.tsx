/** The trigger cells in three dimensions: WebGL for cells and outlines, SVG above them for what has a name, and the pointer. */
import { createEffect, createMemo, createSignal, on, Show } from "solid-js";
import { type CoarseView, type LayerOutline } from "../../data/protocol.js";
import { createCanvas } from "../canvas.js";
import { INK, type Rgb } from "../../ui/colours.js";
import { type Drawing } from "../export/drawing.js";
import { HoverCard } from "../HoverCard.js";
import { type PaneProps } from "../pane-props.js";
import { describePicture, seedInFocus } from "../pick.js";
import { type Picked } from "../../model/picked.js";
import { createPointer } from "../../ui/pointer.js";
import { clusterAxes, particleAxes, times } from "./axes.js";
import {
  createCamera,
  formatOrbit,
  moved,
  otherProjection,
  type Orbit,
  parseOrbit,
  PRESETS,
  projectLine,
  rayAt,
  zoomed,
} from "./camera.js";
import { createLooks, LOOK_BYTES, SHOWN } from "./cells.js";
import { DetectorOverlay } from "./DetectorOverlay.js";
import { fittedOrbit, wholeOrbit } from "./fit.js";
import {
  onCoarseWafers,
  type OnWafers,
  onWafersOfClusters,
  silhouetteLayers,
  silhouetteLines,
  waferLines,
} from "./frame.js";
import { Painter3d } from "./painter3d.js";
import { createRenderer } from "../../ui/surface.js";
import { createPrisms, halfThickness, pickPrism } from "./prisms.js";

const PAPER: { readonly [K in "light" | "dark"]: Rgb } = { light: [255, 255, 255], dark: [23, 28, 34] };

/** A drag over this many pixels turns by a degree. */
const PER_DEGREE = 2.5;
/** Of the dots on the axes of clusters [px]. */
const DOT = 7;

export function Detector(props: PaneProps) {
  const { model } = props;
  const { view, setView } = model;
  const { size, painter, trouble, setTrouble, hover, setHover, hoverAt, setHost, setCanvas } = createCanvas(
    (canvas) => new Painter3d(createRenderer(canvas)),
    (now, snapshots): Drawing => ({ size: now, shapes: null, painter: snapshots, range: looks()?.range ?? null }),
  );
  const [outlines, setOutlines] = createSignal<ReadonlyMap<number, LayerOutline>>(new Map());

  const ends = createMemo(() => silhouetteLayers(model.layers(), model.source()?.ceeLayers ?? 1));
  const picked = (): Picked | null => model.picked();
  const pickedSeed = createMemo(() => seedInFocus(model, props.hoveredSeed));
  const prisms = createMemo(() => {
    const event = model.event();
    return event === null ? null : createPrisms(event);
  });
  // While the next event's chain runs, the assignment is that of the last event.
  const fitting = createMemo(() => {
    const chain = model.chain();
    return chain !== null && chain.assignment.length === model.event()?.n ? chain : null;
  });
  const looks = createMemo(() => {
    const event = model.event();
    return event === null ? null : createLooks(event, fitting(), view, pickedSeed(), model);
  });
  createEffect(() => props.onRange(looks()?.range ?? null));
  const zside = (): number => model.event()?.zside ?? 1;
  const orbit = createMemo<Orbit>(() => parseOrbit(view.orbit) ?? fittedOrbit(model.event(), model.chain()));
  const camera = createMemo(() => createCamera(orbit(), view.projection, size()));
  const turnTo = (next: Orbit): void => setView({ orbit: formatOrbit(next) });

  const particles = createMemo(() => {
    const event = model.event();
    return event === null ? [] : particleAxes(event);
  });
  const clusters = createMemo(() => {
    const [event, chain] = [model.event(), fitting()];
    return event === null || chain === null ? [] : clusterAxes(event, chain, pickedSeed());
  });

  const coarse = (): CoarseView | null => {
    const found = fitting()?.coarse ?? null;
    return found !== null && found.coarse.length > 0 ? found : null;
  };
  /** The wafers that are drawn: those of coarse seeds, else those of the clusters with a name. */
  const onWafers = createMemo<OnWafers>(() => {
    const [event, chain, found] = [model.event(), fitting(), coarse()];
    if (event === null || chain === null) return { points: new Map(), unit: null };
    if (found !== null) return onCoarseWafers(found, event.zside, view);
    const named = clusters().filter(({ isNamed }) => isNamed);
    return onWafersOfClusters(event, chain.assignment, new Set(named.map(({ seed }) => seed)), view);
  });
  const asked = new Set<number>();
  let askedOf = -1;
  createEffect(() => {
    // Layers are those of the sample's geometry: none before there is one, others with another sample.
    const source = model.source()?.number;
    if (source === undefined) return;
    if (source !== askedOf) {
      askedOf = source;
      asked.clear();
      setOutlines(new Map());
    }
    const { points, unit } = onWafers();
    const wanted = new Set([...ends(), ...points.keys(), ...(unit === null ? [] : [unit])]);
    const missing = [...wanted].filter((layer) => !asked.has(layer));
    for (const layer of missing) asked.add(layer);
    if (missing.length === 0) return;
    Promise.all(missing.map((layer) => model.layerOutline(layer))).then(
      (found) =>
        source === askedOf &&
        setOutlines((known) => new Map([...known, ...found.map((each) => [each.layer, each] as const)])),
      () => source === askedOf && setTrouble(`The outlines of layers ${missing.join(", ")} cannot be drawn.`),
    );
  });
  const outlinesOf = (layers: Iterable<number>): LayerOutline[] =>
    [...layers].map((layer) => outlines().get(layer)).filter((outline) => outline !== undefined);
  const depths = createMemo((): readonly [number, number] => {
    const [first, last] = outlinesOf([1, model.layers()]);
    return last === undefined ? [320, 520] : [first.z, last.z];
  });

  createEffect(() => painter()?.setCamera(camera()));
  createEffect(() => {
    const [cells, shown] = [prisms(), looks()];
    if (cells !== null && shown !== null) painter()?.setCells(cells, shown.bytes);
  });
  createEffect(() => {
    const theme = props.dark ? "dark" : "light";
    painter()?.setColours(INK[theme], PAPER[theme]);
  });
  createEffect(() => {
    const event = model.event();
    const silhouette = outlinesOf(ends());
    if (event === null || silhouette.length < ends().length) return;
    const { points, unit } = onWafers();
    const scale = unit === null ? 1 : outlines().get(unit)?.z;
    const wafers = outlinesOf(scale === undefined ? [] : points.keys()).flatMap((outline) => {
      const inLayer = (points.get(outline.layer) ?? []).map((value) => value * (scale ?? 1));
      return waferLines(outline, inLayer, event.zside);
    });
    painter()?.setLines(Float32Array.from([...silhouetteLines(silhouette, event.zside), ...wafers]));
  });
  createEffect(on([looks, camera], () => setHover(null)));

  const pickAt = (px: number, py: number): Picked | null => {
    const [cells, shown] = [prisms(), looks()];
    if (cells === null || shown === null) return null;
    const isShown = (i: number): boolean => (shown.bytes[LOOK_BYTES * i + 4] & SHOWN) !== 0;
    const index = pickPrism(cells, halfThickness(camera().unit), isShown, rayAt(camera(), px, py));
    return index < 0 ? null : { kind: "tc", index };
  };
  /** The cluster whose dot is at a position, as its seed. */
  const seedAt = (px: number, py: number): Picked | null => {
    const found = clusters().find(({ direction, depth }) => {
      const dot = projectLine(camera(), times(direction, depth), times(direction, depth));
      return dot !== null && Math.hypot(dot[0] - px, dot[1] - py) < DOT;
    });
    return found === undefined ? null : { kind: "seed", index: found.seed };
  };
  const pointer = createPointer({
    pan: (dx, dy, isOther) => {
      if (isOther) turnTo(moved(camera(), dx, dy));
      else {
        const { azimuth, elevation } = orbit();
        turnTo({ ...orbit(), azimuth: azimuth - dx / PER_DEGREE, elevation: elevation + dy / PER_DEGREE });
      }
    },
    zoom: (factor, px, py) => turnTo(zoomed(camera(), factor, px, py)),
    hover: hoverAt((px, py) => seedAt(px, py) ?? pickAt(px, py)),
    click: (px, py) => model.setPick(seedAt(px, py) ?? pickAt(px, py)),
    fit: () => setView({ orbit: "" }),
  });

  return (
    <div class="picture" ref={setHost} classList={{ pointing: hover() !== null }}>
      <canvas
        ref={(element) => {
          setCanvas(element);
          pointer(element);
        }}
        role="img"
        aria-label={describePicture(
          model,
          `${looks()?.shown ?? 0} of ${model.event()?.n} trigger cells in three dimensions, layers ${view.from} to ${view.to}`,
        )}
        data-orbit={formatOrbit(orbit())}
        data-quads={looks()?.shown ?? 0}
      />
      <DetectorOverlay
        camera={camera()}
        depths={depths()}
        prisms={prisms()}
        hover={hover()}
        picked={picked()}
        particles={particles()}
        clusters={clusters()}
        colourOf={model.colourOf}
      />
      <Show when={hover()}>
        {(at) => <HoverCard model={model} picked={at()} x={at().x} y={at().y} size={size()} />}
      </Show>
      <div class="corner detector-corner">
        <button type="button" title="Fit the view to the particle (f)" onClick={() => setView({ orbit: "" })}>
          fit
        </button>
        <button
          type="button"
          title="The whole endcap"
          onClick={() => turnTo({ ...orbit(), ...wholeOrbit(zside(), depths()) })}
        >
          whole
        </button>
        <button
          type="button"
          title="Along the beam, as the layers (1)"
          onClick={() => turnTo({ ...orbit(), ...PRESETS.front })}
        >
          front
        </button>
        <button type="button" title="z to the right, y up (2)" onClick={() => turnTo({ ...orbit(), ...PRESETS.side })}>
          side
        </button>
        <button type="button" title="z to the right, x up (3)" onClick={() => turnTo({ ...orbit(), ...PRESETS.top })}>
          top
        </button>
        <button
          type="button"
          title="Without perspective (o)"
          aria-pressed={view.projection === "orthographic"}
          onClick={() => setView({ projection: otherProjection(view.projection) })}
        >
          parallel
        </button>
        <span class="caption">
          endcap {zside() > 0 ? "+z" : "−z"}; wafers of {coarse() !== null ? "coarse seeds" : "clusters"}
        </span>
      </div>
      <Show when={trouble() !== ""}>
        <p class="notice" role="alert">
          {trouble()}
        </p>
      </Show>
    </div>
  );
}
