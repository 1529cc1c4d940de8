/** What stands above the wafers: outlines of coarse seeds, energies, seeds, the particle, and the ranges of eta. */
import { createMemo, For, Show } from "solid-js";
import { css } from "../../ui/colours.js";
import { type Model } from "../../model/model.js";
import { type CoarseData, type CoarseState } from "./coarse-state.js";
import { etaRange, isAbove, sumText } from "./facts.js";
import { minus } from "../../ui/numbers.js";
import { RETICLE } from "./HexCanvas.js";
import { type Plane } from "../../ui/hexagons.js";

/** Wafers narrower than this have no room for their energy, and for the number of their coarse seed [px]. */
const VALUE_ROOM = 30;
const NUMBER_ROOM = 46;

type Point = readonly [x: number, y: number];

/** The middle of a wafer. */
export function waferCentre(corners: Float32Array, row: number): Point {
  const at = 12 * row;
  return [(corners[at] + corners[at + 6]) / 2, (corners[at + 1] + corners[at + 7]) / 2];
}

/** `brightness`: 0 to 1 on the colour scale. */
export function WaferMarks(props: {
  model: Model;
  data: CoarseData;
  state: CoarseState;
  plane: Plane;
  particle: Point | null;
  brightness: (mipPt: number) => number;
}) {
  const { model, state } = props;
  /** Wafers that the cylinder takes: their u and their v occur among the coarse seeds. */
  const cylinder = createMemo(() => {
    const { chain, coarse } = props.data;
    if (!chain.params.cluster.CSCylinder) return new Set<number>();
    const { n, wu, wv } = coarse.wafers;
    const us = new Set(coarse.coarse.map(({ wafer }) => wu[wafer]));
    const vs = new Set(coarse.coarse.map(({ wafer }) => wv[wafer]));
    return new Set(Array.from({ length: n }, (_, row) => row).filter((row) => us.has(wu[row]) && vs.has(wv[row])));
  });

  /** Wafers with something to say, those with a thick outline last. */
  const marks = createMemo(() => {
    const { plane, particle } = props;
    const { chain, coarse } = props.data;
    const { n, nTc, csId, mipPt, corners } = coarse.wafers;
    const points: Point[] = chain.seeds.map(({ x, y }): Point => [x, y]);
    if (particle !== null) points.push(particle);
    const rows = Array.from({ length: n }, (_, row) => row).filter(
      (row) => nTc[row] > 0 || csId[row] >= 0 || cylinder().has(row),
    );
    const all = rows.map((row) => {
      const [mx, my] = waferCentre(corners, row);
      const corner = 12 * row;
      const width = plane.unit * Math.abs(corners[corner + 2] - corners[corner + 10]);
      const isNumbered = csId[row] >= 0 && width > NUMBER_ROOM;
      const reach = Math.hypot(corners[corner] - mx, corners[corner + 1] - my);
      const top = textTop(points.filter(([x, y]) => Math.hypot(x - mx, y - my) < reach).map(([, y]) => y - my));
      const [x, y] = [plane.x(mx), plane.y(my)];
      return {
        row,
        csId: csId[row],
        isAbove: isAbove(coarse, chain, row),
        outline: [0, 2, 4, 6, 8, 10]
          .map((k) => `${plane.x(corners[corner + k])},${plane.y(corners[corner + k + 1])}`)
          .join(" "),
        x,
        y,
        width,
        text: nTc[row] > 0 && width > VALUE_ROOM ? sumText(mipPt[row]) : "",
        numberY: isNumbered ? y + width * top : null,
        textY: y + width * (top + (isNumbered ? 0.28 : 0.14)),
        isLight: props.brightness(mipPt[row]) > 0.6,
      };
    });
    return all
      .filter(({ x, y, width }) => plane.isInside(x, y, width))
      .toSorted((a, b) => Number(a.csId >= 0) - Number(b.csId >= 0));
  });

  return (
    <>
      <For each={marks()}>
        {(mark) => (
          <>
            <Show when={cylinder().has(mark.row)}>
              <polygon class="in-cylinder" points={mark.outline} />
            </Show>
            <Show when={mark.isAbove}>
              <polygon class="above halo" points={mark.outline} />
            </Show>
            <Show when={mark.isAbove || mark.csId >= 0}>
              <polygon
                class={mark.isAbove ? "above" : "nearby"}
                classList={{ "is-region": mark.csId >= 0 && mark.csId === state.region() }}
                points={mark.outline}
              />
            </Show>
            <Show when={state.pickedWafer() === mark.row}>
              <polygon class="picked" points={mark.outline} />
            </Show>
          </>
        )}
      </For>
      <Show when={props.particle}>
        {(at) => (
          <g class="particle" transform={`translate(${props.plane.x(at()[0])} ${props.plane.y(at()[1])})`}>
            <path class="halo" d={RETICLE} />
            <path d={RETICLE} />
          </g>
        )}
      </Show>
      <For each={props.data.chain.seeds}>
        {(seed, index) => (
          <g
            class="seed"
            classList={{ "is-picked": state.picked()?.kind === "seed" && state.picked()?.index === index() }}
            transform={`translate(${props.plane.x(seed.x)} ${props.plane.y(seed.y)})`}
          >
            <path class="halo" d="M0-6 5 4H-5Z" />
            <path d="M0-6 5 4H-5Z" style={{ fill: css(model.colourOf(index())) }} />
          </g>
        )}
      </For>
      <For each={marks()}>
        {(mark) => (
          <>
            <Show when={mark.numberY}>
              {(y) => (
                <text class="hex-value cs-number" classList={{ "on-light": mark.isLight }} x={mark.x} y={y()}>
                  CS {mark.csId}
                </text>
              )}
            </Show>
            <Show when={mark.text !== ""}>
              <text class="hex-value" classList={{ "on-light": mark.isLight }} x={mark.x} y={mark.textY}>
                {mark.text}
              </text>
            </Show>
          </>
        )}
      </For>
      <Rings data={props.data} plane={props.plane} keep={marks()} />
    </>
  );
}

/** Where the text of a wafer begins, in its widths below the middle: in the half without marks. `above`: of the marks. */
function textTop(above: readonly number[]): number {
  if (above.length === 0) return -0.06;
  return above.every((y) => y > 0) ? 0.12 : -0.26;
}

/** Width of the label of a range, its height, and how far labels stay from wafers with something to say [px]. */
const LABEL = { width: 122, height: 18, distance: 34 };

/** Where eta ranges begin and end, and the threshold between. */
function Rings(props: { data: CoarseData; plane: Plane; keep: readonly { x: number; y: number; csId: number }[] }) {
  const limits = (): readonly number[] => props.data.chain.params.cs.eta_list;
  const radius = (eta: number): number => 1 / Math.sinh(eta);
  const labels = createMemo(() => {
    const { threshold } = props.data.chain.params.cs;
    const { size, x, y } = props.plane;
    const taken: (readonly [number, number])[] = [];
    return threshold.flatMap((least, range) => {
      const middle = (radius(limits()[range]) + radius(limits()[range + 1])) / 2;
      // On the middle of the range: away from marks, else as near to the upper left corner as there is room.
      let best = Infinity;
      let place: readonly [number, number] = [0, 0];
      for (let k = 0; k < 360; k++) {
        const angle = (k * Math.PI) / 180;
        const [px, py] = [x(middle * Math.cos(angle)), y(middle * Math.sin(angle))];
        const isInside = px > LABEL.width / 2 && px < size.width - LABEL.width / 2 && py > 12 && py < size.height - 12;
        const covers = (dx: number, dy: number): boolean =>
          Math.abs(px - dx) < LABEL.width && Math.abs(py - dy) < LABEL.height + 2;
        if (!isInside || taken.some(([tx, ty]) => covers(tx, ty))) continue;
        const cost = props.keep.reduce((sum, mark) => {
          const isNear =
            Math.abs(mark.x - px) < LABEL.width / 2 + LABEL.distance &&
            Math.abs(mark.y - py) < LABEL.height / 2 + LABEL.distance;
          // Most of all from coarse seeds, then from other wafers with energy.
          return isNear ? sum + (mark.csId >= 0 ? 1e6 : 1e3) : sum;
        }, px + py);
        if (cost < best) [best, place] = [cost, [px, py]];
      }
      if (best === Infinity) return [];
      taken.push(place);
      const text = `|η| ${etaRange(props.data.chain, range)}: ≥ ${minus(String(least))}`;
      return [{ x: place[0], y: place[1], text }];
    });
  });
  return (
    <>
      <For each={limits()}>
        {(eta) => (
          <circle class="eta-ring" cx={props.plane.x(0)} cy={props.plane.y(0)} r={radius(eta) * props.plane.unit} />
        )}
      </For>
      <For each={labels()}>
        {(label) => (
          <g class="eta-label" transform={`translate(${label.x} ${label.y})`}>
            <rect x={-LABEL.width / 2} y={-LABEL.height / 2} width={LABEL.width} height={LABEL.height} rx="3" />
            <text y="4">{label.text}</text>
          </g>
        )}
      </For>
    </>
  );
}
