/** One entry of a batch as the pages draw it. */
import { type Geometry, tcIndex, waferOutline, layerOf } from "../../detector/index.js";
import { type SampleBatch } from "../../events/index.js";
import { type EventContent, eventContent } from "../../io/index.js";
import { type Cl3dView, type EventView, type LayerOutline } from "./protocol.js";

function cl3dOf(batch: SampleBatch, i: number): Cl3dView[] {
  const { cl3d_first, cl3d_rows, zside } = batch.entries.columns;
  const { cl3d_en, cl3d_pt, cl3d_eta, cl3d_phi } = batch.cl3d.columns;
  const rows = Array.from({ length: cl3d_rows[i] }, (_, k) => cl3d_first[i] + k);
  return rows
    .filter((c) => cl3d_en[c] > 0 && cl3d_eta[c] * zside[i] > 0)
    .map((c) => ({ energy: cl3d_en[c], pt: cl3d_pt[c], eta: cl3d_eta[c], phi: cl3d_phi[c] }))
    .toSorted((a, b) => b.energy - a.energy);
}

/** Row `i` of a batch's entries, as its own copy: workers give the memory away. `entry` counts those of the source. */
export function createEventView(batch: SampleBatch, i: number, entry: number, geometry: Geometry): EventView {
  const content = eventContent(batch, i, geometry);
  const { n, layer, wu, wv, cu, cv } = content;
  let unknown = 0;
  for (let t = 0; t < n; t++) if (tcIndex(geometry, layer[t], wu[t], wv[t], cu[t], cv[t]) < 0) unknown++;
  const columns = Object.entries(content).filter(([, value]) => ArrayBuffer.isView(value));
  const copies = Object.fromEntries(columns.map(([name, column]) => [name, (column as Float64Array).slice()]));
  const number = String(batch.entries.columns.event[i]);
  return { ...content, ...(copies as Partial<EventContent>), entry, number, cl3d: cl3dOf(batch, i), unknown };
}

/** Steps of the circles that border a layer. */
const ARC = 180;

/** Wafers of a layer, and the circles where its scintillator begins and ends. */
export function createLayerOutline(geometry: Geometry, layer: number): LayerOutline {
  const { z, scintillator } = layerOf(geometry, layer);
  const { first } = geometry.wafers;
  const out: number[] = [];
  for (let wafer = first[layer]; wafer < first[layer + 1]; wafer++) {
    const corners = waferOutline(geometry, wafer);
    for (let k = 0; k < 12; k += 2) {
      out.push(corners[k], corners[k + 1], corners[(k + 2) % 12], corners[(k + 3) % 12]);
    }
  }
  for (const r of scintillator === undefined ? [] : [scintillator.rin, scintillator.rout]) {
    for (let k = 0; k < ARC; k++) {
      for (const step of [k, k + 1]) {
        const angle = (2 * Math.PI * step) / ARC;
        out.push(r * Math.cos(angle), r * Math.sin(angle));
      }
    }
  }
  return { layer, z, segments: Float32Array.from(out) };
}
