/** Wafers by their module energy, with the thresholds of the eta ranges. */
import { createEffect, createMemo } from "solid-js";
import { waferId } from "../../data/coarse-ids.js";
import { createScale, css, type Range, viridis } from "../../ui/colours.js";
import { type Model } from "../../model/model.js";
import { type Size } from "../../ui/size.js";
import { rangeOf } from "../plane/scene.js";
import { type Camera, formatCamera, parseCamera } from "../../ui/plane-camera.js";
import { type CoarseData, type CoarseState } from "./coarse-state.js";
import { HexCanvas } from "./HexCanvas.js";
import { type Hexagons } from "../../ui/hexagons.js";
import { waferCentre, WaferMarks } from "./WaferMarks.js";

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
  const particle = createMemo(() => {
    const it = props.data.event.particles.at(0);
    if (it === undefined) return null;
    const r = 1 / Math.sinh(Math.abs(it.eta));
    return [r * Math.cos(it.phi), r * Math.sin(it.phi)] as const;
  });
  const range = createMemo(() => rangeOf(wafers().mipPt, view.scale));
  const labelled = (): Range => ({ ...range(), label: "module energy [mip_T]" });
  createEffect(() => props.onRange(labelled()));
  const scale = createMemo(() => createScale(view.scale, range().low, range().high));
  const hexagons = createMemo<Hexagons>(() => {
    const { n, corners, mipPt, nTc } = wafers();
    const fills = Array.from({ length: n }, (_, row) => (nTc[row] > 0 ? css(viridis(scale()(mipPt[row]))) : ""));
    const filled = fills.filter((fill) => fill !== "").length;
    return { n, corners, fills, filled, range: labelled() };
  });
  /** Around the particle, or the region when that is elsewhere. */
  const fitted = ({ width, height }: Size): Camera => {
    const half = 0.15 * Math.max(1, width / height);
    const region =
      state.region() < 0 ? null : waferCentre(wafers().corners, props.data.coarse.coarse[state.region()].wafer);
    const at = particle() ?? region ?? [0, 0];
    const far = region !== null && Math.max(Math.abs(region[0] - at[0]), Math.abs(region[1] - at[1])) > 0.8 * half;
    const [x, y] = far ? region : at;
    return { x, y, half };
  };
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
        <WaferMarks
          model={model}
          data={props.data}
          state={state}
          plane={plane}
          particle={particle()}
          brightness={(value) => scale()(value)}
        />
      )}
    </HexCanvas>
  );
}
