/** What follows from a trigger cell's layer and wafer alone, in the geometry of samples that name none (V11). */
import { SCINTILLATOR_WAFER } from "./trigger-cells.js";
import { V11 } from "./tables/v11.js";

/** The first layers are CE-E. */
export const CEE_LAYERS = V11.ceeLayers;

/** Layers with trigger readout, in order. */
export const TRIGGER_LAYERS: readonly number[] = V11.z
  .map((_, i) => i + 1)
  .filter((layer) => !V11.disconnected.includes(layer));

/** 1 CE-E, 2 CE-H silicon, 10 scintillator. */
export function subdetOf(waferU: number, layer: number): 1 | 2 | 10 {
  if (waferU === SCINTILLATOR_WAFER) return 10;
  return layer <= CEE_LAYERS ? 1 : 2;
}
