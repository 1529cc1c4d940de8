import { InputError, Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { checkGun, type Generated, Gun, type GunOptions } from "./gun.js";
import { type NtupleChunk } from "./ntuple.js";
import { pileUpOf } from "./pileup.js";
import { Readout } from "./readout.js";
import { ShowerMaker } from "./shower.js";
import { SignalBuffer } from "./signal-buffer.js";
import { type ParticleName, PARTICLES } from "./selection.js";
import { TcRows } from "./tc-rows.js";

export interface SimulationOptions extends Omit<GunOptions, "particles"> {
  /** "none": minimum bias, pile-up alone. */
  readonly particles: ParticleName | "none";
  /** Mean number of simultaneous collisions, 0 to 300. */
  readonly pileup: number;
  readonly seed: number;
  readonly geometry: Geometry;
  /** TCs below are not written [MIP_T]; default 0.5, the threshold of the skim. */
  readonly minMipPt?: number;
}

/**
 * An event has one stream of random numbers for each of these: with the same seed it has the same particles and showers
 * whatever the pile-up.
 */
const STREAMS = { particles: 0, showers: 1, pileUp: 2, noise: 3 } as const;

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
 * Simulates events `firstEvent` to `firstEvent + nEvents - 1`, in run 1, with `count` particles in each endcap. Every event
 * has its own random streams, so any cut of a range into calls gives the same events. cl3d is empty and
 * tc_multicluster_id 0: whoever has a clustering chain fills them.
 */
export function simulateEvents(options: SimulationOptions, firstEvent: number, nEvents: number): NtupleChunk {
  checkOptions(options, firstEvent, nEvents);
  const { geometry, particles, pileup, seed, minMipPt = 0.5 } = options;
  const { maker, buffer, readout } = scratchOf(geometry);
  const gun = particles === "none" ? null : new Gun({ ...options, particles }, maker);
  const pileUp = pileup > 0 ? pileUpOf(geometry) : null;
  const rows = new TcRows(geometry);
  const offsets = new Int32Array(nEvents + 1);
  const generated: Generated[] = [];
  const genOffsets = new Int32Array(nEvents + 1);
  for (let i = 0; i < nEvents; i++) {
    const random = (stream: keyof typeof STREAMS): Random =>
      new Random(seed, Object.keys(STREAMS).length * (firstEvent + i) + STREAMS[stream]);
    const [kinematics, showers, others, noise] = [
      random("particles"),
      random("showers"),
      random("pileUp"),
      random("noise"),
    ];
    const collisions = others.poisson(pileup);
    const sides = ZSIDES.map((zside) => ({ zside, shot: gun?.generate(zside, kinematics) ?? [] }));
    let first = 0;
    for (const { zside, shot } of sides) {
      pileUp?.add(collisions, others, buffer);
      for (const particle of shot) {
        buffer.mark();
        gun?.shower(particle, showers, buffer);
      }
      readout.read(buffer, noise, { zside, minMipPt }, rows, first);
      generated.push(...shot);
      first += shot.length;
    }
    offsets[i + 1] = rows.rows;
    genOffsets[i + 1] = generated.length;
  }
  const event = Int32Array.from({ length: nEvents }, (_, i) => firstEvent + i);
  const ones = new Int32Array(nEvents).fill(1);
  return {
    events: nEvents,
    run: ones,
    event,
    lumi: ones,
    genpart: { offsets: genOffsets, columns: genpartColumns(generated, genOffsets) },
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
    truth: rows.truth(),
  };
}

const ZSIDES = [1, -1] as const;

function genpartColumns(generated: readonly Generated[], offsets: Int32Array): NtupleChunk["genpart"]["columns"] {
  const reals = (of: (particle: Generated) => number): Float32Array => Float32Array.from(generated, of);
  const gen = new Int32Array(generated.length);
  for (let i = 1; i < offsets.length; i++)
    for (let g = offsets[i - 1]; g < offsets[i]; g++) gen[g] = g - offsets[i - 1];
  return {
    genpart_eta: reals(({ eta }) => eta),
    genpart_phi: reals(({ phi }) => phi),
    genpart_pt: reals(({ pt }) => pt),
    genpart_energy: reals(({ energy }) => energy),
    genpart_pid: Int32Array.from(generated, ({ pid }) => pid),
    genpart_gen: gen,
    genpart_reachedEE: Int32Array.from(generated, ({ reachedEE }) => reachedEE),
    genpart_exphi: reals(({ exphi }) => exphi),
    genpart_exeta: reals(({ exeta }) => exeta),
  };
}

/** What says which particles there are, and where. */
const GUN_OPTIONS = ["eta", "pt", "phi", "count", "distance"] as const;

function checkOptions(options: SimulationOptions, firstEvent: number, nEvents: number): void {
  const { particles, pileup, seed } = options;
  if (particles !== "none" && !Object.hasOwn(PARTICLES, particles)) {
    throw new InputError(`particles must be photons, electrons, pions or none, not "${particles}"`);
  }
  if (particles !== "none") checkGun({ ...options, particles });
  else {
    const unused = GUN_OPTIONS.filter((name) => options[name] !== undefined);
    if (unused.length > 0) {
      throw new InputError(
        `without a generated particle (particles none) there is no ${unused.join(", ")}: leave that out`,
      );
    }
    if (pileup === 0)
      throw new InputError("events without a particle and without pile-up are empty: set pileup above 0");
  }
  if (!(pileup >= 0 && pileup <= 300)) throw new InputError(`pileup must be between 0 and 300, not ${pileup}`);
  if (!Number.isSafeInteger(seed)) throw new InputError(`seed must be a whole number, not ${seed}`);
  if (!Number.isInteger(firstEvent) || firstEvent < 0 || !Number.isInteger(nEvents) || nEvents < 0) {
    throw new InputError(`event range must be whole numbers from 0, not first ${firstEvent}, ${nEvents} events`);
  }
}
