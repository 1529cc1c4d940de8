/** What lies between two seeds that are bins of the (R/z, phi) histogram. */
import { type SampleBatch } from "../events/index.js";
import { type FindGap, tcsOf } from "./chain-spec.js";
import { createHistogram, fillInto } from "./fill.js";
import { createGrid } from "./grid.js";
import { type ChainParams } from "./params.js";
import { createSmoother, createSmoothMap } from "./smooth.js";

/** Columns from a to b the short way round, signed. */
function phiSteps(a: number, b: number, nPhi: number): number {
  const steps = (((b - a) % nPhi) + nPhi) % nPhi;
  return steps > nPhi / 2 ? steps - nPhi : steps;
}

/** Reads the histogram along the straight line of bins between the seeds, the short way in phi, without their own bins. */
export function createBinGap(batch: SampleBatch, params: ChainParams): FindGap {
  const histogram = createHistogram(createGrid(params.base));
  const smoother = createSmoother(params.base, params.smooth);
  const { NbinsRz: nRz, NbinsPhi: nPhi } = params.base;
  const { BinSums } = params.smooth;
  const map = createSmoothMap(nRz, nPhi);
  return (i, { rz_bin, phi_bin }, a, b) => {
    fillInto(histogram, batch.tc.columns, ...tcsOf({ batch, i }));
    smoother.smoothInto(map, histogram);
    const rows = rz_bin[b] - rz_bin[a];
    const columns = phiSteps(phi_bin[a], phi_bin[b], nPhi);
    const steps = Math.max(Math.abs(rows), Math.abs(columns));
    let tcs = 0;
    let mipPt = 0;
    let min = Number.NaN;
    for (let k = 1; k < steps; k++) {
      const row = rz_bin[a] + Math.round((k * rows) / steps);
      const column = (phi_bin[a] + Math.round((k * columns) / steps) + nPhi) % nPhi;
      const bin = row * nPhi + column;
      tcs += histogram.nTc[bin];
      mipPt += histogram.mipPt[bin];
      if (!(map.energy[bin] >= min)) min = map.energy[bin];
    }
    return {
      rows: Math.abs(rows),
      columns: Math.abs(columns),
      binSums: [BinSums[rz_bin[a]], BinSums[rz_bin[b]]],
      cells: -1,
      bins: Math.max(0, steps - 1),
      tcs,
      mipPt,
      min,
    };
  };
}
