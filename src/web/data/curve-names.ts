/** The curves that the statistics offer, by what they are called. They are drawn by curves.ts, which is loaded when wanted. */
export const CURVE_NAMES = {
  "turn-on-5": "turn-on, 5 GeV",
  "turn-on-10": "turn-on, 10 GeV",
  "turn-on-20": "turn-on, 20 GeV",
  "turn-on-40": "turn-on, 40 GeV",
  "split-pt": "split against pT",
  "split-eta": "split against |η|",
  "split-phi-folded": "split against φ modulo 60°",
  "split-phi-in-bin": "split against the place in the φ bin",
  tiling: "split in the tiling",
} as const;

export type CurveName = keyof typeof CURVE_NAMES;
