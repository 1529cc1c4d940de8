/**
 * Hexagonal lattices, of wafers on a layer and of cells on a wafer. Both have the axes u and v at 120 degrees, so the squared
 * distance of (u, v) from the origin is u^2 + v^2 - u v. A site is a small whole (u, v) packed in one number, an index of a table
 * of SITES entries.
 */
export const SITES = 4096;
const HALF = 32;

/** The six steps to a neighbour, in order around the hexagon: [du, dv]. */
export const NEIGHBOURS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;

/** The site of whole u, v, or -1 beyond +-31. */
export function site(u: number, v: number): number {
  return u > -HALF && u < HALF && v > -HALF && v < HALF ? (u + HALF) * 2 * HALF + v + HALF : -1;
}

export function siteU(s: number): number {
  return Math.floor(s / (2 * HALF)) - HALF;
}

export function siteV(s: number): number {
  return (s % (2 * HALF)) - HALF;
}

/** The site nearest to a point of the lattice plane: the hexagon it lies in; -1 when far away or NaN. Ties go either way. */
export function nearestSite(u: number, v: number): number {
  // u, -v and v - u sum to zero; rounding each breaks that, so the one that was rounded farthest follows from the others.
  const w = v - u;
  let iu = Math.floor(u + 0.5);
  let iv = Math.floor(v + 0.5);
  const iw = Math.floor(w + 0.5);
  const du = Math.abs(iu - u);
  const dv = Math.abs(iv - v);
  const dw = Math.abs(iw - w);
  if (du > dv && du > dw) iu = iv - iw;
  else if (dv > dw) iv = iu + iw;
  return site(iu, iv);
}
