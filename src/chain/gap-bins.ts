/** What lies between two seeds that are bins of the (R/z, phi) histogram. */
import { type SampleBatch } from "../events/index.js";
import { type FindGap } from "./chain-spec.js";
import { mapStages } from "./maps.js";
import { type ChainParams } from "./params.js";
import { type SharedStages } from "./stages.js";

/** Columns from a to b the short way round, signed. */
function phiSteps(a: number, b: number, nPhi: number): number {
  const steps = (((b - a) % nPhi) + nPhi) % nPhi;
  return steps > nPhi / 2 ? steps - nPhi : steps;
}

/** Reads the histogram along the straight line of bins between the seeds, the short way in phi, without their own bins. */
export function createBinGap(batch: SampleBatch, params: ChainParams, shared: SharedStages): FindGap {
  const maps = mapStages(params, shared);
  const { NbinsPhi: nPhi } = params.base;
  const { BinSums } = params.smooth;
  return (i, { rz_bin, phi_bin }, a, b) => {
    const [histogram, map] = [maps.histogram({ batch, i }), maps.smoothed({ batch, i })];
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
