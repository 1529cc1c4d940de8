import { InputError, Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { CellSums } from "./cell-sums.js";
import { GUN } from "./shower-constants.js";
import { ShowerMaker } from "./shower.js";
import { type Axis } from "./shower-spots.js";
import { type TcColumns, TcRows } from "./tc-rows.js";

export type Particles = "photons" | "electrons" | "pions";

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

const ENDCAPS = [1, -1] as const;

/**
 * Simulates events `firstEvent` to `firstEvent + nEvents - 1` (event numbers from 1). Every event has its own random
 * stream, so any cut of a range into calls gives the same events.
 */
export function simulateEvents(options: SimulationOptions, firstEvent: number, nEvents: number): SimulatedEvents {
  checkOptions(options, firstEvent, nEvents);
  const { geometry, particles, seed } = options;
  const maker = new ShowerMaker(geometry);
  const sums = new CellSums(geometry);
  const rows = new TcRows(geometry);
  const gun = GUN[particles];
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
  const axis: Axis = { x: 0, y: 0, z0: geometry.table.z[0], slopeX: 0, slopeY: 0 };
  for (let i = 0; i < nEvents; i++) {
    const random = new Random(seed, firstEvent + i);
    out.event[i] = BigInt(firstEvent + i);
    ENDCAPS.forEach((zside, side) => {
      const eta = random.between(GUN.minEta, GUN.maxEta);
      const phi = random.between(-Math.PI, Math.PI);
      const pt = random.between(gun.minPt, gun.maxPt);
      const energy = pt * Math.cosh(eta);
      // The negative endcap is the positive one with x -> -x.
      const slope = 1 / Math.sinh(eta);
      axis.slopeX = zside * slope * Math.cos(phi);
      axis.slopeY = slope * Math.sin(phi);
      axis.x = axis.slopeX * axis.z0;
      axis.y = axis.slopeY * axis.z0;
      maker.electromagnetic(energy, particles === "photons", axis, random, sums);
      sums.readOut(random, zside, options.minMipPt ?? 0.2, rows);
      const row = 2 * i + side;
      out.genpart_pid[row] = gun.pid;
      out.genpart_reachedEE[row] = 2;
      out.genpart_pt[row] = Math.fround(pt);
      out.genpart_energy[row] = Math.fround(energy);
      out.genpart_eta[row] = Math.fround(zside * eta);
      out.genpart_phi[row] = Math.fround(phi);
      out.genpart_exeta[row] = Math.fround(zside * eta);
      out.genpart_exphi[row] = Math.fround(phi);
    });
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
  if (pileup > 0 || particles === "pions") throw new InputError("pile-up and pions are not simulated yet");
  if (!Number.isSafeInteger(seed)) throw new InputError(`seed must be a whole number, not ${seed}`);
  if (!Number.isInteger(firstEvent) || firstEvent < 0 || !Number.isInteger(nEvents) || nEvents < 0) {
    throw new InputError(`event range must be whole numbers from 0, not first ${firstEvent}, ${nEvents} events`);
  }
}
