import { type Random } from "../core/index.js";
import { cellAt, type Geometry } from "../detector/index.js";
import { type CellSums } from "./cell-sums.js";

/** A straight line through the positive endcap: x and y [cm] at z0, and its slopes dx/dz, dy/dz. */
export interface Axis {
  x: number;
  y: number;
  z0: number;
  slopeX: number;
  slopeY: number;
}

/** Drops the energy of showers into cells as spots. Holds scratch memory for the spots of a layer. */
export class Spots {
  readonly #geometry: Geometry;
  #cells = new Int32Array(256);
  #weights = new Float64Array(256);

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
  }

  /**
   * Drops `signal` into one layer as `count` spots around the axis, for the `trueCount` that a shower has. Distances r
   * from the axis, perpendicular to it, follow 2 r R^2 / (r^2 + R^2)^2 with R = coreRadius for a part `core` and
   * R = tailRadius for the rest [cm] (Grindhammer and Peters, hep-ex/0001020). The weights add up to `signal`; what
   * falls beside the sensors is lost. Where spots are fewer than true ones they are drawn from a wider R, so that far
   * from the axis they are as many and as light as true ones and in the core they are fewer and heavier.
   */
  drop(
    random: Random,
    layer: number,
    axis: Axis,
    core: number,
    coreRadius: number,
    tailRadius: number,
    signal: number,
    trueCount: number,
    count: number,
    sums: CellSums,
  ): void {
    if (count > this.#cells.length) {
      this.#cells = new Int32Array(2 * count);
      this.#weights = new Float64Array(2 * count);
    }
    const dz = this.#geometry.table.z[layer - 1] - axis.z0;
    const x0 = axis.x + axis.slopeX * dz;
    const y0 = axis.y + axis.slopeY * dz;
    // A circle around the axis is an ellipse in the layer, longer along the slope by 1 / cos(theta).
    const slope2 = axis.slopeX ** 2 + axis.slopeY ** 2;
    const stretch = slope2 > 0 ? (Math.sqrt(1 + slope2) - 1) / slope2 : 0;
    const core2 = coreRadius ** 2;
    const tail2 = tailRadius ** 2;
    const wide2 = ((core * core2 + (1 - core) * tail2) * trueCount) / count;
    let total = 0;
    for (let i = 0; i < count; i++) {
      let a: number;
      let b: number;
      let s: number;
      do {
        a = 2 * random.uniform() - 1;
        b = 2 * random.uniform() - 1;
        s = a * a + b * b;
      } while (s >= 0.999 || s === 0);
      // s is uniform, so r^2 = R^2 s / (1 - s) follows the distribution of R.
      let scale: number;
      let weight: number;
      if (count === trueCount) {
        scale = Math.sqrt((random.uniform() < core ? core2 : tail2) / (1 - s));
        weight = random.exponential();
      } else {
        // Equal slices of s instead of random ones keep the few spots of the core from fluctuating more than true ones.
        const slice = (0.999 * (i + random.uniform())) / count;
        const r2 = (wide2 * slice) / (1 - slice);
        scale = Math.sqrt(r2 / s);
        const density = (core * core2) / (r2 + core2) ** 2 + ((1 - core) * tail2) / (r2 + tail2) ** 2;
        weight = (((density * (r2 + wide2) ** 2) / wide2) * trueCount) / count;
        if (weight < 3) weight *= random.exponential();
      }
      const along = stretch * (a * axis.slopeX + b * axis.slopeY);
      const x = x0 + scale * (a + along * axis.slopeX);
      const y = y0 + scale * (b + along * axis.slopeY);
      this.#cells[i] = cellAt(this.#geometry, layer, x, y);
      this.#weights[i] = weight;
      total += weight;
    }
    const perWeight = signal / total;
    for (let i = 0; i < count; i++) sums.add(this.#cells[i], perWeight * this.#weights[i]);
  }
}
