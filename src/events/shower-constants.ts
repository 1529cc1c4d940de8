/**
 * Every number of the shower and readout model, with its source. "Geant4" are photons and pions of 5, 50 and 500 GeV at
 * eta 2 in V16 (OzAmram/CMSHGCaloChallenge @28d61fcc): means and spreads of layers, means of rings of cells. The model
 * was fitted to them in V16's own layers; shower.test.ts holds what V11 gives.
 */

/** Electromagnetic showers: Gamma distribution in depth, depth of maximum and shape linear in ln y, y = E / Ec. */
export const EM = {
  /** Critical energy of the V16 stack [GeV]. */
  criticalEnergy: 0.01048,
  /** Shape of the Gamma distribution: a + b ln y. Fit to Geant4. */
  shape: [0.8, 0.585],
  /** Depth of the maximum after the first conversion [X0]: a + b ln y. Fit to Geant4. */
  maximum: [-0.735, 1.005],
  /** Event-to-event spread: sigma of ln(shape - 1) and of ln(maximum) is 1 / (a + b ln y). Fit to Geant4. */
  sigmaShape: [1.816, 0.0915],
  sigmaMaximum: [-0.149, 0.5225],
  /** Correlation of the two. Fit to Geant4. */
  correlation: 0.8,
  /** Mean depth of a photon's first conversion [X0] (PDG). */
  conversion: 9 / 7,
  /**
   * Odd CE-E layers, behind the lead of a cassette, count more particles than even ones by this fraction either way.
   * Fit to Geant4; it also gives the 1.04 of the trigger's sum of pt.
   */
  leadSide: 0.052,
} as const;

/** From energy to spots: a layer holds a negative binomial number of spots of exponential size. */
export interface Sampling {
  /** Mean size of a spot [MIP]. */
  readonly spotMips: number;
  /** Variance over mean of the number of spots in a layer. */
  readonly dispersion: number;
}

/**
 * A spot is about one MIP, 0.0148 GeV in CE-E: fit to the TC multiplicities of single photons in V11. The dispersion
 * makes sigma(E)/E = sqrt(0.0148 GeV (1 + dispersion) / E) Geant4's 0.23 / sqrt(E).
 */
export const EM_SAMPLING: Sampling = { spotMips: 1.04, dispersion: 2.57 };

/** Hadrons and what they knock out leave more each: about 0.7 / sqrt(E) in CE-H, as beam tests find. */
export const HADRON_SAMPLING: Sampling = { spotMips: 2, dispersion: 3 };

/** About as many spots are dropped for one shower at most; in larger ones those near the axis are heavier. */
export const MAX_SPOTS = 1500;

/**
 * Transverse profile of an electromagnetic shower, tau = depth / depth of the maximum. The form is that of a public
 * FastSim study of V16; the numbers are a fit to the TC multiplicities of single photons in V11.
 */
export const EM_RADIUS = {
  /** R of the core [cm]: a + b tau. */
  core: [0.07, 0.525],
  tailOverCore: 2.85,
  /** Energy fraction of the core: a + b tau. */
  coreFraction: [1, -0.217],
  /** Geant4 leaves less than 0.1 % beyond [cm]. */
  maxRadius: 15,
} as const;

export const READOUT = {
  /** Cells below this many sigma of their noise are dropped before the sum of a TC (CMSSW l1tHGCalVFEProducer_cfi). */
  zeroSuppression: 3,
  /** MIP per tile (CMSSW hgcalDigitizer_cfi, start of life). */
  scintillatorNoise: 0.01,
} as const;

/** A hadron's shower around its axis as a whole: how deep and how wide it is on average, and how much that differs. */
export interface HadronModel {
  /** Mean depth of the first inelastic collision [nuclear interaction lengths]. */
  readonly interactionLength: number;
  /** Mean electromagnetic fraction 1 - E^-emPower, E in GeV (Groom). */
  readonly emPower: number;
  /** The Beta distribution's a + b at an energy [GeV]; assumed. */
  readonly emConcentration: (energy: number) => number;
  /** Part of the electromagnetic energy that is set free at the start. */
  readonly localFraction: number;
  /** Response to hadronic energy over that to electromagnetic energy; assumed. */
  readonly responseToHadrons: number;
  /** Depth of the spread energy: Gamma distribution with shape a + b ln E. */
  readonly shape: readonly [number, number];
  /** 1 / interaction length, and the event-to-event spread of its logarithm. */
  readonly rate: number;
  readonly sigmaRate: number;
  /** R of core and tail of the spread energy [cm], and the energy fraction of the core a + b ln E. */
  readonly coreRadius: number;
  readonly tailRadius: number;
  readonly coreFraction: readonly [number, number];
  readonly maxRadius: number;
}

/**
 * Charged pions of pile-up, whose frozen showers need the right means only: one profile around the axis. Layers and rings
 * are a fit to the means of Geant4.
 */
export const HADRON: HadronModel = {
  interactionLength: 1.25,
  emPower: 0.18,
  emConcentration: (energy) => 1 + 1.1 * energy ** 0.45,
  localFraction: 0.29,
  responseToHadrons: 0.65,
  shape: [0.18, 0.343],
  rate: 0.855,
  sigmaRate: 0.47,
  coreRadius: 4,
  tailRadius: 14,
  coreFraction: [0.55, 0.04],
  maxRadius: 60,
};

/**
 * Charged pions of the gun: a collision shares the energy among neutral pions, hadrons that shower later, and soft
 * secondaries. Fit to means and spreads of Geant4's rings, and to its share in CE-E, where nothing else is said.
 */
export const CASCADE = {
  /** Depth of the first collision [interaction lengths]. */
  interactionLength: 1.25,
  /** A secondary takes a part of what is left that has a Beta(1, b) distribution. */
  share: 3.34,
  /** At most so many secondaries, until what is left is less than this part of the energy. */
  secondaries: 4,
  rest: 0.234,
  /** Secondaries of less energy are among the soft ones [GeV]. */
  leastEnergy: 3.41,
  /** One in three is neutral. */
  neutral: 0.334,
  /** Mean transverse momentum to the direction of what collided [GeV]: that of hadronic collisions. */
  transverse: 0.384,
  /** Hadrons of more energy collide like the pion itself, once [GeV]. */
  again: 450,
  /** All others; their interaction length includes the first slowing down. */
  hadron: {
    ...HADRON,
    interactionLength: 1.75,
    localFraction: 0.307,
    shape: [0.366, 0.298],
    rate: 0.989,
    sigmaRate: 0.275,
    coreRadius: 2.61,
    tailRadius: 14.4,
    coreFraction: [0.135, 0.1385],
  } satisfies HadronModel,
  /** Mean electromagnetic fraction of the soft secondaries, and where their energy is. */
  softNeutral: 0.249,
  soft: { coreRadius: 2.63, tailRadius: 11.5, coreFraction: [0.21, 0.007] },
  /** Spread of the logarithm of a shower's width: sigma / sqrt(1 + E / widthEnergy), of hadrons and of the soft secondaries. */
  sigmaWidth: { hadron: 0.694, soft: 0.827 },
  widthEnergy: 38,
  /** Energy of the particles that a shower ends in [GeV]: each of them passes several layers at one place. */
  trackEnergy: 2.21,
  leastTracks: 3,
  mostTracks: 1500,
  /** Part of the tracks that end in a layer, with others in their stead. */
  renewed: 0.12,
  /** Half the width of a track [cm]. */
  smear: 0.5,
  /** About as many spots are dropped for one pion at most. */
  mostSpots: 5000,
} as const;

/** A particle that crosses a layer leaves mpv + width * m MIPs, m of Moyal's distribution (mean 1.27), so one on average. */
export const CROSSING = { mpv: 0.86, width: 0.11 } as const;

/** The particle guns: flat in pt [GeV], eta and phi, one particle in each endcap. Masses in GeV. */
export const GUN = {
  minEta: 1.5,
  maxEta: 3,
  photons: { pid: 22, minPt: 1, maxPt: 100, mass: 0 },
  electrons: { pid: 11, minPt: 1, maxPt: 100, mass: 0.000511 },
  pions: { pid: 211, minPt: 0, maxPt: 200, mass: 0.13957 },
  /** What options may ask for: the endcap and a margin; energies that the shower model knows. */
  leastEta: 1.3,
  mostEta: 3.3,
  mostPt: 1000,
  mostParticles: 16,
  /** Distance from the beam at the front face within which a particle counts as reaching CE-E [cm]. */
  minRho: 25,
  maxRho: 160,
} as const;

/** Between the interaction point and CE-E: a field of 3.8 T and the tracker. */
export const UPSTREAM = {
  /** Change of the momentum's azimuth per cm of z, times pz: 0.3 B [rad GeV / cm]. */
  bend: 0.0114,
  /**
   * Mean number of photons that an electron radiates: 0.4 X0 of material (assumed, tracker volumes have 0.3 to 1)
   * times the integral of the bremsstrahlung spectrum above minFraction.
   */
  photons: 1.77,
  minFraction: 0.02,
  maxFraction: 0.99,
  /** Material lies evenly between these z [cm]. */
  firstZ: 30,
  lastZ: 300,
} as const;
