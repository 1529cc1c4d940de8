/** Above the picture, as SVG: seeds, particles, radii, what is picked, values of bins, the scale. */
import { createMemo, For, Show } from "solid-js";
import { createGrid } from "../../../chain/index.js";
import { type AxisTicks, axisWords, histogramTicks, isClearOf, ticksOfX, ticksOfY } from "./axes-ticks.js";
import { css } from "../../ui/colours.js";
import { type Model } from "../../model/model.js";
import { roundLength, short } from "../../ui/numbers.js";
import { partOf, pickedBinOf } from "../pick.js";
import { binOf } from "../seed-kinds.js";
import { type Picked } from "../../model/picked.js";
import { type Size } from "../../ui/size.js";
import { binCentre, FLAT_STRETCH, mapPoint, middleOf, type ViewScene } from "./scene.js";
import { type Camera } from "../../ui/plane-camera.js";

/** Circles of more seeds hide the picture: then only what is picked, or else the seed next to the particle, has them. */
const MOST_CIRCLES = 4;
const MOST_LABELLED = 12;
/** Bins narrower than this have no room for their value [px]. */
const LABEL_ROOM = 28;
const MOST_LABELS = 900;

/** Narrower pictures, as those of phones, have no room for the legend beside the labels of seeds [pixels]. */
const WIDE_ENOUGH = 520;

export function Overlay(props: {
  model: Model;
  size: Size;
  camera: Camera;
  scene: ViewScene | null;
  hover: Picked | null;
  picked: Picked | null;
}) {
  const { model } = props;
  const { view } = model;
  const perUnit = (): number => props.size.width / (2 * props.camera.half);
  const sx = (x: number): number => props.size.width / 2 + (x - props.camera.x) * perUnit();
  const sy = (y: number): number => props.size.height / 2 - (y - props.camera.y) * perUnit();
  const isLayer = (): boolean => view.view === "layer";
  /** φ around which the flat map is drawn. */
  const turn = createMemo(() => middleOf(props.camera));
  const place = (x: number, y: number): readonly [number, number] =>
    isLayer() ? [x, y] : mapPoint(view.map, Math.hypot(x, y), Math.atan2(y, x), turn());
  const isInside = (x: number, y: number): boolean =>
    x > -40 && y > -40 && x < props.size.width + 40 && y < props.size.height + 40;

  const grid = createMemo(() => createGrid(model.params().base));
  const seeds = createMemo(() => {
    const chain = model.chain();
    if (chain === null || (!isLayer() && view.step !== "seeds")) return [];
    const marks = chain.seeds.map((seed, index) => {
      // In the histogram a seed is its bin.
      const bin = isLayer() ? -1 : binOf(seed, chain);
      const centre = bin < 0 ? undefined : binCentre(chain.params, bin);
      const [x, y] = centre === undefined ? place(seed.x, seed.y) : mapPoint(view.map, centre.rz, centre.phi, turn());
      // In the corner of its bin when there is room: the value stays legible.
      const side = bin < 0 ? 0 : (perUnit() * (grid().phiEdges[1] - grid().phiEdges[0])) / 2;
      const corner = side > 17 && view.map === "flat" ? side - 9 : 0;
      return { index, x: sx(x) - corner, y: sy(y) - corner };
    });
    return marks.filter(({ x, y }) => isInside(x, y));
  });
  /** Labels of seeds above it go up, of those below down: two that split a particle are close. */
  const middle = createMemo(() => seeds().reduce((sum, { y }) => sum + y, 0) / Math.max(1, seeds().length));
  const particles = createMemo(() =>
    (model.event()?.particles ?? []).map(({ eta, phi }) => {
      const r = 1 / Math.sinh(Math.abs(eta));
      const [x, y] = place(r * Math.cos(phi), r * Math.sin(phi));
      return { x: sx(x), y: sy(y) };
    }),
  );
  /** Clusters that the ntuple has from CMSSW. */
  const cmssw = createMemo(() =>
    (view.cmssw ? (model.event()?.cl3d ?? []) : []).map(({ eta, phi }) => {
      const r = 1 / Math.sinh(Math.abs(eta));
      const [x, y] = place(r * Math.cos(phi), r * Math.sin(phi));
      return { x: sx(x), y: sy(y) };
    }),
  );
  /** Radii of the clusters: that of the layer, or the smallest and the largest. */
  const radii = createMemo(() => {
    const { CoeffA } = model.params().cluster;
    if (!isLayer()) return [];
    if (view.layer > 0) return CoeffA.slice(view.layer - 1, view.layer);
    return [...new Set([Math.min(...CoeffA), Math.max(...CoeffA)])];
  });
  const circled = createMemo(() => {
    const picked = props.picked;
    const all = seeds();
    if (all.length <= MOST_CIRCLES) return all;
    const picks = all.filter(({ index }) => picked?.kind === "seed" && picked.index === index);
    const [particle] = particles();
    if (picks.length > 0 || particle === undefined) return picks;
    const distance = ({ x, y }: { x: number; y: number }): number => Math.hypot(x - particle.x, y - particle.y);
    return all.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
  });

  /** Where φ jumps from π to −π in the flat map [px]. */
  const seam = createMemo(() => {
    if (isLayer() || view.map !== "flat") return null;
    const x = sx(mapPoint("flat", 0, Math.PI, turn())[0]);
    return x > 0 && x < props.size.width ? x : null;
  });

  const outlineOf = (i: number): string => {
    const { corners } = props.scene as ViewScene;
    return [0, 2, 4, 6].map((k) => `${sx(corners[8 * i + k])},${sy(corners[8 * i + k + 1])}`).join(" ");
  };
  const quadOf = (picked: Picked | null): string | null => {
    const { scene } = props;
    const chain = model.chain();
    if (picked === null || scene === null || chain === null) return null;
    const id = scene.kind === "bin" ? pickedBinOf(picked, chain) : picked.kind === "tc" ? picked.index : -1;
    const i = scene.ids.indexOf(id);
    return i < 0 ? null : outlineOf(i);
  };
  /** TCs of the picked bin, wafer or cell of the (U, V) map. */
  const inBin = createMemo(() => {
    const { scene, picked } = props;
    const [event, chain] = [model.event(), model.chain()];
    if (scene === null || scene.kind !== "tc" || picked === null || event === null || chain === null) return [];
    const isPart = partOf(picked, event, chain);
    return [...scene.ids.keys()].filter((i) => isPart(scene.ids[i]));
  });

  /** Bins that are seeds. */
  const seedBins = createMemo(() => {
    const chain = model.chain();
    if (chain === null || props.scene?.kind !== "bin" || view.step !== "seeds") return [];
    return chain.seeds.flatMap((seed, index) => {
      const bin = binOf(seed, chain);
      const inside = bin >= 0 && bin < (props.scene?.n ?? 0);
      return inside ? [{ points: outlineOf(bin), colour: css(model.colourOf(index)) }] : [];
    });
  });

  const ticks = createMemo(() => histogramTicks(view.map, props.camera, props.size));
  const labels = createMemo(() => {
    const chain = model.chain();
    if (isLayer() || chain === null) return [];
    const { nRz, nPhi, rzEdges, phiEdges } = createGrid(chain.params.base);
    const values = view.step === "filled" ? chain.filled : chain.smoothed;
    const out: { x: number; y: number; text: string; isDark: boolean }[] = [];
    const high = props.scene?.range?.high ?? 1;
    const words = axisWords(ticks(), props.size);
    for (let row = 0; row < nRz; row++) {
      const rz = (rzEdges[row] + rzEdges[row + 1]) / 2;
      const width = perUnit() * (phiEdges[1] - phiEdges[0]) * (view.map === "flat" ? 1 : rz);
      const height = perUnit() * (rzEdges[1] - rzEdges[0]) * (view.map === "flat" ? FLAT_STRETCH : 1);
      if (Math.min(width, 2 * height) < LABEL_ROOM) continue;
      for (let column = 0; column < nPhi; column++) {
        const value = values[row * nPhi + column];
        if (value === 0) continue;
        const [x, y] = mapPoint(view.map, rz, (phiEdges[column] + phiEdges[column + 1]) / 2, turn());
        const [px, py] = [sx(x), sy(y)];
        if (px < 0 || py < 0 || px > props.size.width || py > props.size.height) continue;
        const text = value >= 100 ? value.toFixed(0) : value >= 0.05 ? value.toFixed(1) : "·";
        const t = view.scale === "log" ? 1 + Math.log(value / high) / Math.log(1e3) : value / high;
        if (isClearOf(words, text, px, py)) out.push({ x: px, y: py, text, isDark: t > 0.6 });
      }
    }
    return out.length > MOST_LABELS ? [] : out;
  });

  /** The length of the scale bar [px] and what it stands for. */
  const scale = createMemo(() => {
    const z = model.outline()?.z ?? 0;
    const inCm = view.layer > 0 && z > 0;
    const unit = inCm ? perUnit() / z : perUnit();
    const length = roundLength(110 / unit);
    return { pixels: length * unit, text: inCm ? `${short(length)} cm` : `${short(length)} x/z` };
  });
  /** What the circles are. */
  const legend = (): string => {
    const [least, most] = radii().map((radius) => short(radius));
    if (circled().length === 0 || least === undefined) return "";
    if (view.layer > 0) return `cluster radius in layer ${view.layer}: ${least} x/z`;
    return most === undefined
      ? `cluster radius: ${least} x/z`
      : `cluster radius of the layers: ${least} to ${most} x/z`;
  };

  return (
    <svg class="overlay" aria-hidden="true" width={props.size.width} height={props.size.height}>
      <For each={circled()}>
        {({ index, x, y }) => (
          <For each={radii()}>
            {(radius) => (
              <circle
                class="radius"
                cx={x}
                cy={y}
                r={radius * perUnit()}
                style={{ stroke: css(model.colourOf(index)) }}
              />
            )}
          </For>
        )}
      </For>
      <For each={labels()}>
        {({ x, y, text, isDark }) => (
          <text class="bin-value" classList={{ "on-light": isDark }} x={x} y={y + 4}>
            {text}
          </text>
        )}
      </For>
      <Show when={seam()}>
        {(x) => (
          <g class="seam" transform={`translate(${x()} 0)`}>
            <path d={`M0 0V${props.size.height}`} />
            <text class="halo-text" x="6" y="16">
              φ = ±π
            </text>
          </g>
        )}
      </Show>
      <For each={seedBins()}>
        {({ points, colour }) => (
          <>
            <polygon class="seed-bin halo" points={points} />
            <polygon class="seed-bin" points={points} style={{ stroke: colour }} />
          </>
        )}
      </For>
      <For each={inBin()}>{(i) => <polygon class="in-bin" points={outlineOf(i)} />}</For>
      <Show when={quadOf(props.hover)}>{(points) => <polygon class="hovered" points={points()} />}</Show>
      <Show when={quadOf(props.picked)}>{(points) => <polygon class="picked" points={points()} />}</Show>
      <For each={particles()}>
        {({ x, y }) => (
          <g class="particle" transform={`translate(${x} ${y})`}>
            <path class="halo" d="M-11 0H11M0-11V11" />
            <path d="M-11 0H11M0-11V11" />
          </g>
        )}
      </For>
      <For each={cmssw()}>
        {({ x, y }) => (
          <g transform={`translate(${x} ${y})`}>
            <path class="cmssw-mark halo" d="M0-10 10 0 0 10-10 0Z" />
            <path class="cmssw-mark" d="M0-10 10 0 0 10-10 0Z" />
          </g>
        )}
      </For>
      <For each={seeds()}>
        {({ index, x, y }) => (
          <g
            class="seed"
            classList={{ "is-picked": props.picked?.kind === "seed" && props.picked.index === index }}
            transform={`translate(${x} ${y})`}
          >
            <path class="halo" d="M0-8 7 5H-7Z" />
            <path d="M0-8 7 5H-7Z" style={{ fill: css(model.colourOf(index)) }} />
            <Show when={isLayer() && seeds().length <= MOST_LABELLED}>
              <text class="halo-text" x="11" y={y <= middle() ? -6 : 16}>
                seed {index}
              </text>
            </Show>
          </g>
        )}
      </For>
      <Show when={legend() !== "" && props.size.width >= WIDE_ENOUGH}>
        <g class="legend" transform={`translate(${props.size.width - 12} ${props.size.height - 14})`}>
          <path class="radius" d="M0-18H-34" />
          <text class="halo-text">{legend()}</text>
        </g>
      </Show>
      <Show when={isLayer()} fallback={<HistogramAxes ticks={ticks()} size={props.size} />}>
        <g class="scale" transform={`translate(16 ${props.size.height - 18})`}>
          <path d={`M0-5V0H${scale().pixels}V-5`} />
          <text x={scale().pixels / 2} y="-6">
            {scale().text}
          </text>
        </g>
        <g class="axes" transform={`translate(20 ${props.size.height - 48})`}>
          <path d="M0-26V0H26" />
          <text x="34" y="4">
            x
          </text>
          <text x="0" y="-32">
            y
          </text>
        </g>
      </Show>
    </svg>
  );
}

/** Numbers along the lower and the left side. */
function HistogramAxes(props: { ticks: AxisTicks; size: Size }) {
  return (
    <g class="ticks">
      <For each={ticksOfX(props.ticks.x, props.size.width)}>
        {({ at }) => <path d={`M${at} ${props.size.height}V${props.size.height - 6}`} />}
      </For>
      <For each={ticksOfY(props.ticks.y, props.size.height)}>{({ at }) => <path d={`M0 ${at}H6`} />}</For>
      <For each={axisWords(props.ticks, props.size)}>
        {({ text, x, y, anchor }) => (
          <text class="halo-text" x={x} y={y} text-anchor={anchor}>
            {text}
          </text>
        )}
      </For>
    </g>
  );
}
