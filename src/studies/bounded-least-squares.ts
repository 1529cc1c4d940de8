/** Least squares with bounds on every unknown. */
import { InputError } from "../core/index.js";

/**
 * Sums over the rows of A w = y that a least squares fit needs: A^T A (n x n, row by row) and A^T y. Sums of parts add up to those of
 * the whole.
 */
export interface NormalEquations {
  readonly n: number;
  readonly ata: Float64Array;
  readonly aty: Float64Array;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Relative to the largest that a gradient, or the square of an independent column of length 1, can be. */
const GRADIENT_TOLERANCE = 1e-10;
const DEPENDENT = 1e-12;
const MOST_ROUNDS = 50;

/**
 * The w with low <= w <= high for which |A w - y| is least: active sets as in Stark and Parker, "Bounded-variable least squares"
 * (Computational Statistics 10, 129, 1995), on the normal equations with columns scaled to length 1. All w begin at `low`. One whose column
 * is 0, or depends on the others, is not decided by the rows: it stays at a bound. The result meets the conditions of Kuhn and Tucker: the
 * gradient A^T (A w - y) is 0 where w lies between the bounds, not negative at the lower and not positive at the upper one.
 * InputError for bounds out of order and sums that are not finite.
 */
export function boundedLeastSquares({ n, ata, aty }: NormalEquations, { low, high }: Bounds): Float64Array {
  if (!(low <= high)) throw new InputError(`bounds of a fit: expected low <= high, got ${low} and ${high}`);
  if (!ata.every(Number.isFinite) || !aty.every(Number.isFinite)) {
    throw new InputError("the sums of a fit are not finite: some value in it is NaN or infinite");
  }
  const scale = Float64Array.from({ length: n }, (_, i) => Math.sqrt(ata[i * n + i]));
  const g = Float64Array.from(ata, (value, at) => value / (scale[Math.floor(at / n)] * scale[at % n]) || 0);
  const b = aty.map((value, i) => value / scale[i] || 0);
  const least = scale.map((s) => low * s);
  const most = scale.map((s) => high * s);
  const x = least.slice();
  /** Bounds that hold a variable: -1 the lower, 1 the upper, 0 none. */
  const held = new Int8Array(n).fill(-1);
  const free: number[] = [];
  const tolerance =
    GRADIENT_TOLERANCE * Math.max(...b.map(Math.abs), ...most.map(Math.abs), ...least.map(Math.abs), 1e-300);
  // Freed in vain: not again before something changed.
  const blocked = new Uint8Array(n);

  // Every round lowers the sum of squares; where only rounding is left to gain, the limit ends it.
  for (let round = 0; round < MOST_ROUNDS * n; round++) {
    const descent = b.map((value, i) => value - dot(g, i * n, x, n));
    const next = steepest(descent, held, blocked, tolerance);
    if (next < 0) break;
    const cameFrom = held[next];
    held[next] = 0;
    free.push(next);
    let moved = false;
    for (;;) {
      const solution = solveFree(g, b, x, free, n);
      const ahead = solution?.at(-1) ?? Number.NaN;
      const isBack = cameFrom < 0 ? !(ahead > least[next]) : !(ahead < most[next]);
      if (solution === undefined || (!moved && isBack)) {
        // It depends on the others, or rounding made its gradient.
        free.pop();
        held[next] = cameFrom;
        blocked[next] = 1;
        break;
      }
      moved = true;
      if (step(x, solution, free, held, { least, most })) break;
    }
    if (moved) blocked.fill(0);
  }
  // Not by way of the scale: a weight at its bound is the bound.
  return Float64Array.from(x, (value, i) => (held[i] < 0 ? low : held[i] > 0 ? high : value / scale[i]));
}

function dot(matrix: Float64Array, from: number, x: Float64Array, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += matrix[from + k] * x[k];
  return sum;
}

/** The held variable that lowers the sum fastest when it leaves its bound, -1 for none. */
function steepest(descent: Float64Array, held: Int8Array, blocked: Uint8Array, tolerance: number): number {
  let best = -1;
  let most = tolerance;
  for (const [i, value] of descent.entries()) {
    const gain = -held[i] * value;
    if (gain > most && blocked[i] === 0) {
      most = gain;
      best = i;
    }
  }
  return best;
}

/** The free variables that solve their equations while the others stay, by Cholesky; undefined where they do not decide them. */
function solveFree(
  g: Float64Array,
  b: Float64Array,
  x: Float64Array,
  free: readonly number[],
  n: number,
): Float64Array | undefined {
  const m = free.length;
  const isFree = new Uint8Array(n);
  for (const i of free) isFree[i] = 1;
  const right = Float64Array.from(free, (i) => {
    let value = b[i];
    for (let k = 0; k < n; k++) if (isFree[k] === 0) value -= g[i * n + k] * x[k];
    return value;
  });
  const root = new Float64Array(m * m);
  for (let r = 0; r < m; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = g[free[r] * n + free[c]];
      for (let k = 0; k < c; k++) sum -= root[r * m + k] * root[c * m + k];
      if (r === c) {
        if (!(sum > DEPENDENT)) return undefined;
        root[r * m + r] = Math.sqrt(sum);
      } else root[r * m + c] = sum / root[c * m + c];
    }
  }
  for (let r = 0; r < m; r++) {
    for (let k = 0; k < r; k++) right[r] -= root[r * m + k] * right[k];
    right[r] /= root[r * m + r];
  }
  for (let r = m - 1; r >= 0; r--) {
    for (let k = r + 1; k < m; k++) right[r] -= root[k * m + r] * right[k];
    right[r] /= root[r * m + r];
  }
  return right;
}

/** Goes to the solution, or towards it until the first variable meets a bound, which then holds it. Whether it arrived. */
function step(
  x: Float64Array,
  solution: Float64Array,
  free: number[],
  held: Int8Array,
  { least, most }: { readonly least: Float64Array; readonly most: Float64Array },
): boolean {
  let share = Infinity;
  let first = -1;
  for (const [k, i] of free.entries()) {
    const limit = solution[k] < least[i] ? least[i] : solution[k] > most[i] ? most[i] : undefined;
    if (limit === undefined) continue;
    const reach = (limit - x[i]) / (solution[k] - x[i]);
    if (reach < share) {
      share = reach;
      first = k;
    }
  }
  for (const [k, i] of free.entries()) x[i] += Math.min(1, share) * (solution[k] - x[i]);
  if (first < 0) return true;
  const i = free[first];
  held[i] = solution[first] < least[i] ? -1 : 1;
  x[i] = held[i] < 0 ? least[i] : most[i];
  free.splice(first, 1);
  return free.length === 0;
}
