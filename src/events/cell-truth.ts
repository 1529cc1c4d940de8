/** What generated particles have of the signals in one layer: by cell, and by trigger cell (TC) which of them has most. */
export class CellTruth {
  readonly #signal: Float32Array;
  /** By TC: the particle whose signals come in, plus 1, and what it has so far. */
  readonly #current: Int32Array;
  readonly #currentSignal: Float32Array;
  /** By TC: the particle that has most of those that came, plus 1. */
  readonly #largest: Int32Array;
  readonly #largestSignal: Float32Array;

  constructor(cells: number, tcs: number) {
    this.#signal = new Float32Array(cells);
    this.#current = new Int32Array(tcs);
    this.#currentSignal = new Float32Array(tcs);
    this.#largest = new Int32Array(tcs);
    this.#largestSignal = new Float32Array(tcs);
  }

  /** Adds a signal; one particle's come after the other's. */
  add(cell: number, tc: number, particle: number, signal: number): void {
    this.#signal[cell] += signal;
    if (this.#current[tc] !== particle + 1) {
      this.#current[tc] = particle + 1;
      this.#currentSignal[tc] = 0;
    }
    this.#currentSignal[tc] += signal;
    if (this.#currentSignal[tc] > this.#largestSignal[tc]) {
      this.#largestSignal[tc] = this.#currentSignal[tc];
      this.#largest[tc] = particle + 1;
    }
  }

  /** The share of a cell's signal that is of generated particles, 0 to 1; the cell is empty afterwards. */
  take(cell: number, signal: number): number {
    const own = this.#signal[cell];
    if (own === 0) return 0;
    this.#signal[cell] = 0;
    return own < signal ? own / signal : 1;
  }

  /** The particle with the largest share of a TC, -1 for none; the TC is empty afterwards. */
  takeParticle(tc: number): number {
    const particle = this.#largest[tc] - 1;
    if (particle < 0) return -1;
    this.#largest[tc] = 0;
    this.#largestSignal[tc] = 0;
    this.#current[tc] = 0;
    return particle;
  }
}
