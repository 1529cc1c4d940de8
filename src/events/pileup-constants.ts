/** Numbers of the pile-up model. Corrections to it: tables/pileup-v11.ts. */

/** Frozen showers. */
export const LIBRARY = {
  seed: 20200625,
  showers: 32,
  /** Material before CE-E in which photons of pile-up begin to shower [X0]. */
  upstream: 2.3,
  etas: [1.65, 2.1, 2.7],
  /** Spots of a shower within squares of this size become one [cm]; cells are 0.7 to 1.1 wide. */
  mergeWithin: 1.2,
  /** Energies minEnergy * energyRatio^k [GeV], k < energies: 0.05 to 60. */
  minEnergy: 0.05,
  energyRatio: 1.4,
  energies: 22,
} as const;

/** Soft particles of one collision and one endcap. */
export const COLLISION = {
  minEta: 1.3,
  maxEta: 3.3,
  /** Particles per unit of eta. */
  photons: { density: 5.8, temperature: 0.1, power: 7 },
  pions: { density: 7.5, temperature: 0.14, power: 7 },
  minPt: 0.1,
  maxPt: 50,
} as const;

/** Radii [cm] first + k step are the nodes of a radial gain; CE-E is cut behind layer `lastFront`. */
export const RADIAL_GAIN = { first: 30, step: 15, nodes: 10, lastFront: 12 } as const;

/** What makes the particles and showers of the model agree with measured occupancies. */
export interface PileUpTable {
  /** Relative density of particles in eta, at equal steps from COLLISION.minEta to maxEta, linear between. */
  readonly etaDensity: readonly number[];
  /** Signals in the silicon and in the scintillator of each layer, relative to those of the shower model. */
  readonly layerGain: readonly number[];
  readonly tileGain: readonly number[];
  /** Factors of these in silicon by radius (nodes of RADIAL_GAIN): in the first layers of CE-E, in its others, in CE-H. */
  readonly radialGain: {
    readonly front: readonly number[];
    readonly back: readonly number[];
    readonly ceh: readonly number[];
  };
}
