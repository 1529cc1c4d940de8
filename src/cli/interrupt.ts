/** SIGINT and SIGTERM stop long work at its next step, so that outputs are cleaned up on the way out. */
import { InterruptedError } from "../core/index.js";

export interface Interrupt {
  /** For long work: aborted with an InterruptedError at the first SIGINT or SIGTERM. A second one kills at once. */
  signal(): AbortSignal;
  /** The signal that stopped the work, if any. */
  received(): NodeJS.Signals | null;
}

export const neverInterrupted: Interrupt = { signal: () => new AbortController().signal, received: () => null };

/** Listens to the signals of this process from the first `signal()` on. */
export function processInterrupt(): Interrupt {
  let received: NodeJS.Signals | null = null;
  return {
    signal() {
      const controller = new AbortController();
      for (const name of ["SIGINT", "SIGTERM"] as const) {
        process.once(name, () => {
          received = name;
          controller.abort(new InterruptedError(`interrupted by ${name}`));
        });
      }
      return controller.signal;
    },
    received: () => received,
  };
}
