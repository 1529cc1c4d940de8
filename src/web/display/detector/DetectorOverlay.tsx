/** Above the cells, as SVG: particle, axes of clusters, what is pointed at and picked, directions and scale. */
import { createMemo, For, Show } from "solid-js";
import { clusterColour, css } from "../colours.js";
import { type Model } from "../model.js";
import { particleName, roundLength, short } from "../numbers.js";
import { type Picked } from "../pick.js";
import { type Camera3d, projectLine, type Vector } from "./camera.js";
import { edgesOf, type Prisms } from "./prisms.js";

/** With more clusters only some have names: what is picked, or else those next to the particle. */
const MOST_NAMED = 4;
/** Labels that are side by side are this far apart [px]. */
const ROW = 15;
const LABEL_WIDTH = 70;
/** Axes end behind the last layer, and the particle has its name before the first one. */
const BEYOND = 1.04;
const BEFORE = 0.92;

interface Label {
  readonly x: number;
  y: number;
  readonly text: string;
  readonly anchor: "start" | "end";
}

/** Direction of a cluster at depth z = ±1. */
export function directionOf(cluster: { x: number; y: number; z: number }, zside: number): Vector {
  const depth = Math.abs(cluster.z);
  return [cluster.x / depth, cluster.y / depth, zside];
}

const times = ([x, y, z]: Vector, s: number): Vector => [x * s, y * s, z * s];

const pathOf = (line: readonly number[]): string => `M${line[0]} ${line[1]}L${line[2]} ${line[3]}`;

export function DetectorOverlay(props: {
  model: Model;
  camera: Camera3d;
  /** Of the first and the last layer [cm], both positive. */
  depths: readonly [number, number];
  prisms: Prisms | null;
  hover: Picked | null;
  picked: Picked | null;
  pickedSeed: number;
}) {
  const { model } = props;
  const zside = (): number => model.event()?.zside ?? 1;
  const size = () => props.camera.size;

  const directions = createMemo((): readonly { text: string; direction: Vector }[] =>
    (model.event()?.particles ?? []).map(({ pid, eta, phi }) => {
      const r = 1 / Math.sinh(Math.abs(eta));
      return { text: particleName(pid), direction: [r * Math.cos(phi), r * Math.sin(phi), zside()] };
    }),
  );
  /** Clusters, those with a name first. */
  const clusters = createMemo(() => {
    const particle = directions().at(0)?.direction ?? [0, 0, 0];
    const all = (model.chain()?.clusters ?? []).map((cluster) => {
      const direction = directionOf(cluster, zside());
      const distance = Math.hypot(direction[0] - particle[0], direction[1] - particle[1]);
      return { seed: cluster.seed, depth: Math.abs(cluster.z), direction, distance };
    });
    const nearest = all.toSorted((a, b) => a.distance - b.distance);
    return nearest.map((cluster, rank) => ({
      ...cluster,
      isNamed: props.pickedSeed < 0 ? rank < MOST_NAMED : props.pickedSeed === cluster.seed,
    }));
  });
  const lineAlong = (direction: Vector, from: number, to: number): readonly number[] | null =>
    projectLine(props.camera, times(direction, from), times(direction, to));
  const axes = createMemo(() =>
    clusters().flatMap(({ seed, depth, direction, isNamed }) => {
      const line = lineAlong(direction, props.depths[0], props.depths[1] * BEYOND);
      const dot = lineAlong(direction, depth, depth);
      return line === null ? [] : [{ seed, line, dot, isNamed }];
    }),
  );
  const particles = createMemo(() =>
    directions().flatMap(({ text, direction }) => {
      const line = lineAlong(direction, 0, props.depths[1] * BEYOND);
      const start = lineAlong(direction, props.depths[0] * BEFORE, props.depths[0]);
      return line === null ? [] : [{ text, line, start }];
    }),
  );
  const labels = createMemo(() => {
    const label = (text: string, [x, y, next]: readonly number[]): Label =>
      next >= x ? { text, x: x - 6, y: y + 4, anchor: "end" } : { text, x: x + 6, y: y + 4, anchor: "start" };
    const out = [
      ...particles().flatMap(({ text, start }) => (start === null ? [] : [label(text, start)])),
      ...axes().flatMap(({ seed, line, isNamed }) => (isNamed ? [label(`cluster ${seed}`, line)] : [])),
    ].toSorted((a, b) => a.y - b.y);
    for (const [i, own] of out.entries()) {
      for (const above of out.slice(0, i)) {
        if (Math.abs(above.x - own.x) < LABEL_WIDTH) own.y = Math.max(own.y, above.y + ROW);
      }
    }
    return out;
  });

  const edges = (picked: Picked | null): string => {
    const { prisms, camera } = props;
    if (prisms === null || picked?.kind !== "tc" || picked.index >= prisms.n) return "";
    return edgesOf(prisms, picked.index)
      .map(([from, to]) => projectLine(camera, from, to))
      .map((line) => (line === null ? "" : pathOf(line)))
      .join("");
  };

  const triad = (): readonly { name: string; x: number; y: number }[] => {
    const { right, up } = props.camera;
    return (["x", "y", "z"] as const).map((name, k) => ({ name, x: 28 * right[k], y: -28 * up[k] }));
  };
  const scale = (): { pixels: number; text: string } => {
    const length = roundLength(110 * props.camera.unit);
    const where = props.camera.projection === "perspective" ? " at the centre" : "";
    return { pixels: length / props.camera.unit, text: `${short(length)} cm${where}` };
  };

  return (
    <svg class="overlay overlay3d" aria-hidden="true" width={size().width} height={size().height}>
      <For each={axes()}>
        {({ seed, line, dot, isNamed }) => (
          <g class="axis" classList={{ faint: !isNamed }}>
            <Show when={isNamed}>
              <path class="halo" d={pathOf(line)} />
            </Show>
            <path d={pathOf(line)} style={{ stroke: css(clusterColour(seed)) }} />
            <Show when={dot}>
              {(at) => <circle cx={at()[0]} cy={at()[1]} r="4" style={{ fill: css(clusterColour(seed)) }} />}
            </Show>
          </g>
        )}
      </For>
      <For each={particles()}>{({ line }) => <path class="direction" d={pathOf(line)} />}</For>
      <For each={labels()}>
        {({ x, y, text, anchor }) => (
          <text class="halo-text" x={x} y={y} text-anchor={anchor}>
            {text}
          </text>
        )}
      </For>
      <path class="hovered" d={edges(props.hover)} />
      <path class="picked" d={edges(props.picked)} />
      <g class="scale" transform={`translate(16 ${size().height - 18})`}>
        <path d={`M0-5V0H${scale().pixels}V-5`} />
        <text class="at-start" y="-8">
          {scale().text}
        </text>
      </g>
      <g class="triad" transform={`translate(52 ${size().height - 84})`}>
        <For each={triad()}>
          {({ name, x, y }) => (
            <>
              <path d={`M0 0L${x} ${y}`} />
              <text class="halo-text" x={x * 1.35} y={y * 1.35 + 4} opacity={Math.hypot(x, y) < 6 ? 0 : 1}>
                {name}
              </text>
            </>
          )}
        </For>
      </g>
    </svg>
  );
}
