/** An angle turned into [-pi, pi). [rad] */
export function wrapPhi(phi: number): number {
  if (phi >= -Math.PI && phi < Math.PI) return phi;
  const turned = phi - 2 * Math.PI * Math.floor((phi + Math.PI) / (2 * Math.PI));
  // Rounding can land on pi itself.
  return turned >= Math.PI ? turned - 2 * Math.PI : turned;
}
