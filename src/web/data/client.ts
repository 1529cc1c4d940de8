/** A worker as functions. */
import {
  type AnswerMessage,
  type CallMessage,
  type CallName,
  type Calls,
  type SourceSpec,
  type SurveyRequest,
  type SurveyRow,
} from "./protocol.js";

/** What a worker could not do. `expected`: the message says to people what to do; else it is a bug. */
export class CallError extends Error {
  readonly expected: boolean;
  /** Of a file with several trees, those to choose from. */
  readonly trees: readonly string[];

  constructor(message: string, expected: boolean, trees: readonly string[] = []) {
    super(message);
    this.expected = expected;
    this.trees = trees;
  }
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  progress?: (rows: readonly SurveyRow[]) => void;
}

/** It is started by `start`, or the first call: a page that shows no event has none. */
export class DataWorker {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<AnswerMessage>) => this.#settle(data));
    worker.addEventListener("error", (event) => {
      const error = new CallError(`the worker failed: ${event.message || "it could not be loaded"}`, false);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
    return (this.#worker = worker);
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  call<N extends CallName>(name: N, ...args: Calls[N]["args"]): Promise<Calls[N]["result"]> {
    return this.#send(name, args);
  }

  survey(request: SurveyRequest, progress: (rows: readonly SurveyRow[]) => void): Promise<Calls["survey"]["result"]> {
    return this.#send("survey", [request], progress);
  }

  #send<N extends CallName>(
    name: N,
    args: Calls[N]["args"],
    progress?: Waiting["progress"],
  ): Promise<Calls[N]["result"]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const settle = resolve as (result: unknown) => void;
      this.#waiting.set(id, { resolve: settle, reject, ...(progress === undefined ? {} : { progress }) });
      this.start().postMessage({ id, name, args } satisfies CallMessage);
    });
  }

  #settle(message: AnswerMessage): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if ("progress" in message) {
      waiting.progress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if ("error" in message) waiting.reject(new CallError(message.error, message.expected, message.trees));
    else waiting.resolve(message.result);
  }
}

/** Most workers that read events at the same time: each keeps some in memory. */
const MOST = 4;

/** Workers that share the events of a source among them. */
export class SurveyPool {
  #workers: readonly DataWorker[] = [];
  #opens = 0;
  /** What each worker calls the open source. */
  #sources: readonly number[] = [];

  async open(spec: SourceSpec): Promise<void> {
    if (this.#workers.length === 0) {
      const length = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency));
      this.#workers = Array.from({ length }, () => new DataWorker());
    }
    const own = ++this.#opens;
    const opened = await Promise.all(this.#workers.map((worker) => worker.call("open", spec, null)));
    // One that is overtaken by a newer one must not take its place.
    if (own !== this.#opens) return;
    this.#sources = opened.map(({ number }) => number);
    await Promise.all(this.#workers.map((worker, k) => worker.call("keep", this.#sources[k])));
  }

  /** A newer survey ends the older ones. */
  async survey(
    request: Omit<SurveyRequest, "source" | "shard" | "shards">,
    progress: (rows: readonly SurveyRow[]) => void,
  ): Promise<Calls["survey"]["result"]> {
    const shards = this.#workers.length;
    const parts = await Promise.all(
      this.#workers.map((worker, shard) =>
        worker.survey({ ...request, source: this.#sources[shard], shard, shards }, progress),
      ),
    );
    return { withoutB: parts.find(({ withoutB }) => withoutB !== "")?.withoutB ?? "" };
  }

  /** Surveys end soon, with what they have. */
  stop(): void {
    for (const worker of this.#workers) void worker.call("stop");
  }

  async prefetch(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.call("prefetch")));
  }
}
