/** What the coarse-seeding chain looks at on the way to its seeds, as the pages draw it. */
import { cellStages, type ChainParams, coarseLayers, type CoarseSeeds, type SharedStages } from "../../chain/index.js";
import {
  createGeometry,
  DEFAULT_GEOMETRY,
  type Geometry,
  layerOf,
  SCINTILLATOR_WAFER,
  triggerLayersOf,
  waferOutline,
} from "../../detector/index.js";
import { type SampleBatch } from "../../events/index.js";
import { waferId, waferOfId } from "./coarse-ids.js";
import { type CoarseView, type SeedView } from "./protocol.js";

/**
 * The wafers, coarse seeds and (U, V) map of row `i` of the entries, from the steps of the chain: what `stages` know of
 * them is not done again. `seeds` are those that the chain found. Wafers: all of the geometry in the summed layers, and those that only the trigger cells know.
 */
export function createCoarseView(
  batch: SampleBatch,
  i: number,
  params: ChainParams,
  stages: SharedStages,
  seeds: readonly SeedView[],
): CoarseView {
  const { tc_first, tc_rows, zside } = batch.entries.columns;
  const first = tc_first[i];
  const end = first + tc_rows[i];
  const tc = batch.tc.columns;
  const version = batch.geometry ?? DEFAULT_GEOMETRY;
  const everywhere = params.seed_cs.InputName === "NoCStcOut";
  const used = !everywhere || params.cluster.CSCylinder;
  const steps = cellStages(params, stages);
  const { seeds: found, sums: sumsOf } = steps.coarse({ batch, i });
  const coarse: CoarseSeeds = used ? found : { ...found, n: 0 };
  const { first: firstLayer, end: endLayer } = coarseLayers(params.cs, version);
  const layers = triggerLayersOf(version).filter((layer) => layer >= firstLayer && layer < endLayer);

  const geometry = createGeometry(version);
  const sums = sumsOf();
  const centres = centresOf(geometry, layers);
  for (let k = 0; k < sums.n; k++) {
    const own = waferId(sums.wu[k], sums.wv[k]);
    if (!centres.has(own)) centres.set(own, centreOfTcs(batch, { first, end }, layers, [sums.wu[k], sums.wv[k]]));
  }
  const rowOf = new Map([...centres.keys()].toSorted((a, b) => a - b).map((own, row) => [own, row]));
  const n = rowOf.size;
  const wafers = {
    n,
    wu: Int32Array.from(rowOf.keys(), (own) => waferOfId(own)[0]),
    wv: Int32Array.from(rowOf.keys(), (own) => waferOfId(own)[1]),
    mipPt: new Float64Array(n),
    eta: new Float64Array(n).fill(Number.NaN),
    nTc: new Int32Array(n),
    range: new Int32Array(n).fill(-1),
    csId: new Int32Array(n).fill(-1),
    corners: new Float32Array(12 * n),
  };
  const shape = waferOutline(geometry, 0);
  for (const [own, row] of rowOf) {
    const { x, y, z } = centres.get(own) ?? { x: 0, y: 0, z: 1 };
    for (let c = 0; c < 12; c += 2) {
      wafers.corners[12 * row + c] = (zside[i] * (x + shape[c] - geometry.wafers.x[0])) / z;
      wafers.corners[12 * row + c + 1] = (y + shape[c + 1] - geometry.wafers.y[0]) / z;
    }
  }
  for (let k = 0; k < sums.n; k++) {
    const row = rowOf.get(waferId(sums.wu[k], sums.wv[k])) ?? 0;
    wafers.mipPt[row] = sums.mipPt[k];
    wafers.eta[row] = sums.eta[k];
    wafers.nTc[row] = sums.nTc[k];
    wafers.range[row] = sums.range[k];
  }
  const waferOf = Array.from({ length: coarse.n }, (_, k) => rowOf.get(waferId(coarse.wu[k], coarse.wv[k])) ?? 0);
  for (const [k, row] of waferOf.entries()) wafers.csId[row] = k;

  const cells = steps.seeds({ batch, i }).cells();
  const cellOf = new Map<number, number>();
  const boxOf = (wu: number, wv: number, cu: number, cv: number): number => 64 * waferId(wu, wv) + 8 * cu + cv;
  for (let c = 0; c < cells.n; c++) cellOf.set(boxOf(cells.wu[c], cells.wv[c], cells.cu[c], cells.cv[c]), c);
  const cellOfTc = new Int32Array(end - first).fill(-1);
  for (let t = first; t < end; t++) {
    const isSummed = everywhere || (tc.tc_layer[t] >= firstLayer && tc.tc_layer[t] < endLayer);
    if (!isSummed || tc.tc_zside[t] !== zside[i] || tc.tc_wu[t] === SCINTILLATOR_WAFER) continue;
    cellOfTc[t - first] = cellOf.get(boxOf(tc.tc_wu[t], tc.tc_wv[t], tc.tc_cu[t], tc.tc_cv[t])) ?? -1;
  }
  const seedAt = new Map(seeds.map(({ u, v }, seed) => [`${u},${v}`, seed]));
  const seed = Int32Array.from({ length: cells.n }, (_, c) =>
    cells.onMap[c] === 1 ? (seedAt.get(`${cells.u[c]},${cells.v[c]}`) ?? -1) : -1,
  );
  const { tcU, tcV } = geometry.sensors[0];
  return {
    layers,
    wafers,
    coarse: waferOf.map((wafer, k) => ({ wafer, origin: coarse.origin[k] })),
    everywhere,
    cells: { ...cells, seed },
    cellOfTc,
    slots: Array.from(tcU, (cu, slot) => [cu, tcV[slot]] as const),
  };
}

interface Centre {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Each wafer where the first of the layers has it [cm], in the positive endcap. */
function centresOf(geometry: Geometry, layers: readonly number[]): Map<number, Centre> {
  const { first, u, v, x, y } = geometry.wafers;
  const centres = new Map<number, Centre>();
  for (const layer of layers) {
    const { z } = layerOf(geometry, layer);
    for (let row = first[layer]; row < first[layer + 1]; row++) {
      const own = waferId(u[row], v[row]);
      if (!centres.has(own)) centres.set(own, { x: x[row], y: y[row], z });
    }
  }
  return centres;
}

/** The middle of a wafer's TCs in these layers [cm], turned into the positive endcap. */
function centreOfTcs(
  { tc: { columns } }: SampleBatch,
  { first, end }: { readonly first: number; readonly end: number },
  layers: readonly number[],
  [wu, wv]: readonly [number, number],
): Centre {
  const sum = { x: 0, y: 0, z: 0 };
  let n = 0;
  for (let t = first; t < end; t++) {
    if (columns.tc_wu[t] !== wu || columns.tc_wv[t] !== wv || !layers.includes(columns.tc_layer[t])) continue;
    sum.x += columns.tc_zside[t] * columns.tc_x[t];
    sum.y += columns.tc_y[t];
    sum.z += Math.abs(columns.tc_z[t]);
    n++;
  }
  return { x: sum.x / n, y: sum.y / n, z: sum.z / n };
}
