/** The (R/z, phi) grid of the default chain. */
import { type BaseParams } from "./params.js";

export interface Grid {
  readonly nRz: number;
  readonly nPhi: number;
  /** nRz + 1 and nPhi + 1 edges, as numpy.linspace makes them: k * step + start, the last one exact. */
  readonly rzEdges: Float64Array;
  readonly phiEdges: Float64Array;
  /** Bins per unit of R/z, and per radian. */
  readonly rzPerUnit: number;
  readonly phiPerUnit: number;
  readonly circular: boolean;
}

function linspace(start: number, stop: number, n: number): Float64Array {
  const step = (stop - start) / n;
  const edges = new Float64Array(n + 1);
  for (let k = 0; k < n; k++) edges[k] = k * step + start;
  edges[n] = stop;
  return edges;
}

function binsPerUnit(edges: Float64Array): number {
  const n = edges.length - 1;
  return n / (edges[n] - edges[0]);
}

export function createGrid(base: BaseParams): Grid {
  const rzEdges = linspace(base.MinROverZ, base.MaxROverZ, base.NbinsRz);
  const phiEdges = linspace(base.MinPhi, base.MaxPhi, base.NbinsPhi);
  return {
    nRz: base.NbinsRz,
    nPhi: base.NbinsPhi,
    rzEdges,
    phiEdges,
    rzPerUnit: binsPerUnit(rzEdges),
    phiPerUnit: binsPerUnit(phiEdges),
    circular: base.PhiAxis === "circular",
  };
}

/** The k with edges[k] < value <= edges[k + 1]; -1 outside and for NaN. A value on an edge belongs to the lower bin. */
export function findBin(edges: Float64Array, value: number, perUnit: number = binsPerUnit(edges)): number {
  const n = edges.length - 1;
  const low = edges[0];
  if (!(value > low && value <= edges[n])) return -1;
  // The guess is right up to rounding: one step in either direction mends it.
  let k = ((value - low) * perUnit) | 0;
  while (value <= edges[k]) k--;
  while (value > edges[k + 1]) k++;
  return k;
}

/**
 * The phi bin. On a circular axis the last bin reaches from its lower edge to the first edge + 2 pi, so every
 * finite phi has a bin: float32(pi), a little above the last edge, falls into the last one.
 */
export function findPhiBin(grid: Grid, phi: number): number {
  const bin = findBin(grid.phiEdges, phi, grid.phiPerUnit);
  if (bin >= 0 || !grid.circular || !Number.isFinite(phi)) return bin;
  const first = grid.phiEdges[0];
  let turned = phi - 2 * Math.PI * Math.floor((phi - first) / (2 * Math.PI));
  if (turned <= first) turned += 2 * Math.PI;
  return turned > grid.phiEdges[grid.nPhi] ? grid.nPhi - 1 : findBin(grid.phiEdges, turned, grid.phiPerUnit);
}
