import { InputError, Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { CellSums } from "./cell-sums.js";
import { type Generated, Gun, type Particles } from "./gun.js";
import { ShowerMaker } from "./shower.js";
import { type TcColumns, TcRows } from "./tc-rows.js";

export { type Particles } from "./gun.js";

export interface SimulationOptions {
  readonly particles: Particles;
  /** Mean number of simultaneous collisions, 0 to 300. */
  readonly pileup: number;
  readonly seed: number;
  readonly geometry: Geometry;
  /** TCs below are not written [MIP_T]; default 0.2, below what skims keep. */
  readonly minMipPt?: number;
}

/** Simulated events by CMSSW's branch names; `*_first` has one entry more than there are events. */
export interface SimulatedEvents {
  readonly events: number;
  readonly event: BigInt64Array;
  readonly genpart_first: Int32Array;
  readonly genpart_pid: Int32Array;
  readonly genpart_gen: Int32Array;
  readonly genpart_reachedEE: Int32Array;
  readonly genpart_pt: Float64Array;
  readonly genpart_energy: Float64Array;
  readonly genpart_eta: Float64Array;
  readonly genpart_phi: Float64Array;
  readonly genpart_exeta: Float64Array;
  readonly genpart_exphi: Float64Array;
  readonly tc_first: Int32Array;
  readonly tc: TcColumns;
}

/**
 * Simulates events `firstEvent` to `firstEvent + nEvents - 1` (event numbers from 1). Every event has its own random
 * stream, so any cut of a range into calls gives the same events.
 */
export function simulateEvents(options: SimulationOptions, firstEvent: number, nEvents: number): SimulatedEvents {
  checkOptions(options, firstEvent, nEvents);
  const { geometry, particles, seed } = options;
  const gun = new Gun(particles, new ShowerMaker(geometry));
  const sums = new CellSums(geometry);
  const rows = new TcRows(geometry);
  const real = (): Float64Array => new Float64Array(2 * nEvents);
  const integer = (): Int32Array => new Int32Array(2 * nEvents);
  const out = {
    events: nEvents,
    event: new BigInt64Array(nEvents),
    genpart_first: Int32Array.from({ length: nEvents + 1 }, (_, i) => 2 * i),
    genpart_pid: integer(),
    genpart_gen: integer(),
    genpart_reachedEE: integer(),
    genpart_pt: real(),
    genpart_energy: real(),
    genpart_eta: real(),
    genpart_phi: real(),
    genpart_exeta: real(),
    genpart_exphi: real(),
    tc_first: new Int32Array(nEvents + 1),
  };
  const generated: Generated = { pid: 0, pt: 0, energy: 0, eta: 0, phi: 0, exeta: 0, exphi: 0, reachedEE: 0 };
  for (let i = 0; i < nEvents; i++) {
    const random = new Random(seed, firstEvent + i);
    out.event[i] = BigInt(firstEvent + i);
    for (let side = 0; side < 2; side++) {
      const zside = side === 0 ? 1 : -1;
      gun.shoot(zside, random, sums, generated);
      sums.readOut(random, zside, options.minMipPt ?? 0.2, rows);
      const row = 2 * i + side;
      out.genpart_pid[row] = generated.pid;
      out.genpart_reachedEE[row] = generated.reachedEE;
      out.genpart_pt[row] = Math.fround(generated.pt);
      out.genpart_energy[row] = Math.fround(generated.energy);
      out.genpart_eta[row] = Math.fround(generated.eta);
      out.genpart_phi[row] = Math.fround(generated.phi);
      out.genpart_exeta[row] = Math.fround(generated.exeta);
      out.genpart_exphi[row] = Math.fround(generated.exphi);
    }
    out.tc_first[i + 1] = rows.rows;
  }
  return { ...out, tc: rows.finish() };
}

function checkOptions(options: SimulationOptions, firstEvent: number, nEvents: number): void {
  const { particles, pileup, seed } = options;
  if (!["photons", "electrons", "pions"].includes(particles)) {
    throw new InputError(`particles must be photons, electrons or pions, not "${particles}"`);
  }
  if (!(pileup >= 0 && pileup <= 300)) throw new InputError(`pileup must be between 0 and 300, not ${pileup}`);
  if (pileup > 0) throw new InputError("pile-up is not simulated yet");
  if (!Number.isSafeInteger(seed)) throw new InputError(`seed must be a whole number, not ${seed}`);
  if (!Number.isInteger(firstEvent) || firstEvent < 0 || !Number.isInteger(nEvents) || nEvents < 0) {
    throw new InputError(`event range must be whole numbers from 0, not first ${firstEvent}, ${nEvents} events`);
  }
}
