/** The trigger cells (TCs) of the layers that the trigger reads (all with scintillator are), one row each, for one endcap. */
import { type DetectorTable } from "./detector-table.js";
import { type Layer } from "./layers.js";
import { type Sensor, TCS_PER_WAFER } from "./sensor.js";
import { cellCounts, type Wafers } from "./wafers.js";

/** Wafer u and v of a scintillator TC, whose cu, cv are ieta, iphi. */
export const SCINTILLATOR_WAFER = -999;

/** First all silicon TCs by wafer, then all scintillator TCs by layer, ieta, iphi. */
export interface TriggerCells {
  readonly rows: number;
  readonly layer: Uint8Array;
  /** 1 CE-E, 2 CE-H silicon, 10 scintillator. */
  readonly subdet: Uint8Array;
  readonly wu: Int16Array;
  readonly wv: Int16Array;
  readonly cu: Int16Array;
  readonly cv: Int16Array;
  /** Index of THICKNESS_NAMES. */
  readonly thickness: Uint8Array;
  /** Mean of the TC's cells [cm]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly eta: Float64Array;
  readonly phi: Float64Array;
}

/** The TCs and where to find them. */
export interface TriggerCellIndex {
  readonly triggerCells: TriggerCells;
  /** TC of [wafer * 48 + slot], -1 where no cell counts or the layer is not read out. */
  readonly ofSlot: Int32Array;
  /** The number of silicon TCs, which is the first scintillator TC. */
  readonly siliconRows: number;
  /** First scintillator TC of a layer, by layer number; a layer's rows end where the next one's begin. */
  readonly scintFirst: Int32Array;
}

export function createTriggerCells(
  table: DetectorTable,
  layers: readonly Layer[],
  sensors: readonly Sensor[],
  wafers: Wafers,
): TriggerCellIndex {
  const ofSlot = new Int32Array(wafers.rows * TCS_PER_WAFER).fill(-1);
  let siliconRows = 0;
  for (let wafer = 0; wafer < wafers.rows; wafer++) {
    const layer = layers[wafers.layer[wafer] - 1];
    if (!layer.trigger) continue;
    const sensor = sensors[wafers.thickness[wafer]];
    for (let slot = 0; slot < TCS_PER_WAFER; slot++) {
      if (hasCells(layer, sensor, slot, wafers, wafer)) ofSlot[wafer * TCS_PER_WAFER + slot] = siliconRows++;
    }
  }
  const scintFirst = new Int32Array(layers.length + 2).fill(siliconRows);
  for (const { layer, scintillator } of layers) {
    const nIeta = scintillator ? scintillator.lastIeta - scintillator.firstIeta + 1 : 0;
    scintFirst[layer + 1] = scintFirst[layer] + (nIeta * table.scintTilesPhi) / 2;
  }

  const tcs = emptyTriggerCells(scintFirst[layers.length + 1]);
  for (let at = 0; at < ofSlot.length; at++) {
    if (ofSlot[at] < 0) continue;
    const wafer = Math.floor(at / TCS_PER_WAFER);
    const sensor = sensors[wafers.thickness[wafer]];
    const place = { layer: layers[wafers.layer[wafer] - 1], sensor, slot: at % TCS_PER_WAFER };
    fillSiliconTc(tcs, ofSlot[at], place, wafers, wafer);
  }
  for (const layer of layers) fillScintillator(tcs, scintFirst[layer.layer], table, layer);
  for (let tc = 0; tc < tcs.rows; tc++) {
    const x = tcs.x[tc];
    const y = tcs.y[tc];
    tcs.eta[tc] = Math.asinh(tcs.z[tc] / Math.sqrt(x * x + y * y));
    tcs.phi[tc] = Math.atan2(y, x);
  }
  return { triggerCells: tcs, ofSlot, siliconRows, scintFirst };
}

function emptyTriggerCells(rows: number): TriggerCells {
  return {
    rows,
    layer: new Uint8Array(rows),
    subdet: new Uint8Array(rows),
    wu: new Int16Array(rows),
    wv: new Int16Array(rows),
    cu: new Int16Array(rows),
    cv: new Int16Array(rows),
    thickness: new Uint8Array(rows),
    x: new Float64Array(rows),
    y: new Float64Array(rows),
    z: new Float64Array(rows),
    eta: new Float64Array(rows),
    phi: new Float64Array(rows),
  };
}

function hasCells(layer: Layer, sensor: Sensor, slot: number, wafers: Wafers, wafer: number): boolean {
  if (wafers.whole[wafer] === 1) return true;
  for (let cell = slot * sensor.cellsPerTc; cell < (slot + 1) * sensor.cellsPerTc; cell++) {
    if (cellCounts(layer, sensor, cell, wafers.x[wafer], wafers.y[wafer])) return true;
  }
  return false;
}

/** Names a silicon TC and puts it at the mean of its cells that count, of which there must be one. */
function fillSiliconTc(
  tcs: TriggerCells,
  tc: number,
  { layer, sensor, slot }: { readonly layer: Layer; readonly sensor: Sensor; readonly slot: number },
  wafers: Wafers,
  wafer: number,
): void {
  const x = wafers.x[wafer];
  const y = wafers.y[wafer];
  const isWhole = wafers.whole[wafer] === 1;
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let cell = slot * sensor.cellsPerTc; cell < (slot + 1) * sensor.cellsPerTc; cell++) {
    if (!isWhole && !cellCounts(layer, sensor, cell, x, y)) continue;
    count++;
    sumX += sensor.x[cell];
    sumY += sensor.y[cell];
  }
  tcs.layer[tc] = layer.layer;
  tcs.subdet[tc] = layer.subdet;
  tcs.wu[tc] = wafers.u[wafer];
  tcs.wv[tc] = wafers.v[wafer];
  tcs.cu[tc] = sensor.tcU[slot];
  tcs.cv[tc] = sensor.tcV[slot];
  tcs.thickness[tc] = wafers.thickness[wafer];
  tcs.x[tc] = x + sumX / count;
  tcs.y[tc] = y + sumY / count;
  tcs.z[tc] = layer.z;
}

/**
 * A scintillator TC is 2 x 2 tiles; tile iphi spans phi from (iphi - 1) to iphi times 2 pi / tiles, its centre has the mean radius of
 * its ring. Where a layer begins or ends with one ring of a pair, only that ring's tiles count.
 */
function fillScintillator(tcs: TriggerCells, firstTc: number, table: DetectorTable, layer: Layer): void {
  const { scintillator } = layer;
  if (!scintillator) return;
  const dPhi = (2 * Math.PI) / table.scintTilesPhi;
  let tc = firstTc;
  for (let ieta = scintillator.firstIeta; ieta <= scintillator.lastIeta; ieta++) {
    const inner = Math.max(2 * ieta - 1, scintillator.firstRing);
    const outer = Math.min(2 * ieta, scintillator.lastRing);
    const [r0, r1] = [table.scintRings[inner - 1], table.scintRings[inner]];
    const [r2, r3] = [table.scintRings[outer - 1], table.scintRings[outer]];
    // The mean of two tile centres at +- dPhi / 2 lies a little inside of their radius.
    const r = ((r0 + r1 + r2 + r3) / 4) * Math.cos(dPhi / 2);
    for (let iphi = 1; iphi <= table.scintTilesPhi / 2; iphi++, tc++) {
      const phi = (2 * iphi - 1) * dPhi;
      tcs.layer[tc] = layer.layer;
      tcs.subdet[tc] = 10;
      tcs.wu[tc] = SCINTILLATOR_WAFER;
      tcs.wv[tc] = SCINTILLATOR_WAFER;
      tcs.cu[tc] = ieta;
      tcs.cv[tc] = iphi;
      tcs.thickness[tc] = 3;
      tcs.x[tc] = r * Math.cos(phi);
      tcs.y[tc] = r * Math.sin(phi);
      tcs.z[tc] = scintillator.z;
    }
  }
}

/**
 * The same TCs in the other endcap: the detector turned by 180 degrees about the y axis, so that x, z and eta change sign and a
 * wafer, cell, ieta or iphi keeps its name (CMSSW places silicon and scintillator alike). To find the TC of a point at negative z
 * look up (-x, y).
 */
export function negativeEndcap(tcs: TriggerCells): TriggerCells {
  const x = tcs.x.map((value) => -value);
  return {
    ...tcs,
    x,
    z: tcs.z.map((value) => -value),
    eta: tcs.eta.map((value) => -value),
    phi: tcs.y.map((value, tc) => Math.atan2(value, x[tc])),
  };
}
