/** Wafers by their module energy, with the thresholds of the eta ranges. */
import { createEffect, createMemo, For, Show } from "solid-js";
import { waferId } from "../../data/coarse-ids.js";
import { createScale, css, type Range, viridis } from "../colours.js";
import { type Model } from "../model.js";
import { type Size } from "../Picture.js";
import { rangeOf } from "../scene.js";
import { type Camera, formatCamera, parseCamera } from "../view-state.js";
import { type CoarseData, type CoarseState } from "./coarse-state.js";
import { etaRange, isAbove, minus, sumText } from "./facts.js";
import { HexCanvas, type Hexagons, type Plane } from "./HexCanvas.js";

/** Wafers narrower than this have no room for their energy, and for the number of their coarse seed [px]. */
const VALUE_ROOM = 30;
const NUMBER_ROOM = 38;

export function WaferPart(props: {
  model: Model;
  data: CoarseData;
  state: CoarseState;
  dark: boolean;
  label: string;
  onRange: (range: Range) => void;
}) {
  const { model, state } = props;
  const { view, setView } = model;
  const wafers = () => props.data.coarse.wafers;
  const centre = (row: number): readonly [number, number] => {
    const { corners } = wafers();
    return [(corners[12 * row] + corners[12 * row + 6]) / 2, (corners[12 * row + 1] + corners[12 * row + 7]) / 2];
  };
  const particle = createMemo(() => {
    const it = props.data.event.particles.at(0);
    if (it === undefined) return null;
    const r = 1 / Math.sinh(Math.abs(it.eta));
    return [r * Math.cos(it.phi), r * Math.sin(it.phi)] as const;
  });
  const range = createMemo(() => rangeOf(wafers().mipPt, view.scale));
  createEffect(() => props.onRange({ ...range(), label: "module energy [mip_T]" }));
  const hexagons = createMemo<Hexagons>(() => {
    const { n, corners, mipPt, nTc } = wafers();
    const scale = createScale(view.scale, range().low, range().high);
    const fills = Array.from({ length: n }, (_, row) => (nTc[row] > 0 ? css(viridis(scale(mipPt[row]))) : ""));
    return { n, corners, fills, filled: fills.filter((fill) => fill !== "").length };
  });
  /** Around the particle, or the region when that is elsewhere. */
  const fitted = ({ width, height }: Size): Camera => {
    const half = 0.15 * Math.max(1, width / height);
    const region = state.region() < 0 ? null : centre(props.data.coarse.coarse[state.region()].wafer);
    const at = particle() ?? region ?? [0, 0];
    const far = region !== null && Math.max(Math.abs(region[0] - at[0]), Math.abs(region[1] - at[1])) > 0.8 * half;
    const [x, y] = far ? region : at;
    return { x, y, half };
  };
  /** Wafers that the cylinder takes: their u and their v occur among the coarse seeds. */
  const cylinder = createMemo(() => {
    const { chain, coarse } = props.data;
    if (!chain.params.cluster.CSCylinder) return new Set<number>();
    const { n, wu, wv } = coarse.wafers;
    const us = new Set(coarse.coarse.map(({ wafer }) => wu[wafer]));
    const vs = new Set(coarse.coarse.map(({ wafer }) => wv[wafer]));
    return new Set(Array.from({ length: n }, (_, row) => row).filter((row) => us.has(wu[row]) && vs.has(wv[row])));
  });

  return (
    <HexCanvas
      model={model}
      dark={props.dark}
      label={props.label}
      hexagons={hexagons()}
      camera={(size) => parseCamera(view.camera) ?? fitted(size)}
      onCamera={(camera) => setView({ camera: camera === null ? "" : formatCamera(camera) })}
      pickOf={(row) => ({ kind: "wafer", index: waferId(wafers().wu[row], wafers().wv[row]) })}
      onPick={(picked) => model.setPick(picked)}
    >
      {(plane) => (
        <>
          <For each={visible(plane)}>
            {(row) => {
              const { chain, coarse } = props.data;
              const csId = coarse.wafers.csId[row];
              const above = isAbove(coarse, chain, row);
              const points = outline(plane, row);
              return (
                <>
                  <Show when={cylinder().has(row)}>
                    <polygon class="in-cylinder" points={points} />
                  </Show>
                  <Show when={above}>
                    <polygon class="above halo" points={points} />
                  </Show>
                  <Show when={above || csId >= 0}>
                    <polygon
                      class={above ? "above" : "nearby"}
                      classList={{ "is-region": csId >= 0 && csId === state.region() }}
                      points={points}
                    />
                  </Show>
                  <Show when={state.pickedWafer() === row}>
                    <polygon class="picked" points={points} />
                  </Show>
                </>
              );
            }}
          </For>
          <Show when={particle()}>
            {(at) => (
              <g class="particle" transform={`translate(${plane.x(at()[0])} ${plane.y(at()[1])})`}>
                <path class="halo" d="M-9 0H9M0-9V9" />
                <path d="M-9 0H9M0-9V9" />
              </g>
            )}
          </Show>
          <For each={props.data.chain.seeds}>
            {(seed, index) => (
              <g
                class="seed"
                classList={{ "is-picked": state.picked()?.kind === "seed" && state.picked()?.index === index() }}
                transform={`translate(${plane.x(seed.x)} ${plane.y(seed.y)})`}
              >
                <path class="halo" d="M0-6 5 4H-5Z" />
                <path d="M0-6 5 4H-5Z" style={{ fill: css(model.colourOf(index())) }} />
              </g>
            )}
          </For>
          <For each={visible(plane).filter((row) => across(plane, row) > VALUE_ROOM)}>
            {(row) => {
              const csId = wafers().csId[row];
              const width = across(plane, row);
              const [x, y] = [plane.x(centre(row)[0]), plane.y(centre(row)[1])];
              const numbered = csId >= 0 && width > NUMBER_ROOM;
              // In the half without seeds.
              const top = y + width * (isLowerHalfFree(row) ? 0.12 : -0.3);
              return (
                <>
                  <Show when={numbered}>
                    <text class="hex-value cs-number" classList={{ "on-light": isLight(row) }} x={x} y={top}>
                      CS {csId}
                    </text>
                  </Show>
                  <Show when={wafers().nTc[row] > 0}>
                    <text
                      class="hex-value"
                      classList={{ "on-light": isLight(row) }}
                      x={x}
                      y={top + width * (numbered ? 0.28 : 0.16)}
                    >
                      {sumText(wafers().mipPt[row])}
                    </text>
                  </Show>
                </>
              );
            }}
          </For>
          <Rings data={props.data} plane={plane} keep={marked(plane)} />
        </>
      )}
    </HexCanvas>
  );

  function outline(plane: Plane, row: number): string {
    const { corners } = wafers();
    return [0, 2, 4, 6, 8, 10]
      .map((k) => `${plane.x(corners[12 * row + k])},${plane.y(corners[12 * row + k + 1])}`)
      .join(" ");
  }
  /** Flat-to-flat width [px]. */
  function across(plane: Plane, row: number): number {
    const { corners } = wafers();
    return plane.unit * Math.abs(corners[12 * row + 2] - corners[12 * row + 10]);
  }
  /** Rows with something to say, those with a thick outline last. */
  function visible(plane: Plane): number[] {
    const { n, nTc, csId } = wafers();
    return Array.from({ length: n }, (_, row) => row)
      .filter((row) => nTc[row] > 0 || csId[row] >= 0 || cylinder().has(row))
      .filter((row) => plane.isInside(plane.x(centre(row)[0]), plane.y(centre(row)[1]), across(plane, row)))
      .toSorted((a, b) => Number(csId[a] >= 0) - Number(csId[b] >= 0));
  }
  /** Places that labels keep away from [px]: most of all coarse seeds, then other wafers with energy. */
  function marked(plane: Plane): Mark[] {
    return visible(plane).map((row) => {
      const [x, y] = centre(row);
      return { x: plane.x(x), y: plane.y(y), weight: wafers().csId[row] >= 0 ? 1e6 : 1e3 };
    });
  }
  function isLowerHalfFree(row: number): boolean {
    const [x, y] = centre(row);
    const { corners } = wafers();
    const reach = Math.hypot(corners[12 * row] - x, corners[12 * row + 1] - y);
    const marks = [...props.data.chain.seeds.map((seed) => [seed.x, seed.y]), particle() ?? [Infinity, 0]];
    const inside = marks.filter(([mx, my]) => Math.hypot(mx - x, my - y) < reach);
    return inside.length > 0 && inside.every(([, my]) => my > y);
  }
  function isLight(row: number): boolean {
    return createScale(view.scale, range().low, range().high)(wafers().mipPt[row]) > 0.6;
  }
}

/** Width of the label of a range, its height, and how far labels stay from marks [px]. */
const LABEL = { width: 122, height: 18, distance: 34 };

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** Where eta ranges begin and end, and the threshold between. */
function Rings(props: { data: CoarseData; plane: Plane; keep: readonly Mark[] }) {
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
          return isNear ? sum + mark.weight : sum;
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
