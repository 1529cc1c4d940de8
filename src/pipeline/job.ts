/** What a thread does. */
export interface Job<Q, R> {
  /** Answers a question about its task. A worker may be asked two at a time: one can read while the other computes. */
  process(question: Q): Promise<R>;
  close(): Promise<void>;
}
