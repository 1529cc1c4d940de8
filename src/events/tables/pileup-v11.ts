// Written by scripts/make-pileup-tables.mjs; do not edit.
// Occupancies: mhassans/hgcal-linkmapping @f7bd1e6c (neutrino gun) and jbsauvan/HGCTPGOccupancies (ttbar), V11, pile-up 200.
import { type PileUpTable } from "../pileup-constants.js";

export const PILEUP_V11: PileUpTable = {
  etaDensity: [0.631, 0.654, 0.793, 0.968, 1.074, 1.11, 1.122, 1.069, 0.907, 0.81, 0.839],
  layerGain: [1.051, 1, 1.24, 1, 1.091, 1, 0.954, 1, 0.942, 1, 0.969, 1, 1.009, 1, 1.009, 1, 0.982, 1, 1.077, 1, 1.116, 1, 0.966, 1, 1.021, 1, 1.008, 1, 0.998, 1.062, 0.999, 0.978, 1.039, 1.057, 1.184, 0.918, 1.013, 1.204, 1.151, 1.126, 1.321, 1.108, 1.102, 1.312, 1.455, 1.645, 1.582, 1.101, 0.983, 2.642],
};
