/** What lies between two seeds that are cells of the (u, v) map. */
import { DEFAULT_GEOMETRY, SCINTILLATOR_WAFER } from "../detector/index.js";
import { type SampleBatch } from "../events/index.js";
import { type FindGap, tcsOf } from "./chain-spec.js";
import { coarseLayers } from "./coarse.js";
import { type ChainParams } from "./params.js";
import { hexDistance, universalU, universalV } from "./seed-uv.js";

/** The cells on the line between two cells, neither included: the nearest ones to points at equal distances on it. */
function cellsBetween(u1: number, v1: number, u2: number, v2: number): [number, number][] {
  const steps = hexDistance(u2 - u1, v2 - v1);
  return Array.from({ length: Math.max(0, steps - 1) }, (_, k) => {
    const u = u1 + ((k + 1) * (u2 - u1)) / steps;
    const v = v1 + ((k + 1) * (v2 - v1)) / steps;
    // In a hexagonal lattice u, v and u - v are rounded, and the worst of the three follows from the others.
    const ru = Math.round(u);
    const rv = Math.round(v);
    const rw = Math.round(u - v);
    const du = Math.abs(ru - u);
    const dv = Math.abs(rv - v);
    const dw = Math.abs(rw - (u - v));
    if (dw >= du && dw >= dv) return [ru, rv];
    return du > dv ? [rv + rw, rv] : [ru, ru - rw];
  });
}

/** Reads the cells between the seeds, in the layers that made them, whether or not their wafer is a coarse seed. */
export function createCellGap(batch: SampleBatch, params: ChainParams): FindGap {
  const everywhere = params.seed_cs.InputName === "NoCStcOut";
  const layers = everywhere
    ? { first: -Infinity, end: Infinity }
    : coarseLayers(params.cs, batch.geometry ?? DEFAULT_GEOMETRY);
  const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_mipPt, tc_zside } = batch.tc.columns;
  return (i, { u, v }, a, b) => {
    const cells = cellsBetween(u[a], v[a], u[b], v[b]);
    const energy = new Map(cells.map(([cu, cv]) => [`${cu} ${cv}`, 0]));
    const [first, end, zside] = tcsOf({ batch, i });
    let tcs = 0;
    for (let t = first; t < end; t++) {
      if (tc_zside[t] !== zside || tc_wu[t] === SCINTILLATOR_WAFER) continue;
      if (tc_layer[t] < layers.first || tc_layer[t] >= layers.end) continue;
      const key = `${universalU(tc_wu[t], tc_wv[t], tc_cu[t])} ${universalV(tc_wu[t], tc_wv[t], tc_cv[t])}`;
      const sum = energy.get(key);
      if (sum === undefined) continue;
      energy.set(key, sum + tc_mipPt[t]);
      tcs++;
    }
    const sums = [...energy.values()];
    return {
      rows: -1,
      columns: -1,
      binSums: [-1, -1],
      cells: hexDistance(u[b] - u[a], v[b] - v[a]),
      bins: cells.length,
      tcs,
      mipPt: sums.reduce((sum, value) => sum + value, 0),
      min: sums.length === 0 ? Number.NaN : Math.min(...sums),
    };
  };
}
