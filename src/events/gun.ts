import { InputError, type Random } from "../core/index.js";
import { GUN, UPSTREAM } from "./shower-constants.js";
import { type ParticleName } from "./selection.js";
import { type ShowerMaker } from "./shower.js";
import { type Axis, type SignalSink } from "./shower-spots.js";

/** A generated particle, in the ntuple's terms (genpart_*). */
export interface Generated {
  pid: number;
  /** GeV. */
  pt: number;
  energy: number;
  eta: number;
  phi: number;
  /** Where its path meets the front face of CE-E. */
  exeta: number;
  exphi: number;
  /** 2 when that is within the endcap (25 to 160 cm from the beam), else 1. */
  reachedEE: number;
}

/**
 * A track that bends, in the frame where its endcap is the positive one (negative: x -> -x). `phi` is the azimuth of
 * the momentum, `slope` pt / pz, `bend` [rad/cm] the change of phi per z.
 */
interface Track {
  x: number;
  y: number;
  z: number;
  phi: number;
  slope: number;
  bend: number;
}

/** Moves a track along its helix to z [cm]. */
function moveTo(track: Track, z: number): void {
  const half = 0.5 * track.bend * (z - track.z);
  const chord = track.slope * (z - track.z) * (Math.abs(half) > 1e-9 ? Math.sin(half) / half : 1);
  track.x += chord * Math.cos(track.phi + half);
  track.y += chord * Math.sin(track.phi + half);
  track.phi += 2 * half;
  track.z = z;
}

/** Where particles are generated: every range is flat. */
export interface GunOptions {
  readonly particles: ParticleName;
  /** |eta|, pt [GeV] and phi [rad]; default those of the particle's gun. */
  readonly eta?: Range;
  readonly pt?: Range;
  readonly phi?: Range;
  /** Particles in each endcap; default 1. */
  readonly count?: number;
  /** Between the first particle and each other one, in the projected plane (x/|z|, y/|z|), as they leave the origin. */
  readonly distance?: number;
}

export type Range = readonly [low: number, high: number];

/** What a gun draws from when options do not say. */
export function gunRanges(options: GunOptions): { eta: Range; pt: Range; phi: Range } {
  const { minPt, maxPt } = GUN[options.particles];
  return {
    eta: options.eta ?? [GUN.minEta, GUN.maxEta],
    pt: options.pt ?? [minPt, maxPt],
    phi: options.phi ?? [-Math.PI, Math.PI],
  };
}

/** Throws an InputError that names what a gun cannot do. */
export function checkGun(options: GunOptions): void {
  const { count = 1, distance, phi = [-Math.PI, Math.PI] } = options;
  const { eta, pt } = gunRanges(options);
  const range = (name: string, [low, high]: Range, least: number, most: number, unit = ""): void => {
    if (low >= least && low <= high && high <= most) return;
    throw new InputError(`${name} must be two numbers, ${least} <= LO <= HI <= ${most}${unit}, not ${low},${high}`);
  };
  range("eta", eta, GUN.leastEta, GUN.mostEta);
  range("pt", pt, 0, GUN.mostPt, " GeV");
  if (pt[1] === 0) throw new InputError("pt must reach above 0 GeV, not 0,0");
  range("phi", phi, -Math.PI, Math.PI, " rad");
  if (!(Number.isInteger(count) && count >= 1 && count <= GUN.mostParticles)) {
    throw new InputError(`count must be a whole number from 1 to ${GUN.mostParticles}, not ${count}`);
  }
  if (distance === undefined) return;
  if (count < 2)
    throw new InputError(`distance ${distance} is that between particles: there is 1, set count to at least 2`);
  // Beyond, a particle at one edge of the eta range would have no other one at this distance.
  const [least, most] = [1 / Math.sinh(eta[1]), 1 / Math.sinh(eta[0])];
  const limit = least + most;
  if (!(distance > 0 && distance <= limit)) {
    throw new InputError(
      `distance must be above 0 and at most ${limit.toFixed(3)}, the sum of R/z at eta ${eta.join(" and ")}, not ${distance}`,
    );
  }
}

/**
 * Generates particles and makes their showers. The two take different random numbers, so that what is generated depends
 * neither on the geometry nor on what lies between the interaction point and the endcap.
 */
export class Gun {
  readonly #maker: ShowerMaker;
  readonly #options: GunOptions;
  readonly #axis: Axis = { x: 0, y: 0, z0: 0, slopeX: 0, slopeY: 0 };

  constructor(options: GunOptions, maker: ShowerMaker) {
    this.#options = options;
    this.#maker = maker;
  }

  /** The particles that fly towards the endcap `zside`. */
  generate(zside: number, random: Random): Generated[] {
    const { count = 1, distance } = this.#options;
    const { eta: etas, pt: pts, phi: phis } = gunRanges(this.#options);
    const first = { eta: random.between(...etas), pt: random.between(...pts), phi: random.between(...phis) };
    const out = [this.#generated(zside, first, random)];
    while (out.length < count) {
      const pt = random.between(...pts);
      const direction =
        distance === undefined
          ? { eta: random.between(...etas), phi: random.between(...phis) }
          : directionAt(distance, first, etas, random);
      out.push(this.#generated(zside, { pt, ...direction }, random));
    }
    return out;
  }

  #generated(zside: number, { eta, pt, phi }: { eta: number; pt: number; phi: number }, random: Random): Generated {
    const { particles } = this.#options;
    const { pid, mass } = GUN[particles];
    const sign = particles === "pions" && random.uniform() < 0.5 ? -1 : 1;
    const face = this.#maker.layers.z[0];
    const energy = Math.hypot(pt, pt * Math.sinh(eta), mass);
    const out = { pid: sign * pid, pt, energy, eta: zside * eta, phi, exeta: 0, exphi: 0, reachedEE: 1 };
    const track = trackOf(out);
    moveTo(track, face);
    const rho = Math.hypot(track.x, track.y);
    out.exeta = zside * Math.asinh(face / rho);
    out.exphi = Math.atan2(track.y, zside * track.x);
    out.reachedEE = rho > GUN.minRho && rho < GUN.maxRho ? 2 : 1;
    return out;
  }

  /** Adds the showers of a generated particle to `sink`. */
  shower(particle: Generated, random: Random, sink: SignalSink): void {
    const track = trackOf(particle);
    if (this.#options.particles === "electrons") {
      this.#electron(particle.energy, track, random, sink);
      return;
    }
    moveTo(track, this.#maker.layers.z[0]);
    const axis = this.#axisAt(track);
    if (this.#options.particles === "pions") this.#maker.pion(particle.energy, axis, random, sink);
    else this.#maker.electromagnetic(particle.energy, true, axis, random, sink);
  }

  /** An electron and the photons that it radiates on its way. */
  #electron(energy: number, track: Track, random: Random, sink: SignalSink): void {
    const face = this.#maker.layers.z[0];
    const photons = random.poisson(UPSTREAM.photons);
    let left = energy;
    let from: number = UPSTREAM.firstZ;
    for (let photon = photons; photon > 0; photon--) {
      // Ordered uniform positions: the first of `photon` that remain.
      from += (UPSTREAM.lastZ - from) * (1 - random.uniform() ** (1 / photon));
      moveTo(track, from);
      const radiated = left * drawRadiatedFraction(random);
      const ray = { ...track, bend: 0 };
      moveTo(ray, face);
      this.#maker.electromagnetic(radiated, true, this.#axisAt(ray), random, sink);
      track.bend *= left / (left - radiated);
      left -= radiated;
    }
    moveTo(track, face);
    this.#maker.electromagnetic(left, false, this.#axisAt(track), random, sink);
  }

  #axisAt(track: Track): Axis {
    const axis = this.#axis;
    axis.x = track.x;
    axis.y = track.y;
    axis.z0 = track.z;
    axis.slopeX = track.slope * Math.cos(track.phi);
    axis.slopeY = track.slope * Math.sin(track.phi);
    return axis;
  }
}

/** The particle's track at the origin. */
function trackOf({ pid, pt, eta, phi }: Generated): Track {
  const zside = Math.sign(eta);
  // PDG: electrons have a positive number and negative charge, pions the number of their charge.
  const charge = Math.abs(pid) === GUN.pions.pid ? Math.sign(pid) : pid === GUN.electrons.pid ? -1 : 0;
  // Seen along +z a positive charge turns clockwise; the negative endcap is looked at from the other side.
  return {
    x: 0,
    y: 0,
    z: 0,
    phi: zside > 0 ? phi : Math.PI - phi,
    slope: 1 / Math.sinh(Math.abs(eta)),
    bend: (-zside * charge * UPSTREAM.bend) / (pt * Math.sinh(Math.abs(eta))),
  };
}

/** A direction within the eta range at `distance` from `from` in the projected plane: any of them is as likely. */
function directionAt(
  distance: number,
  from: { readonly eta: number; readonly phi: number },
  [lowEta, highEta]: Range,
  random: Random,
): { eta: number; phi: number } {
  const r = 1 / Math.sinh(from.eta);
  const turned = (limit: number): number => {
    const cosine = (limit * limit - r * r - distance * distance) / (2 * r * distance);
    return Math.acos(Math.min(1, Math.max(-1, cosine)));
  };
  // Between the direction away from the beam, as far as the eta range lets, and the one towards it.
  const turn = random.between(turned(1 / Math.sinh(lowEta)), turned(1 / Math.sinh(highEta)));
  const angle = from.phi + (random.uniform() < 0.5 ? -turn : turn);
  const x = r * Math.cos(from.phi) + distance * Math.cos(angle);
  const y = r * Math.sin(from.phi) + distance * Math.sin(angle);
  return { eta: Math.asinh(1 / Math.hypot(x, y)), phi: Math.atan2(y, x) };
}

/** y of the bremsstrahlung spectrum (4/3 (1 - y) + y^2) / y above UPSTREAM.minFraction (PDG, complete screening). */
function drawRadiatedFraction(random: Random): number {
  for (;;) {
    const y = UPSTREAM.minFraction ** random.uniform();
    if (random.uniform() < 1 - y + 0.75 * y * y && y < UPSTREAM.maxFraction) return y;
  }
}
