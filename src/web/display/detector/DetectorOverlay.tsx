/** Above the cells, as SVG: particle, axes of clusters, what is pointed at and picked, directions and scale. */
import { createMemo, For, Show } from "solid-js";
import { css, type Rgb } from "../../ui/colours.js";
import { roundLength, short } from "../../ui/numbers.js";
import { type Picked } from "../../model/picked.js";
import { type ClusterAxis, type ParticleAxis, times } from "./axes.js";
import { type Camera3d, projectLine, type Vector } from "./camera.js";
import { edgesOf, halfThickness, type Prisms } from "./prisms.js";

/** Labels that are side by side are this far apart [px]. */
const ROW = 15;
const LABEL_WIDTH = 70;
/** Axes end behind the last layer, and the particle has its name before the first one. */
const BEYOND = 1.04;
const BEFORE = 0.92;

interface Label {
  x: number;
  y: number;
  readonly text: string;
  readonly anchor: "start" | "end";
}

const pathOf = (line: readonly number[]): string => `M${line[0]} ${line[1]}L${line[2]} ${line[3]}`;

export function DetectorOverlay(props: {
  camera: Camera3d;
  /** Of the first and the last layer [cm], both positive. */
  depths: readonly [number, number];
  prisms: Prisms | null;
  hover: Picked | null;
  picked: Picked | null;
  particles: readonly ParticleAxis[];
  clusters: readonly ClusterAxis[];
  colourOf(seed: number): Rgb;
}) {
  const size = () => props.camera.size;

  const lineAlong = (direction: Vector, from: number, to: number): readonly number[] | null =>
    projectLine(props.camera, times(direction, from), times(direction, to));
  const axes = createMemo(() =>
    props.clusters.flatMap(({ seed, depth, direction, isNamed }) => {
      const line = lineAlong(direction, props.depths[0], props.depths[1] * BEYOND);
      const dot = lineAlong(direction, depth, depth);
      return line === null ? [] : [{ seed, line, dot, isNamed }];
    }),
  );
  const particles = createMemo(() =>
    props.particles.flatMap(({ name, direction }) => {
      const line = lineAlong(direction, 0, props.depths[1] * BEYOND);
      const start = lineAlong(direction, props.depths[0] * BEFORE, props.depths[0]);
      return line === null ? [] : [{ name, line, start }];
    }),
  );
  const labels = createMemo(() => {
    const label = (text: string, [x, y, next]: readonly number[]): Label =>
      next >= x ? { text, x: x - 6, y: y + 4, anchor: "end" } : { text, x: x + 6, y: y + 4, anchor: "start" };
    const out = [
      ...particles().flatMap(({ name, start }) => (start === null ? [] : [label(name, start)])),
      ...axes().flatMap(({ seed, line, isNamed }) => (isNamed ? [label(`cluster ${seed}`, line)] : [])),
    ].toSorted((a, b) => a.y - b.y);
    for (const [i, own] of out.entries()) {
      const isInside = own.x > 0 && own.x < size().width;
      if (isInside && own.anchor === "start") own.x = Math.min(own.x, size().width - LABEL_WIDTH);
      if (isInside && own.anchor === "end") own.x = Math.max(own.x, LABEL_WIDTH);
      for (const above of out.slice(0, i)) {
        if (Math.abs(above.x - own.x) < LABEL_WIDTH) own.y = Math.max(own.y, above.y + ROW);
      }
    }
    return out;
  });

  const edges = (picked: Picked | null): string => {
    const { prisms, camera } = props;
    if (prisms === null || picked?.kind !== "tc" || picked.index >= prisms.n) return "";
    return edgesOf(prisms, halfThickness(camera.unit), picked.index)
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
            <path d={pathOf(line)} style={{ stroke: css(props.colourOf(seed)) }} />
            <Show when={dot}>
              {(at) => (
                <circle cx={at()[0]} cy={at()[1]} r={isNamed ? 4 : 2.5} style={{ fill: css(props.colourOf(seed)) }} />
              )}
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
