/** What the clusters of an entry say about its particles. What does not change with the clusters is computed once. */
import { type Controls, controlPoints, countControls } from "./control.js";
import { distanceTo, type EntryClusters, type Matches, matchPoint, type Point, projected } from "./match.js";
import { type EntryOf } from "./output.js";
import { type ValidationParams } from "./params.js";
import { FALSE_PURITY } from "./truth.js";

export interface Judgement {
  readonly matches: Matches;
  readonly control: Controls;
}

export class ParticleJudge {
  /** Row in `gen`. */
  readonly g: number;
  readonly #params: ValidationParams;
  readonly #point: Point;
  readonly #controls: readonly Point[];

  constructor(at: EntryOf, g: number, params: ValidationParams) {
    const { gen_eta, gen_phi } = at.batch.gen.columns;
    this.g = g;
    this.#params = params;
    this.#point = projected(gen_eta[g], gen_phi[g]);
    this.#controls = controlPoints(at, g);
  }

  judge(clusters: EntryClusters): Judgement {
    const matches = matchPoint(clusters, this.#point, this.#params);
    return { matches, control: countControls(this.#controls, clusters, matches.best, this.#params) };
  }
}

/** The particles of an entry. */
export class EntryJudge {
  readonly particles: readonly ParticleJudge[];
  readonly #params: ValidationParams;
  /** Directions of all generated particles of the entry, selected or not. */
  readonly #points: readonly Point[];

  /** `particles`: rows of `gen`, those that were selected. */
  constructor(at: EntryOf, particles: readonly number[], params: ValidationParams) {
    const { gen_first, gen_rows } = at.batch.entries.columns;
    const { gen_eta, gen_phi } = at.batch.gen.columns;
    this.#params = params;
    this.particles = particles.map((g) => new ParticleJudge(at, g, params));
    this.#points = Array.from({ length: gen_rows[at.i] }, (_, k) => gen_first[at.i] + k).map((g) =>
      projected(gen_eta[g], gen_phi[g]),
    );
  }

  /**
   * Clusters of pile-up: with less than a tenth of their pt from generated particles where that is known, else those that
   * are not within splitDistance of any.
   */
  countFalse(clusters: EntryClusters): number {
    const { signal_pt, pt } = clusters.columns;
    const { splitDistance } = this.#params;
    let n = 0;
    for (let c = clusters.first; c < clusters.end; c++) {
      const isFalse = Number.isNaN(signal_pt[c])
        ? this.#points.every((point) => distanceTo(clusters, c, point) >= splitDistance)
        : signal_pt[c] < FALSE_PURITY * pt[c];
      if (isFalse) n++;
    }
    return n;
  }
}
