const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 1.208650973866179e-3,
  -5.395239384953e-6,
] as const;

/** Natural logarithm of the Gamma function for x > 0, to 2e-10 (Lanczos, 1964). */
export function logGamma(x: number): number {
  let sum = 1.000000000190015;
  for (let i = 0; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x + i + 1);
  return (x + 0.5) * Math.log(x + 5.5) - (x + 5.5) + Math.log((2.5066282746310002 * sum) / x);
}

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
