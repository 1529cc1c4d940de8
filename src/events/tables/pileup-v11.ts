// Written by scripts/make-pileup-tables.mjs; do not edit.
// Occupancies: mhassans/hgcal-linkmapping @f7bd1e6c (neutrino gun) and jbsauvan/HGCTPGOccupancies (ttbar), V11, pile-up 200.
import { type PileUpTable } from "../pileup-constants.js";

export const PILEUP_V11: PileUpTable = {
  etaDensity: [0.629, 0.652, 0.792, 0.965, 1.07, 1.106, 1.122, 1.073, 0.92, 0.843, 0.895],
  layerGain: [
    1.059, 1, 1.241, 1, 1.093, 1, 0.956, 1, 0.941, 1, 0.968, 1, 1.013, 1, 1.012, 1, 0.997, 1, 1.086, 1, 1.129, 1, 0.981,
    1, 1.036, 1, 1.028, 1, 1.011, 1.088, 1.001, 1.005, 1.061, 1.051, 1.2, 0.914, 1.003, 1.223, 1.158, 1.126, 1.336,
    1.105, 1.117, 1.331, 1.411, 1.652, 1.566, 1.364, 1.067, 2.586,
  ],
};
