import { type Geometry, waferAt } from "../detector/index.js";
import { type SignalBuffer } from "./signal-buffer.js";

/**
 * The partial modules nearest to the beam in CE-E of V11, (1, 2) and (2, 1) and their turns by 120 degrees, have trigger
 * cells in one sector of three in the occupancies that pile-up reproduces.
 */
export class EdgeModules {
  readonly #geometry: Geometry;
  /** Sector 0 to 2 of such a wafer, -1 for all others. */
  readonly #sector: Int8Array;
  /** Squared radius within which they lie [cm^2]. */
  readonly #reach2: number;

  constructor(geometry: Geometry) {
    const { wafers, table } = geometry;
    const pitch = table.waferSize + table.waferGap;
    this.#geometry = geometry;
    this.#reach2 = (Math.sqrt(3) * pitch + table.waferSize / Math.sqrt(3)) ** 2;
    this.#sector = new Int8Array(wafers.rows).fill(-1);
    for (let wafer = 0; wafer < wafers.rows; wafer++) {
      if (wafers.layer[wafer] > table.ceeLayers) continue;
      // Wafers at sqrt(3) pitches from the beam are the six at 30, 90, ... degrees; sector 0 is 60 to 180 degrees.
      const r = Math.hypot(wafers.x[wafer], wafers.y[wafer]);
      if (Math.abs(r - Math.sqrt(3) * pitch) > 0.1) continue;
      const turn = Math.atan2(wafers.y[wafer], wafers.x[wafer]) / (2 * Math.PI);
      this.#sector[wafer] = Math.floor(3 * (turn + 1 - 1 / 6)) % 3;
    }
  }

  /** Drops the signals in these modules, but for the sector `live` (0 to 2). */
  thin(buffer: SignalBuffer, live: number): void {
    for (let layer = 1; layer <= this.#geometry.table.ceeLayers; layer++) {
      buffer.keep(layer, (x, y) => {
        if (x * x + y * y > this.#reach2) return true;
        const wafer = waferAt(this.#geometry, layer, x, y);
        return wafer < 0 || this.#sector[wafer] < 0 || this.#sector[wafer] === live;
      });
    }
  }
}
