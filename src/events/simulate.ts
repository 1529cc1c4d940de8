import { InputError, Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { type Generated, Gun } from "./gun.js";
import { type NtupleChunk } from "./ntuple.js";
import { pileUpOf } from "./pileup.js";
import { Readout } from "./readout.js";
import { ShowerMaker } from "./shower.js";
import { SignalBuffer } from "./signal-buffer.js";
import { type ParticleName, PARTICLES } from "./selection.js";
import { TcRows } from "./tc-rows.js";

export interface SimulationOptions {
  readonly particles: ParticleName;
  /** Mean number of simultaneous collisions, 0 to 300. */
  readonly pileup: number;
  readonly seed: number;
  readonly geometry: Geometry;
  /** TCs below are not written [MIP_T]; default 0.5, the threshold of the skim. */
  readonly minMipPt?: number;
}

interface Scratch {
  readonly maker: ShowerMaker;
  readonly buffer: SignalBuffer;
  readonly readout: Readout;
}

const scratch = new WeakMap<Geometry, Scratch>();

/** Memory that calls use again: with pile-up a call may be for one event. */
function scratchOf(geometry: Geometry): Scratch {
  let found = scratch.get(geometry);
  if (found === undefined) {
    found = {
      maker: new ShowerMaker(geometry),
      buffer: new SignalBuffer(geometry.layers.length),
      readout: new Readout(geometry),
    };
    scratch.set(geometry, found);
  }
  return found;
}

/**
 * Simulates events `firstEvent` to `firstEvent + nEvents - 1`, in run 1, with one particle in each endcap. Every event
 * has its own random stream, so any cut of a range into calls gives the same events. cl3d is empty and
 * tc_multicluster_id 0: whoever has a clustering chain fills them.
 */
export function simulateEvents(options: SimulationOptions, firstEvent: number, nEvents: number): NtupleChunk {
  checkOptions(options, firstEvent, nEvents);
  const { geometry, particles, pileup, seed, minMipPt = 0.5 } = options;
  const { maker, buffer, readout } = scratchOf(geometry);
  const gun = new Gun(particles, maker);
  const pileUp = pileup > 0 ? pileUpOf(geometry) : null;
  const rows = new TcRows(geometry);
  const offsets = new Int32Array(nEvents + 1);
  const genpart = {
    genpart_eta: new Float32Array(2 * nEvents),
    genpart_phi: new Float32Array(2 * nEvents),
    genpart_pt: new Float32Array(2 * nEvents),
    genpart_energy: new Float32Array(2 * nEvents),
    genpart_pid: new Int32Array(2 * nEvents),
    genpart_gen: new Int32Array(2 * nEvents),
    genpart_reachedEE: new Int32Array(2 * nEvents),
    genpart_exphi: new Float32Array(2 * nEvents),
    genpart_exeta: new Float32Array(2 * nEvents),
  };
  const generated: Generated = { pid: 0, pt: 0, energy: 0, eta: 0, phi: 0, exeta: 0, exphi: 0, reachedEE: 0 };
  for (let i = 0; i < nEvents; i++) {
    const random = new Random(seed, firstEvent + i);
    const collisions = random.poisson(pileup);
    for (let side = 0; side < 2; side++) {
      const zside = side === 0 ? 1 : -1;
      pileUp?.add(collisions, random, buffer);
      gun.shoot(zside, random, buffer, generated);
      readout.read(buffer, random, zside, minMipPt, rows);
      const row = 2 * i + side;
      genpart.genpart_eta[row] = generated.eta;
      genpart.genpart_phi[row] = generated.phi;
      genpart.genpart_pt[row] = generated.pt;
      genpart.genpart_energy[row] = generated.energy;
      genpart.genpart_pid[row] = generated.pid;
      genpart.genpart_gen[row] = side;
      genpart.genpart_reachedEE[row] = generated.reachedEE;
      genpart.genpart_exphi[row] = generated.exphi;
      genpart.genpart_exeta[row] = generated.exeta;
    }
    offsets[i + 1] = rows.rows;
  }
  const event = Int32Array.from({ length: nEvents }, (_, i) => firstEvent + i);
  const ones = new Int32Array(nEvents).fill(1);
  return {
    events: nEvents,
    run: ones,
    event,
    lumi: ones,
    genpart: { offsets: Int32Array.from({ length: nEvents + 1 }, (_, i) => 2 * i), columns: genpart },
    cl3d: {
      offsets: new Int32Array(nEvents + 1),
      columns: {
        cl3d_id: new Uint32Array(0),
        cl3d_pt: new Float32Array(0),
        cl3d_energy: new Float32Array(0),
        cl3d_eta: new Float32Array(0),
        cl3d_phi: new Float32Array(0),
      },
    },
    tc: { offsets, columns: rows.finish() },
  };
}

function checkOptions(options: SimulationOptions, firstEvent: number, nEvents: number): void {
  const { particles, pileup, seed } = options;
  if (!Object.hasOwn(PARTICLES, particles)) {
    throw new InputError(`particles must be photons, electrons or pions, not "${particles}"`);
  }
  if (!(pileup >= 0 && pileup <= 300)) throw new InputError(`pileup must be between 0 and 300, not ${pileup}`);
  if (!Number.isSafeInteger(seed)) throw new InputError(`seed must be a whole number, not ${seed}`);
  if (!Number.isInteger(firstEvent) || firstEvent < 0 || !Number.isInteger(nEvents) || nEvents < 0) {
    throw new InputError(`event range must be whole numbers from 0, not first ${firstEvent}, ${nEvents} events`);
  }
}
