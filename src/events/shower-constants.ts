/**
 * Every number of the shower and readout model, with its source. "Geant4" is the published reference of single
 * photons and pions at eta 2 (g4_reference_profiles_V16_eta2.json); `scripts/fit-showers.mjs` repeats the fits.
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
  /** Mean depth of a photon's first conversion [X0]. */
  conversion: 9 / 7,
  /**
   * Odd CE-E layers, behind the lead of a cassette, count more particles than even ones by this fraction either way.
   * Fit to Geant4; it also gives the 1.04 of the trigger's sum of pt.
   */
  leadSide: 0.052,
} as const;

/** From energy to spots. A layer's energy is a negative binomial number of spots of exponential energy. */
export const SAMPLING = {
  /** Mean energy of a spot [GeV], about one MIP. Fit to the TC multiplicities of single photons in V11. */
  spotEnergy: 0.0148,
  /** Variance over mean of the number of spots in a layer: sigma(E)/E = sqrt(spotEnergy * (1 + this) / E) is Geant4's 0.23. */
  spotDispersion: 2.57,
  /** About as many spots are dropped for one shower at most; in larger ones those near the axis are heavier. */
  maxSpots: 1500,
} as const;

/**
 * Transverse profile of an electromagnetic shower, tau = depth / depth of the maximum. The form is that of a public
 * FastSim study of V16; the numbers are a fit to the TC multiplicities of single photons in V11.
 */
export const EM_RADIUS = {
  /** R of the core [cm]: a + b tau. */
  core: [0.065, 0.525],
  tailOverCore: 2.75,
  /** Energy fraction of the core: a + b tau. */
  coreFraction: [1, -0.217],
} as const;

export const READOUT = {
  /** Cells below this many sigma of their noise are dropped before the sum of a TC (CMSSW l1tHGCalVFEProducer_cfi). */
  zeroSuppression: 3,
  /** MIP per tile (CMSSW hgcalDigitizer_cfi, start of life). */
  scintillatorNoise: 0.01,
} as const;

/** The particle guns: flat in pt, eta and phi, one particle in each endcap. */
export const GUN = {
  minEta: 1.5,
  maxEta: 3,
  photons: { pid: 22, minPt: 1, maxPt: 100 },
  electrons: { pid: 11, minPt: 1, maxPt: 100 },
  pions: { pid: 211, minPt: 0, maxPt: 200 },
} as const;
