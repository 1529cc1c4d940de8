import { type Random } from "../core/index.js";
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

/** Shoots one particle at the endcap `zside`: fills `out` and its showers. */
export class Gun {
  readonly #maker: ShowerMaker;
  readonly #particles: ParticleName;
  readonly #axis: Axis = { x: 0, y: 0, z0: 0, slopeX: 0, slopeY: 0 };

  constructor(particles: ParticleName, maker: ShowerMaker) {
    this.#particles = particles;
    this.#maker = maker;
  }

  shoot(zside: number, random: Random, sink: SignalSink, out: Generated): void {
    const { minPt, maxPt, pid, mass } = GUN[this.#particles];
    const eta = random.between(GUN.minEta, GUN.maxEta);
    const pt = random.between(minPt, maxPt);
    const phi = random.between(-Math.PI, Math.PI);
    const face = this.#maker.layers.z[0];
    const pz = pt * Math.sinh(eta);
    // PDG: electrons have a positive number and negative charge, pions the number of their charge.
    const sign = this.#particles === "pions" && random.uniform() < 0.5 ? -1 : 1;
    const charge = this.#particles === "photons" ? 0 : this.#particles === "electrons" ? -1 : sign;
    out.pid = sign * pid;
    out.pt = pt;
    out.energy = Math.hypot(pt, pz, mass);
    out.eta = zside * eta;
    out.phi = phi;

    // Seen along +z a positive charge turns clockwise; the negative endcap is looked at from the other side.
    const track = {
      x: 0,
      y: 0,
      z: 0,
      phi: zside > 0 ? phi : Math.PI - phi,
      slope: 1 / Math.sinh(eta),
      bend: (-zside * charge * UPSTREAM.bend) / pz,
    };
    const straight = { ...track };
    moveTo(straight, face);
    const rho = Math.hypot(straight.x, straight.y);
    out.exeta = zside * Math.asinh(face / rho);
    out.exphi = Math.atan2(straight.y, zside * straight.x);
    out.reachedEE = rho > GUN.minRho && rho < GUN.maxRho ? 2 : 1;

    if (this.#particles === "pions") {
      this.#maker.pion(out.energy, this.#axisAt(straight), random, sink);
    } else if (this.#particles === "photons") {
      this.#maker.electromagnetic(out.energy, true, this.#axisAt(straight), random, sink);
    } else {
      this.#electron(out.energy, track, random, sink);
    }
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

/** y of the bremsstrahlung spectrum (4/3 (1 - y) + y^2) / y above UPSTREAM.minFraction (PDG, complete screening). */
function drawRadiatedFraction(random: Random): number {
  for (;;) {
    const y = UPSTREAM.minFraction ** random.uniform();
    if (random.uniform() < 1 - y + 0.75 * y * y && y < UPSTREAM.maxFraction) return y;
  }
}
