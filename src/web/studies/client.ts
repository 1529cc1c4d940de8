/** The worker of studies as functions. */
import { CallError } from "../data/client.js";
import { type AnswerMessage, type CallMessage, type CallName, type Calls, type Scanned } from "./protocol.js";

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class StudyWorker {
  readonly #worker = new Worker(new URL("./study-worker.ts", import.meta.url), { type: "module" });
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  /** `onScanned`: more of the live study that was opened last is there. */
  constructor(onScanned: (scanned: Scanned) => void = () => undefined) {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<AnswerMessage>) => {
      if ("scanned" in data) {
        onScanned(data.scanned);
        return;
      }
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new CallError(data.error, data.expected));
      else waiting?.resolve(data.result);
    });
    this.#worker.addEventListener("error", (event) => {
      const error = new CallError(`the worker of studies failed: ${event.message || "it could not be loaded"}`, false);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  call<N extends CallName>(name: N, ...args: Calls[N]["args"]): Promise<Calls[N]["result"]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#worker.postMessage({ id, name, args } satisfies CallMessage);
    });
  }

  stop(): void {
    this.#worker.terminate();
  }
}
