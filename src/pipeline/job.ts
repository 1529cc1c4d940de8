/** What a thread does. */
export interface Job<Q, R> {
  /** Answers a question about its task. A worker may be asked two at a time: one can read while the other computes. */
  process(question: Q): Promise<R>;
  close(): Promise<void>;
}

/** For jobs whose questions share memory: each waits for the one before. */
export function oneByOne<Q, R>(process: (question: Q) => Promise<R>): (question: Q) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const result = last.then(() => process(question));
    last = result.catch(() => undefined);
    return result;
  };
}
