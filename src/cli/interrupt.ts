/** SIGINT and SIGTERM stop long work at its next step, so that outputs are cleaned up on the way out. */
import { constants } from "node:os";
import { InterruptedError } from "../core/index.js";

export interface Interrupt {
  /** For long work: aborted with an InterruptedError at the first SIGINT or SIGTERM. A second one kills at once. */
  signal(): AbortSignal;
  /** The signal that stopped the work, if any. */
  received(): NodeJS.Signals | null;
}

export const neverInterrupted: Interrupt = { signal: () => new AbortController().signal, received: () => null };

/** Listens to the signals of this process. A command that asks for no `signal` ends at the first one, without its outputs. */
export function processInterrupt(): Interrupt {
  let received: NodeJS.Signals | null = null;
  const controllers: AbortController[] = [];
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      received = name;
      for (const controller of controllers) controller.abort(new InterruptedError(`interrupted by ${name}`));
      if (controllers.length === 0) void end(128 + constants.signals[name]);
    });
  }
  return {
    signal() {
      const controller = new AbortController();
      controllers.push(controller);
      return controller.signal;
    },
    received: () => received,
  };
}

async function end(code: number): Promise<void> {
  const { abortOutputs } = await import("../io/node/index.js");
  await abortOutputs();
  process.exit(code);
}
