/** What links say of the coarse-seeding view. */
import { pattern, planeCamera } from "../../model/link.js";

export const COARSE_LINK = {
  /** Coarse seed whose region is shown, as its wafer "u,v"; empty: the most energetic one. */
  region: pattern(/^-?\d{1,2},-?\d{1,2}$/),
  /** Camera of the (U, V) map, around the middle of its region; empty: fitted. */
  hexes: planeCamera(),
};
