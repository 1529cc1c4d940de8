/** SIGINT and SIGTERM stop long work at its next step, so that outputs are cleaned up on the way out. */
import { type EventEmitter } from "node:events";
import { writeSync } from "node:fs";
import { constants } from "node:os";
import { InterruptedError } from "../core/index.js";

export interface Interrupt {
  /** For long work: aborted with an InterruptedError at the first SIGINT or SIGTERM. */
  signal(): AbortSignal;
  /** The signal that stopped the work, if any. */
  received(): NodeJS.Signals | null;
}

export const neverInterrupted: Interrupt = { signal: () => new AbortController().signal, received: () => null };

/** What the first signal is said by; of more than one too. */
export const INTERRUPTED = "bye-splits: interrupted; nothing was left behind";

/** [ms] that work has left to end by itself after a second signal. */
const GRACE = 300;

/**
 * Listens to the signals of this process. A command that asks for no `signal` ends at the first one, without its outputs. A second one, which shells and npm
 * often send along with the first, ends what is not ready a moment later, without its outputs too; a third kills at once.
 */
export function processInterrupt(source: Pick<EventEmitter, "on" | "removeListener"> = process): Interrupt {
  const names = ["SIGINT", "SIGTERM"] as const;
  let received: NodeJS.Signals | null = null;
  const controllers: AbortController[] = [];
  const listen = (name: NodeJS.Signals): void => {
    const code = 128 + constants.signals[name];
    if (received !== null) {
      for (const each of names) source.removeListener(each, listen);
      setTimeout(() => void endNow(code), GRACE).unref();
      return;
    }
    received = name;
    for (const controller of controllers) controller.abort(new InterruptedError(`interrupted by ${name}`));
    if (controllers.length === 0) void end(code);
  };
  for (const name of names) source.on(name, listen);
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

async function endNow(code: number): Promise<void> {
  const { removeOutputsNow } = await import("../io/node/index.js");
  if (!removeOutputsNow()) {
    setTimeout(() => void endNow(code), GRACE).unref();
    return;
  }
  writeSync(2, `${INTERRUPTED}\n`);
  process.exit(code);
}
