/** The (U, V) map around the wafer of one coarse seed. */
import { createEffect, createMemo, For, Show } from "solid-js";
import { hexDistance } from "../../../chain/index.js";
import { hexId } from "../../data/coarse-ids.js";
import { createScale, css, type Range, viridis } from "../../ui/colours.js";
import { type Model } from "../../model/model.js";
import { pickedSeedOf } from "../pick.js";
import { type Size } from "../../ui/size.js";
import { rangeOf } from "../plane/scene.js";
import { type Camera, formatCamera, parseCamera } from "../../ui/plane-camera.js";
import { type CoarseData, type CoarseState } from "./coarse-state.js";
import { sumText } from "./facts.js";
import { HexCanvas, RETICLE } from "./HexCanvas.js";
import { type Hexagons, type Plane } from "../../ui/hexagons.js";
import { hexCentre, hexCorners, onMap, WAFER_PITCH, waferBorder, waferMiddle } from "./hex-plane.js";

/** Distance of cells with room for their energy [px], and how many may have it. */
const VALUE_ROOM = 22;
/** Cells of seeds with room for both its number and its energy. */
const BOTH_ROOM = 30;
const MOST_VALUES = 900;
/** Cells of the neighbouring wafers, which belong to other regions. */
const DIMMED = 0.45;

export function RegionPart(props: {
  model: Model;
  data: CoarseData;
  state: CoarseState;
  dark: boolean;
  label: string;
  hoveredSeed: number;
  onRange: (range: Range) => void;
}) {
  const { model, state } = props;
  const { view, setView } = model;
  const zside = (): number => props.data.event.zside;
  const cells = () => props.data.coarse.cells;
  const isOwn = (row: number): boolean => props.data.coarse.everywhere || cells().csId[row] === state.region();
  const shown = createMemo(() =>
    Array.from({ length: cells().n }, (_, row) => row)
      .filter((row) => cells().onMap[row] === 1)
      .toSorted((a, b) => Number(isOwn(a)) - Number(isOwn(b))),
  );
  const range = createMemo(() => rangeOf(cells().mipPt, view.scale));
  const colourOf = createMemo(() => createScale(view.scale, range().low, range().high));
  const labelled = (): Range => ({ ...range(), label: "mip_T" });
  createEffect(() => props.onRange(labelled()));

  const wafers = createMemo(() => {
    const { wafers, coarse, slots } = props.data.coarse;
    return coarse.map(({ wafer }) => waferBorder(slots, wafers.wu[wafer], wafers.wv[wafer], zside()));
  });
  const hexagons = createMemo<Hexagons>(() => {
    const { wafers, coarse, slots, everywhere } = props.data.coarse;
    const { u, v, mipPt } = cells();
    const places: (readonly [number, number])[] = [];
    const fills: string[] = [];
    // Empty cells of the wafers lie below.
    for (const { wafer } of everywhere ? [] : coarse) {
      const [wu, wv] = [wafers.wu[wafer], wafers.wv[wafer]];
      for (const [cu, cv] of slots) places.push([cu - 4 * wu + 8 * wv, cv - 8 * wu + 4 * wv]);
    }
    const empty = places.length;
    fills.push(...places.map(() => ""));
    for (const row of shown()) {
      const [r, g, b] = viridis(colourOf()(mipPt[row]));
      places.push([u[row], v[row]]);
      fills.push(isOwn(row) ? css([r, g, b]) : `rgb(${r} ${g} ${b} / ${DIMMED})`);
    }
    const corners = new Float32Array(12 * places.length);
    for (const [i, [pu, pv]] of places.entries()) hexCorners(corners, 12 * i, pu, pv, zside());
    return { n: places.length, corners, fills, filled: places.length - empty, range: labelled() };
  });

  /** The middle of the region, and the seeding grid around it: the box of its cells and a window more. */
  const frame = createMemo(() => {
    const {
      coarse,
      wafers: { wu, wv },
    } = props.data.coarse;
    const own = shown().filter(isOwn);
    const wafer = coarse[state.region()]?.wafer;
    const reach = props.data.chain.params.seed.window;
    const limits = (column: Int32Array): readonly [number, number] => {
      const values = own.map((row) => column[row]);
      return [
        values.reduce((a, b) => Math.min(a, b), Infinity) - reach,
        values.reduce((a, b) => Math.max(a, b), -Infinity) + reach,
      ];
    };
    const [[u0, u1], [v0, v1]] = [limits(cells().u), limits(cells().v)];
    const box = [
      [u0 - 0.5, v0 - 0.5],
      [u1 + 0.5, v0 - 0.5],
      [u1 + 0.5, v1 + 0.5],
      [u0 - 0.5, v1 + 0.5],
    ].map(([u, v]) => hexCentre(u, v, zside()));
    if (own.length === 0) return { middle: [0, 0] as const, box: [] };
    const best = own.reduce((a, b) => (cells().mipPt[b] > cells().mipPt[a] ? b : a));
    const middle =
      wafer === undefined
        ? hexCentre(cells().u[best], cells().v[best], zside())
        : waferMiddle(wu[wafer], wv[wafer], zside());
    return { middle, box };
  });
  const fitted = ({ width, height }: Size): Camera => {
    // The wafer and its window.
    const reach = 0.68 * WAFER_PITCH + props.data.chain.params.seed.window;
    return { x: 0, y: 0, half: reach * Math.max(1, width / height) };
  };
  const camera = (size: Size): Camera => {
    const { x, y, half } = parseCamera(view.hexes) ?? fitted(size);
    return { x: x + frame().middle[0], y: y + frame().middle[1], half };
  };
  const moveTo = (next: Camera | null): void => {
    const [mx, my] = frame().middle;
    setView({ hexes: next === null ? "" : formatCamera({ ...next, x: next.x - mx, y: next.y - my }) });
  };

  const pickedSeed = createMemo(() => {
    if (props.hoveredSeed >= 0) return props.hoveredSeed;
    const pick = state.picked();
    return pick === null ? -1 : pickedSeedOf(pick, props.data.chain);
  });
  const seedCells = createMemo(() => shown().filter((row) => cells().seed[row] >= 0));
  /** Cells that the picked one is compared with. */
  const window = createMemo(() => {
    const row = state.pickedCell();
    if (row < 0) return [];
    const { seed, seed_cs } = props.data.chain.params;
    const out: (readonly [number, number])[] = [];
    for (let du = -seed.window; du <= seed.window; du++) {
      for (let dv = -seed.window; dv <= seed.window; dv++) {
        if (!seed_cs.hexDist || hexDistance(du, dv) <= seed.window)
          out.push([cells().u[row] + du, cells().v[row] + dv]);
      }
    }
    return out;
  });
  const particle = createMemo(() => {
    const it = props.data.event.particles.at(0);
    const {
      coarse,
      wafers: { corners, wu, wv },
    } = props.data.coarse;
    const wafer = coarse[state.region()]?.wafer;
    if (it === undefined || wafer === undefined) return null;
    const r = 1 / Math.sinh(Math.abs(it.eta));
    const shape = corners.subarray(12 * wafer, 12 * wafer + 12);
    return onMap(shape, { wu: wu[wafer], wv: wv[wafer], zside: zside() }, r * Math.cos(it.phi), r * Math.sin(it.phi));
  });

  const outline = (plane: Plane, u: number, v: number): string => {
    const corners = new Float32Array(12);
    hexCorners(corners, 0, u, v, zside());
    return [0, 2, 4, 6, 8, 10].map((k) => `${plane.x(corners[k])},${plane.y(corners[k + 1])}`).join(" ");
  };
  const border = (plane: Plane, lines: readonly (readonly number[])[]): string =>
    lines.map(([ax, ay, bx, by]) => `M${plane.x(ax)} ${plane.y(ay)}L${plane.x(bx)} ${plane.y(by)}`).join("");
  /** A cell with its place on the screen. */
  const placed = (plane: Plane, row: number) => {
    const { u, v, mipPt, seed } = cells();
    const [x, y] = hexCentre(u[row], v[row], zside());
    return {
      x: plane.x(x),
      y: plane.y(y),
      text: sumText(mipPt[row]),
      seed: seed[row],
      isLight: isOwn(row) && colourOf()(mipPt[row]) > 0.6,
      outline: outline(plane, u[row], v[row]),
    };
  };
  const values = (plane: Plane) => {
    if (plane.unit < VALUE_ROOM) return [];
    const inside = shown()
      .filter((row) => isOwn(row) && (cells().seed[row] < 0 || plane.unit >= BOTH_ROOM))
      .map((row) => placed(plane, row))
      .filter(({ x, y }) => plane.isInside(x, y, 0));
    return inside.length > MOST_VALUES ? [] : inside;
  };

  return (
    <HexCanvas
      model={model}
      dark={props.dark}
      label={props.label}
      hexagons={hexagons()}
      camera={camera}
      onCamera={moveTo}
      pickOf={(i) => {
        const row = shown()[i - (hexagons().n - hexagons().filled)];
        return row === undefined ? null : { kind: "hex", index: hexId(cells().u[row], cells().v[row]) };
      }}
      onPick={(picked) => {
        const seed = picked === null ? -1 : pickedSeedOf(picked, props.data.chain);
        model.setPick(seed >= 0 ? { kind: "seed", index: seed } : picked);
      }}
    >
      {(plane) => (
        <>
          <Show when={!props.data.coarse.everywhere}>
            <polygon
              class="uv-grid"
              points={frame()
                .box.map(([x, y]) => `${plane.x(x)},${plane.y(y)}`)
                .join(" ")}
            />
          </Show>
          <For each={wafers()}>
            {(lines, csId) => (
              <path
                class="wafer-border"
                classList={{ "is-region": csId() === state.region() }}
                d={border(plane, lines)}
              />
            )}
          </For>
          <For each={window()}>{([u, v]) => <polygon class="in-window" points={outline(plane, u, v)} />}</For>
          <For each={seedCells().map((row) => placed(plane, row))}>
            {({ outline, seed }) => (
              <g class="hex-seed" classList={{ "is-picked": pickedSeed() === seed }} data-seed={seed}>
                <polygon class="seed-bin halo" points={outline} />
                <polygon class="seed-bin" points={outline} style={{ stroke: css(model.colourOf(seed)) }} />
              </g>
            )}
          </For>
          <Show when={state.pickedCell() >= 0}>
            <polygon
              class="picked"
              points={outline(plane, cells().u[state.pickedCell()], cells().v[state.pickedCell()])}
            />
          </Show>
          <Show when={particle()}>
            {(at) => (
              <g class="particle" transform={`translate(${plane.x(at()[0])} ${plane.y(at()[1])})`}>
                <path class="halo" d={RETICLE} />
                <path d={RETICLE} />
              </g>
            )}
          </Show>
          <For each={values(plane)}>
            {({ x, y, text, seed, isLight }) => (
              <text
                class="hex-value"
                classList={{ "on-light": isLight }}
                x={x}
                y={y + (seed < 0 ? 4 : plane.unit * 0.36)}
              >
                {text}
              </text>
            )}
          </For>
          <For each={seedCells().map((row) => placed(plane, row))}>
            {({ x, y, seed, isLight }) => (
              <text
                class="hex-value cs-number"
                classList={{ "on-light": isLight }}
                x={x}
                y={y + (plane.unit < BOTH_ROOM ? 4 : -plane.unit * 0.06)}
              >
                ▲{seed}
              </text>
            )}
          </For>
        </>
      )}
    </HexCanvas>
  );
}
