/** What `combine` wants to know of its parts, read from them in a thread of its own while this one writes their tables. */
import { type GroupEncoder } from "../../io/index.js";
import { oneByOne } from "../job.js";
import { startPool, threadsFor, type Workers } from "../pool.js";
import { type FinishedPart, type StudyContext, type StudySpec } from "./spec.js";

/** [s] About what a part takes. */
const SECONDS = 0.02;

export interface Digests {
  /** Parts come in the order of the list. */
  of(part: FinishedPart): Promise<unknown>;
  /** The thread, where there is one: it encodes as well. */
  readonly encoder?: GroupEncoder;
  close(): Promise<void>;
}

/** Undefined where the study digests nothing. */
export function openDigests(
  { digest }: StudySpec,
  { plan, study, signal }: StudyContext,
  numbers: readonly number[],
  workers: Workers,
): Digests | undefined {
  if (digest === undefined) return undefined;
  // One thread, beside this one: the digests of a sample build on each other.
  if (threadsFor(workers, SECONDS * numbers.length, 2) > 1) {
    const pool = startPool("digest", { study: study.name, parts: numbers }, 2, signal);
    return { of: ({ number }) => pool.ask(number), encoder: pool, close: () => pool.close() };
  }
  let isOpen = true;
  const digester = digest(plan, numbers);
  const take = oneByOne(async (part: FinishedPart) => {
    signal.throwIfAborted();
    if (isOpen) return digester(part);
    // Writing has failed meanwhile.
    throw new Error("closed");
  });
  return {
    of: take,
    async close() {
      isOpen = false;
    },
  };
}
