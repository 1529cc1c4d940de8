const PRECISION = 1e-9;
const MAX_TERMS = 400;

/**
 * Regularised lower incomplete Gamma function P(shape, x): the part of a Gamma distribution of scale 1 below x.
 * 0 for x <= 0. `logGammaShape` is logGamma(shape), which a caller computes once for many x.
 * Series below shape + 1, continued fraction (Lentz) above.
 */
export function incompleteGamma(shape: number, x: number, logGammaShape: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGammaShape);
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let i = 1; i < MAX_TERMS && term > sum * PRECISION; i++) {
      term *= x / (shape + i);
      sum += term;
    }
    return sum * front;
  }
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < MAX_TERMS; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return 1 - front * fraction;
}
