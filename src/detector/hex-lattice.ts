/**
 * Hexagonal lattices, of wafers on a layer and of cells on a wafer. Both have the axes u and v at 120 degrees, so the squared
 * distance of (u, v) from the origin is u^2 + v^2 - u v. A site is a small whole (u, v) packed in one number, an index of a table
 * of SITES entries.
 */
export const SITES = 4096;
/** u and v are at least -LATTICE_REACH and less than LATTICE_REACH. */
export const LATTICE_REACH = 32;
const HALF = LATTICE_REACH;

/** The six steps to a neighbour, in order around the hexagon: [du, dv]. */
export const NEIGHBOURS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;

/** The site of whole u, v, or -1 beyond the lattice. */
export function site(u: number, v: number): number {
  return u >= -HALF && u < HALF && v >= -HALF && v < HALF ? (u + HALF) * 2 * HALF + v + HALF : -1;
}

export function siteU(s: number): number {
  return Math.floor(s / (2 * HALF)) - HALF;
}

export function siteV(s: number): number {
  return (s % (2 * HALF)) - HALF;
}

/**
 * The site nearest to a point of the lattice plane: the hexagon it lies in; -1 beyond +-30 or for NaN. Points on an edge go to either.
 *
 * Let a = 2u - v, b = u + v, c = 2v - u. In the hexagon of site (i, j) each differs by at most 1 from its value at the centre, where
 * a + b = 3i and b + c = 3j. So floor(a) + floor(b) is 3i - 2 to 3i, which gives i, and likewise j: no branches, which a processor
 * could not predict.
 */
export function nearestSite(u: number, v: number): number {
  if (!(u > -30 && u < 30 && v > -30 && v < 30)) return -1;
  const b = Math.floor(u + v);
  const i = third(Math.floor(2 * u - v) + b);
  const j = third(Math.floor(2 * v - u) + b);
  return i * 2 * HALF + j;
}

/** floor((n + 2) / 3) + HALF for whole n > -95. */
function third(n: number): number {
  return ((n + 2 + 3 * HALF) * 21846) >> 16; // 21846 / 65536 is a third and a little more
}
