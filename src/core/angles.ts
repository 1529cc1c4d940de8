/** Differences to +-pi that rounding cannot bridge, for angles up to FAR. [rad] */
const MARGIN = 1e-9;
const FAR = 1e4;
const TURNS_PER_RADIAN = 1 / (2 * Math.PI);

/** An angle turned into [-pi, pi). [rad] */
export function wrapPhi(phi: number): number {
  // Without a branch that depends on the angle, which nobody can foresee: on a turn or off it.
  const near = phi - 2 * Math.PI * Math.floor((phi + Math.PI) * TURNS_PER_RADIAN);
  return Math.abs(near) < Math.PI - MARGIN && Math.abs(phi) < FAR ? near : wrapExactly(phi);
}

function wrapExactly(phi: number): number {
  if (phi >= -Math.PI && phi < Math.PI) return phi;
  const turned = phi - 2 * Math.PI * Math.floor((phi + Math.PI) / (2 * Math.PI));
  // Rounding can land on pi itself, or beside either end.
  if (turned >= Math.PI) return turned - 2 * Math.PI;
  return turned < -Math.PI ? turned + 2 * Math.PI : turned;
}
