import { type SignalSink } from "./shower-spots.js";

const WIDTH = 3;

/**
 * Collects the signals of an endcap by layer. The readout then works on one layer after the other: the cells of a layer
 * fit into a processor's cache, those of an endcap do not, and pile-up hits them all.
 */
export class SignalBuffer implements SignalSink {
  readonly #columns: Float32Array[];
  readonly #ends: Int32Array;
  readonly #marks: Int32Array[] = [];

  constructor(layers: number) {
    this.#columns = Array.from({ length: layers + 1 }, () => new Float32Array(WIDTH * 256));
    this.#ends = new Int32Array(layers + 1);
  }

  deposit(layer: number, x: number, y: number, signal: number): void {
    const at = this.#ends[layer];
    let columns = this.#columns[layer];
    if (at === columns.length) {
      columns = new Float32Array(2 * at);
      columns.set(this.#columns[layer]);
      this.#columns[layer] = columns;
    }
    columns[at] = x;
    columns[at + 1] = y;
    columns[at + 2] = signal;
    this.#ends[layer] = at + WIDTH;
  }

  /** What every layer has collected so far: what follows is told apart in `marks`. */
  mark(): void {
    this.#marks.push(this.#ends.slice());
  }

  /** Where the signals behind each mark begin in what `take(layer)` gives. */
  marks(layer: number): number[] {
    return this.#marks.map((ends) => ends[layer]);
  }

  /** Forgets the marks, after the last layer was taken. */
  clearMarks(): void {
    this.#marks.length = 0;
  }

  /** Forgets the signals of a layer that fail a test of their position. */
  keep(layer: number, test: (x: number, y: number) => boolean): void {
    const columns = this.#columns[layer];
    let to = 0;
    for (let at = 0; at < this.#ends[layer]; at += WIDTH) {
      if (!test(columns[at], columns[at + 1])) continue;
      columns[to] = columns[at];
      columns[to + 1] = columns[at + 1];
      columns[to + 2] = columns[at + 2];
      to += WIDTH;
    }
    this.#ends[layer] = to;
  }

  /** Takes what a layer has collected: x, y, signal of each, one after the other. Valid until the next deposit. */
  take(layer: number): Float32Array {
    const taken = this.#columns[layer].subarray(0, this.#ends[layer]);
    this.#ends[layer] = 0;
    return taken;
  }
}
