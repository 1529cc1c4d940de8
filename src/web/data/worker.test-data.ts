/** A worker that tests answer for. */

export interface Call {
  readonly worker: ToyWorker;
  readonly name: string;
  readonly args: readonly unknown[];
  /** To the page: a result, rows of a survey, or what went wrong. */
  result(result: unknown): void;
  progress(rows: readonly unknown[]): void;
  error(error: string, expected?: boolean, trees?: readonly string[]): void;
}

export class ToyWorker extends EventTarget {
  /** Those that were made since `useToyWorkers`, and what was asked of them. */
  static made: ToyWorker[] = [];
  static calls: Call[] = [];
  /** Answers at once where it knows what. */
  static answer: (call: Call) => void = () => undefined;
  isStopped = false;

  constructor() {
    super();
    ToyWorker.made.push(this);
  }

  say(data: unknown): void {
    if (!this.isStopped) this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  postMessage({ id, name, args }: { id: number; name: string; args: readonly unknown[] }): void {
    const call: Call = {
      ...{ worker: this, name, args },
      result: (result) => this.say({ id, result }),
      progress: (progress) => this.say({ id, progress }),
      error: (error, expected = true, trees = []) => this.say({ id, error, expected, trees }),
    };
    ToyWorker.calls.push(call);
    ToyWorker.answer(call);
  }

  terminate(): void {
    this.isStopped = true;
  }

  /** The newest call of a name. */
  static last(name: string): Call {
    const found = ToyWorker.calls.findLast((call) => call.name === name);
    if (found === undefined) throw new Error(`nothing was asked for ${name}`);
    return found;
  }
}

/** Pages get these workers, on a machine with so many processors. Returns what takes them away. */
export function useToyWorkers(hardwareConcurrency = 2): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency }, configurable: true });
  Object.assign(globalThis, { Worker: ToyWorker });
  ToyWorker.made = [];
  ToyWorker.calls = [];
  ToyWorker.answer = () => undefined;
  return () => {
    Reflect.deleteProperty(globalThis, "Worker");
    Reflect.deleteProperty(globalThis, "navigator");
    if (before !== undefined) Object.defineProperty(globalThis, "navigator", before);
  };
}
