/**
 * What several chains over the same entries share: a stage is made once for each set of parameters that it reads, and works
 * once an entry, whichever chain comes first.
 */
import { type EntryOf } from "./output.js";

/** What a stage found in an entry, in memory that its next entry overwrites. */
export type Stage<T> = (at: EntryOf) => T;

export class SharedStages {
  readonly #stages = new Map<string, Stage<unknown>>();
  readonly #limit: number;

  /** `limit`: how many stages are kept for chains to come; those used longest ago are made anew. */
  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  /**
   * The stage of that name and these parameters, made by `create` when it is the first one. What `create` returns is
   * called once for each entry in a row.
   */
  stage<T>(name: string, parameters: unknown, create: () => Stage<T>): Stage<T> {
    const key = `${name} ${JSON.stringify(parameters)}`;
    const known = this.#stages.get(key) as Stage<T> | undefined;
    if (known !== undefined) return this.#keep(key, known);
    const work = create();
    let batch: EntryOf["batch"] | undefined;
    let row = -1;
    let found: T;
    const stage: Stage<T> = (at) => {
      if (at.batch === batch && at.i === row) return found;
      // A stage that fails has found nothing: the next chain must fail as well.
      batch = undefined;
      found = work(at);
      batch = at.batch;
      row = at.i;
      return found;
    };
    return this.#keep(key, stage);
  }

  #keep<T>(key: string, stage: Stage<T>): Stage<T> {
    this.#stages.delete(key);
    this.#stages.set(key, stage);
    const [oldest] = this.#stages.keys();
    if (this.#stages.size > this.#limit) this.#stages.delete(oldest);
    return stage;
  }
}
