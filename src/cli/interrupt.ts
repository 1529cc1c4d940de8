/** SIGINT and SIGTERM stop long work at its next step, so that outputs are cleaned up on the way out. */
import { InterruptedError } from "../core/index.js";

let received: NodeJS.Signals | null = null;

/** The signal that stopped this process, if any. */
export function interruptedBy(): NodeJS.Signals | null {
  return received;
}

/** A signal for long work: aborted with an InterruptedError at the first SIGINT or SIGTERM. A second one kills at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      received = name;
      controller.abort(new InterruptedError(`interrupted by ${name}`));
    });
  }
  return controller.signal;
}
