import { type Geometry } from "../detector/index.js";
import { EM } from "./shower-constants.js";

/** What showers need to know of each layer (index 0 is layer 1). */
export interface ShowerLayers {
  readonly count: number;
  /** Depth at the sensors [X0]. */
  readonly x0: Float64Array;
  /** The halfway depths between sensors [X0], from 0 to behind the last layer: layer l answers for edges l to l + 1. */
  readonly edgesX0: Float64Array;
  /** Signal per GeV of shower energy in the layer's slice. A signal of 1 is one MIP over the thickness correction. */
  readonly signalPerGev: Float64Array;
  readonly isTrigger: Uint8Array;
}

export function showerLayers(geometry: Geometry): ShowerLayers {
  const count = geometry.layers.length;
  const x0 = Float64Array.from(geometry.layers, (layer) => layer.x0Cum);
  const edgesX0 = new Float64Array(count + 1);
  for (let l = 1; l < count; l++) edgesX0[l] = (x0[l - 1] + x0[l]) / 2;
  edgesX0[count] = 2 * x0[count - 1] - edgesX0[count - 1];
  const signalPerGev = Float64Array.from(geometry.layers, ({ kind, dEdX }, l) => {
    const side = l % 2 === 0 ? EM.leadSide : -EM.leadSide;
    return ((kind === "CE-E" ? 1 + side : 1) * 1e3) / dEdX;
  });
  const isTrigger = Uint8Array.from(geometry.layers, ({ trigger }) => (trigger ? 1 : 0));
  return { count, x0, edgesX0, signalPerGev, isTrigger };
}
