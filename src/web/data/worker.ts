/** Runs in a Web Worker: reads events, runs the chain. One call at a time; surveys give way between batches. */
import { ExpectedError, InputError } from "../../core/index.js";
import { createGeometry, type Geometry } from "../../detector/index.js";
import { type SampleBatch } from "../../events/index.js";
import { loadTreeReader } from "../../io/index.js";
import { createChainView, findRemedy } from "./chain-view.js";
import { type Clusterer, createLiveClusterer } from "./clusterer.js";
import { browserParquetCodecs, browserRootCodecs } from "./codecs.js";
import { createEventView, createLayerOutline } from "./event-view.js";
import { readGeometry } from "./geometry.js";
import { type AnswerMessage, type CallMessage, type CallName, type Calls, type Setting } from "./protocol.js";
import { type EventSource } from "./event-source.js";
import { openSource } from "./source.js";
import { openStoredRun } from "./stored-run.js";
import { BatchCache, partsOf, survey } from "./survey.js";

let source: EventSource | undefined;
let geometry: Geometry = createGeometry();
let cache: BatchCache | undefined;
/** Runs that were read, by their address and chain. */
let runs = new Map<string, Promise<Clusterer>>();
let current: { readonly batch: SampleBatch; readonly i: number } | undefined;
let surveys = 0;

function opened(): EventSource {
  if (source === undefined) throw new Error("no source is open");
  return source;
}

function event(): { readonly batch: SampleBatch; readonly i: number } {
  if (current === undefined) throw new Error("no event is open");
  return current;
}

function clustererOf(setting: Setting, skipBadEvents: boolean): Clusterer | Promise<Clusterer> {
  if (setting.kind === "chain") return createLiveClusterer(setting.chain, setting.params, skipBadEvents);
  const { id, url, chain } = setting;
  const key = `${url} ${chain}`;
  const known =
    runs.get(key) ?? browserParquetCodecs().then((codecs) => openStoredRun(id, url, chain, opened().hash, codecs));
  runs.set(key, known);
  // What failed may be there the next time.
  known.catch(() => runs.delete(key));
  return known;
}

type Handlers = {
  [N in CallName]: (id: number, ...args: Calls[N]["args"]) => Promise<Calls[N]["result"]>;
};

const handlers: Handlers = {
  async open(_, spec, geometryUrl) {
    const [next, cells] = await Promise.all([openSource(spec), readGeometry(geometryUrl)]);
    geometry = cells;
    await source?.close();
    source = next;
    cache = new BatchCache(next);
    runs = new Map();
    current = undefined;
    surveys++;
    return { ...next.info, geometry: geometry.version };
  },
  async event(_, index) {
    const { info } = opened();
    if (!(index >= 0 && index < info.event.length)) throw new InputError(`${info.name} has no entry ${index}`);
    const read = await opened().read(index);
    const view = createEventView(read.batch, read.i, index, geometry);
    current = read;
    return view;
  },
  async chain(_, setting) {
    const clusterer = await clustererOf(setting, false);
    return createChainView(event().batch, event().i, clusterer);
  },
  async remedy(_, chain, params) {
    return findRemedy(event().batch, event().i, chain, params);
  },
  async outline(_, layer) {
    return createLayerOutline(geometry, layer);
  },
  async survey(id, { a, b, limit, shard, shards }) {
    const own = ++surveys;
    const { batchFirst } = opened();
    if (cache === undefined) throw new Error("no source is open");
    const sides = [await clustererOf(a, true), b === null ? null : await clustererOf(b, true)] as const;
    let rows = 0;
    for await (const progress of survey(cache, batchFirst, partsOf(batchFirst, limit, shard, shards), ...sides)) {
      if (own !== surveys) return rows;
      rows += progress.length;
      answer({ id, progress });
      // A turn of the event loop: a newer call may end this survey.
      await new Promise((resolve) => setTimeout(resolve));
      if (own !== surveys) return rows;
    }
    return rows;
  },
  async stop() {
    surveys++;
    return null;
  },
  async prefetch() {
    await Promise.all([
      import("./embedded.js"),
      import("./ntuple.js"),
      loadTreeReader(),
      browserParquetCodecs(),
      browserRootCodecs(),
    ]);
    return null;
  },
};

function answer(message: AnswerMessage, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** The buffers of typed arrays in a result, which the page gets without a copy. */
function buffersOf(result: unknown): Transferable[] {
  if (typeof result !== "object" || result === null) return [];
  const arrays = Object.values(result).filter((value): value is ArrayBufferView<ArrayBuffer> =>
    ArrayBuffer.isView(value),
  );
  return [...new Set(arrays.map((array) => array.buffer))];
}

self.addEventListener("message", ({ data }: MessageEvent<CallMessage>) => {
  const { id, name, args } = data;
  const handler = handlers[name] as (id: number, ...args: readonly unknown[]) => Promise<unknown>;
  handler(id, ...args).then(
    // A source keeps its own lists: they are copied.
    (result) => answer({ id, result }, name === "open" ? [] : buffersOf(result)),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      answer({ id, error: message, expected: error instanceof ExpectedError });
    },
  );
});
