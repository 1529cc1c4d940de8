/**
 * Makes the numbers of trigger cells in the phi bins of one R/z row more equal, by moving the borders of bins over one cell at a time.
 * The cells keep their order on the circle whatever moves: only borders do.
 */
import { InputError, type Random } from "../core/index.js";

export interface SweepOptions {
  /** 0 flattens as far as the rule goes, 1 moves nothing. */
  readonly parameter: number;
  readonly random: Random;
  /** A row that still changes after so many sweeps is left as it is then. */
  readonly maxSweeps: number;
}

export interface RowSweep {
  /** Bin of each cell afterwards, counted on over the seam: -1 is the last bin, entered from the first; nBins the first, from the last. */
  readonly bins: Int32Array;
  /** Cells of each bin before and afterwards. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly sweeps: number;
  /** Whether a whole sweep changed nothing; false where `maxSweeps` ended it. */
  readonly ended: boolean;
}

/**
 * `cellBins`: the bin of each cell of the row, ascending: cells in order of phi. A sweep visits all bins once. The gradient of a bin is
 * |its count - that of the bin before| + |that of the bin behind - its count|. Where it is above `parameter` times what it was at first,
 * and above 1, one cell crosses one of the two borders, chosen with the probability of its share of the gradient, from the fuller to the
 * emptier side. Bins are a circle. Throws an InputError for fewer than 3 bins, cells out of order, and a parameter outside of 0 to 1.
 */
export function sweepRow(cellBins: Int32Array, nBins: number, options: SweepOptions): RowSweep {
  const { parameter, random, maxSweeps } = options;
  if (!(parameter >= 0 && parameter <= 1))
    throw new InputError(`parameter ${parameter}: expected a number from 0 to 1`);
  if (!(nBins >= 3)) throw new InputError(`${nBins} phi bins: a row needs at least 3`);
  const n = cellBins.length;
  const before = new Int32Array(nBins);
  for (const [cell, bin] of cellBins.entries()) {
    if (!(bin >= 0 && bin < nBins)) throw new InputError(`cell ${cell} in phi bin ${bin}, expected 0 to ${nBins - 1}`);
    if (cell > 0 && bin < cellBins[cell - 1]) throw new InputError(`cell ${cell}: cells must come in the order of phi`);
    before[bin]++;
  }
  const counts = before.slice();
  const stop = Float64Array.from(before, (count, b) => {
    const gradient = Math.abs(count - before[(b + nBins - 1) % nBins]) + Math.abs(before[(b + 1) % nBins] - count);
    return Math.max(1, parameter * gradient);
  });
  // Bin b holds the cells from first[b] on, counts[b] of them; their numbers go on over the seam, so that no border wraps.
  const first = new Int32Array(nBins);
  for (let b = 1; b < nBins; b++) first[b] = first[b - 1] + before[b - 1];

  let sweeps = 0;
  let changed = true;
  while (changed && sweeps < maxSweeps) {
    changed = false;
    sweeps++;
    for (let a = 0; a < nBins; a++) {
      const b = (a + 1) % nBins;
      const d = (a + 2) % nBins;
      const left = counts[b] - counts[a];
      const right = counts[d] - counts[b];
      const gradient = Math.abs(left) + Math.abs(right);
      if (gradient <= stop[b]) continue;
      const takesLeft = random.uniform() * gradient < Math.abs(left);
      // The border moves into the fuller of the two bins that it parts: `low` and `high`, in the order of phi.
      const [low, high, step] = takesLeft ? [a, b, Math.sign(left)] : [b, d, Math.sign(right)];
      first[high] += step;
      counts[low] += step;
      counts[high] -= step;
      changed = true;
    }
  }

  const bins = new Int32Array(n);
  for (let b = 0; b < nBins; b++) {
    for (let cell = first[b]; cell < first[b] + counts[b]; cell++) {
      const turns = Math.floor(cell / n);
      bins[cell - turns * n] = b - turns * nBins;
    }
  }
  return { bins, before, after: counts, sweeps, ended: !changed };
}
