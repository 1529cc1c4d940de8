/** What single showers look like, measured as Geant4's samples are: by layer and by ring of cells around the axis. */
import { Random } from "../core/index.js";
import { type DetectorTable, geometryFromTable } from "../detector/index.js";
import { type Axis } from "./shower-spots.js";
import { ShowerMaker } from "./shower.js";

/** Geant4's rings are those of low-density cells, hexagons this wide [cm]. */
const CELL = 1.2;
const RINGS = 80;
const SEED = 3;
const SLOPE = 1 / Math.sinh(2);

export interface ShowerMeasures {
  /** Depth of the layers [X0], and how many are CE-E. */
  readonly x0: readonly number[];
  readonly ceeLayers: number;
  /** Mean share of the measured energy in each layer. */
  readonly layers: readonly number[];
  /** Mean share in each ring of cells around the one that the axis meets, and its standard deviation from shower to shower. */
  readonly rings: readonly number[];
  readonly ringSpreads: readonly number[];
  /** Width of the energy in each layer along x [cm], mean of the showers that have some there. */
  readonly widths: readonly number[];
  /** sigma(E) / E. */
  readonly resolution: number;
  /** Mean depth in CE-E [X0]. */
  readonly depth: number;
}

export interface ShowerSample {
  readonly particles: "photons" | "pions";
  /** [GeV] */
  readonly energy: number;
  readonly n: number;
  /** Factor of each layer's energy; default 1. */
  readonly layerFactor?: readonly number[];
  /** How far the rings are off the axis, in all layers alike: sigma in x and in y [cm]; default 0. */
  readonly offCentre?: number;
}

/** Axial coordinates of the hexagon (flat to flat CELL) that holds a point. */
function hexagonAt(x: number, y: number): [number, number] {
  const v = (2 * y) / (Math.sqrt(3) * CELL);
  const u = x / CELL + v / 2;
  let best: [number, number] = [0, 0];
  let least = Infinity;
  for (const a of [Math.floor(u), Math.floor(u) + 1]) {
    for (const b of [Math.floor(v), Math.floor(v) + 1]) {
      const distance = Math.hypot(x - CELL * (a - b / 2), y - (CELL * b * Math.sqrt(3)) / 2);
      if (distance < least) [least, best] = [distance, [a, b]];
    }
  }
  return best;
}

const hexagonalDistance = (du: number, dv: number): number => (Math.abs(du) + Math.abs(dv) + Math.abs(du - dv)) / 2;

class Moments {
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  #n = 0;

  constructor(size: number) {
    this.#sum = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  add(values: ArrayLike<number>): void {
    this.#n++;
    for (let i = 0; i < values.length; i++) {
      this.#sum[i] += values[i];
      this.#squares[i] += values[i] ** 2;
    }
  }

  means(): number[] {
    return Array.from(this.#sum, (sum) => sum / this.#n);
  }

  deviations(): number[] {
    return Array.from(this.#squares, (squares, i) => Math.sqrt(squares / this.#n - (this.#sum[i] / this.#n) ** 2));
  }
}

/**
 * Shoots `n` particles at eta 2 into the layers of a detector table. All layers count, read by the trigger or not, before
 * noise and trigger cells. Always the same showers: the seed is fixed.
 */
export function measureShowers(table: DetectorTable, sample: ShowerSample): ShowerMeasures {
  const { particles, energy, n, layerFactor = [], offCentre = 0 } = sample;
  const geometry = geometryFromTable(table);
  const maker = new ShowerMaker(geometry);
  maker.layers.isTrigger.fill(1);
  const count = geometry.layers.length;
  const axis: Axis = { x: SLOPE * table.z[0], y: 0, z0: table.z[0], slopeX: SLOPE, slopeY: 0 };
  const [layers, rings, totals, depths] = [new Moments(count), new Moments(RINGS), new Moments(1), new Moments(1)];
  const widths = geometry.layers.map(() => new Moments(1));
  const centers = geometry.layers.map(() => ({ x: 0, y: 0, u: 0, v: 0 }));
  const ringEnergies = new Float64Array(RINGS);
  const moments = geometry.layers.map(() => [0, 0, 0]);
  const sink = {
    deposit(layer: number, x: number, y: number, signal: number): void {
      const center = centers[layer - 1];
      const [u, v] = hexagonAt(x - center.x, y - center.y);
      const weight = signal * maker.layers.mipEnergy[layer - 1];
      const ring = hexagonalDistance(u - center.u, v - center.v);
      if (ring < RINGS) ringEnergies[ring] += weight;
      const at = CELL * (u - v / 2);
      const sums = moments[layer - 1];
      sums[0] += weight;
      sums[1] += weight * at;
      sums[2] += weight * at * at;
    },
  };
  for (let i = 0; i < n; i++) {
    const random = new Random(SEED, i);
    const [offX, offY] = [offCentre * random.normal(), offCentre * random.normal()];
    // Where in its cell the axis passes differs from layer to layer.
    for (const [l, center] of centers.entries()) {
      const [dx, dy] = [CELL * random.uniform(), CELL * random.uniform()];
      center.x = SLOPE * geometry.layers[l].z - dx - offX;
      center.y = -dy - offY;
      [center.u, center.v] = hexagonAt(dx, dy);
    }
    ringEnergies.fill(0);
    for (const sums of moments) sums.fill(0);
    if (particles === "pions") maker.pion(energy, axis, random, sink);
    else maker.electromagnetic(energy, true, axis, random, sink);
    const measured = maker.measured.map((value, l) => value * (layerFactor[l] ?? 1));
    const total = measured.reduce((a, b) => a + b, 0);
    const inRings = ringEnergies.reduce((a, b) => a + b, 0);
    if (total === 0 || inRings === 0) continue;
    totals.add([total]);
    layers.add(measured.map((value) => value / total));
    rings.add(ringEnergies.map((value) => value / inRings));
    const cee = measured.subarray(0, table.ceeLayers);
    const inside = cee.reduce((a, b) => a + b, 0);
    if (inside > 0) depths.add([cee.reduce((sum, value, l) => sum + value * geometry.layers[l].x0Cum, 0) / inside]);
    for (const [l, [sum, first, second]] of moments.entries()) {
      if (sum > 0) widths[l].add([Math.sqrt(Math.max(0, second / sum - (first / sum) ** 2))]);
    }
  }
  return {
    x0: geometry.layers.map((layer) => layer.x0Cum),
    ceeLayers: table.ceeLayers,
    layers: layers.means(),
    rings: rings.means(),
    ringSpreads: rings.deviations(),
    widths: widths.map((each) => each.means()[0]),
    resolution: totals.deviations()[0] / totals.means()[0],
    depth: depths.means()[0],
  };
}
