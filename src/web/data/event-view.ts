/** One entry of a batch as the pages draw it. */
import { type Geometry, tcIndex, tcOutline, waferOutline, layerOf } from "../../detector/index.js";
import { type SampleBatch } from "../../events/index.js";
import { type Cl3dView, type EventView, type LayerOutline, type Particle } from "./protocol.js";

/** Half the width of the square for a TC that the geometry does not know [cm]. */
const UNKNOWN_SIZE = 1;

export function particlesOf(batch: SampleBatch, i: number): Particle[] {
  const { gen_first, gen_rows } = batch.entries.columns;
  const { gen_pid, gen_pt, gen_en, gen_eta, gen_phi } = batch.gen.columns;
  return Array.from({ length: gen_rows[i] }, (_, k) => {
    const g = gen_first[i] + k;
    return { pid: gen_pid[g], pt: gen_pt[g], energy: gen_en[g], eta: gen_eta[g], phi: gen_phi[g] };
  });
}

function cl3dOf(batch: SampleBatch, i: number): Cl3dView[] {
  const { cl3d_first, cl3d_rows, zside } = batch.entries.columns;
  const { cl3d_en, cl3d_pt, cl3d_eta, cl3d_phi } = batch.cl3d.columns;
  const rows = Array.from({ length: cl3d_rows[i] }, (_, k) => cl3d_first[i] + k);
  return rows
    .filter((c) => cl3d_en[c] > 0 && cl3d_eta[c] * zside[i] > 0)
    .map((c) => ({ energy: cl3d_en[c], pt: cl3d_pt[c], eta: cl3d_eta[c], phi: cl3d_phi[c] }))
    .toSorted((a, b) => b.energy - a.energy);
}

export function createEventView(batch: SampleBatch, i: number, entry: number, geometry: Geometry): EventView {
  const { tc_first, tc_rows, event, run, lumi, zside } = batch.entries.columns;
  const first = tc_first[i];
  const end = first + tc_rows[i];
  const { columns } = batch.tc;
  const cut = <T extends Int32Array | Float64Array>(column: T): T => column.slice(first, end) as T;
  const view = {
    layer: cut(columns.tc_layer),
    wu: cut(columns.tc_wu),
    wv: cut(columns.tc_wv),
    cu: cut(columns.tc_cu),
    cv: cut(columns.tc_cv),
    x: cut(columns.tc_x),
    y: cut(columns.tc_y),
    z: cut(columns.tc_z),
    eta: cut(columns.tc_eta),
    phi: cut(columns.tc_phi),
    energy: cut(columns.tc_energy),
    pt: cut(columns.tc_pt),
    mipPt: cut(columns.tc_mipPt),
  };
  const n = end - first;
  const corners = new Float32Array(8 * n);
  const outline = new Float64Array(8);
  let unknown = 0;
  for (let t = 0; t < n; t++) {
    const z = Math.abs(view.z[t]);
    const tc = tcIndex(geometry, view.layer[t], view.wu[t], view.wv[t], view.cu[t], view.cv[t]);
    if (tc >= 0) tcOutline(geometry, tc, outline);
    else {
      unknown++;
      const [x, y] = [zside[i] * view.x[t], view.y[t]];
      for (let corner = 0; corner < 4; corner++) {
        outline[2 * corner] = x + (corner === 0 || corner === 3 ? -UNKNOWN_SIZE : UNKNOWN_SIZE);
        outline[2 * corner + 1] = y + (corner < 2 ? -UNKNOWN_SIZE : UNKNOWN_SIZE);
      }
    }
    // The other endcap is the same detector turned about the y axis.
    for (let k = 0; k < 8; k += 2) {
      corners[8 * t + k] = (zside[i] * outline[k]) / z;
      corners[8 * t + k + 1] = outline[k + 1] / z;
    }
  }
  return {
    entry,
    event: Number(event[i]),
    run: Number(run[i]),
    lumi: Number(lumi[i]),
    zside: zside[i],
    particles: particlesOf(batch, i),
    cl3d: cl3dOf(batch, i),
    n,
    ...view,
    corners,
    unknown,
  };
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
