/** Runs in a Web Worker: reads events, runs the chain. One call at a time; surveys give way between batches. */
import { SharedStages } from "../../chain/index.js";
import { ExpectedError, InputError } from "../../core/index.js";
import { type Geometry } from "../../detector/index.js";
import { type SampleBatch } from "../../events/index.js";
import { loadTreeReader } from "../../io/index.js";
import { createChainView, findRemedy } from "./chain-view.js";
import { type Clusterer, createLiveClusterer, sliceEntries } from "./clusterer.js";
import { browserParquetCodecs, browserRootCodecs } from "./codecs.js";
import { createEventView, createLayerOutline } from "./event-view.js";
import { readGeometry } from "./geometry.js";
import {
  type AnswerMessage,
  type CallMessage,
  type CallName,
  type Calls,
  type Place,
  type Setting,
} from "./protocol.js";
import { type EventSource } from "./event-source.js";
import { type TreeChoice } from "./ntuple.js";
import { openSource } from "./source.js";
import { openStoredRun } from "./stored-run.js";
import { BatchCache, partsOf, survey } from "./survey.js";

interface Opened {
  readonly source: EventSource;
  readonly geometry: Geometry;
  readonly cache: BatchCache;
  /** Runs that were read, by their address and chain. */
  readonly runs: Map<string, Promise<Clusterer>>;
}

/** By number. A page has one, and another while it changes: the old one is there until the new one's first picture is. */
const sources = new Map<number, Opened>();
let newest = 0;
/** Stages of chains that an entry keeps: A, B, what was tried against a split and what a control that is dragged leaves behind. */
const STAGES = 24;

interface Current {
  readonly at: Place;
  /** This entry alone. */
  readonly batch: SampleBatch;
  readonly i: 0;
  /** What chains did with it. */
  readonly stages: SharedStages;
}

/** The entry read last. */
let current: Current | undefined;
let surveys = 0;

function openedAt(number: number): Opened {
  const found = sources.get(number);
  if (found === undefined) throw new InputError("the sample is no longer open");
  return found;
}

async function entryAt(at: Place): Promise<Current> {
  if (at.source === current?.at.source && at.entry === current.at.entry) return current;
  const { source } = openedAt(at.source);
  const { name, event } = source.info;
  if (!(at.entry >= 0 && at.entry < event.length)) throw new InputError(`${name} has no entry ${at.entry}`);
  const { batch, i } = await source.read(at.entry);
  current = { at, batch: sliceEntries(batch, i, i + 1), i: 0, stages: new SharedStages(STAGES) };
  return current;
}

function clustererOf(
  { source, runs }: Opened,
  setting: Setting,
  stages?: SharedStages,
): Clusterer | Promise<Clusterer> {
  if (setting.kind === "chain") return createLiveClusterer(setting.chain, setting.params, stages);
  const { id, url, chain } = setting;
  const key = `${url} ${chain}`;
  const known =
    runs.get(key) ?? browserParquetCodecs().then((codecs) => openStoredRun(id, url, chain, source.hash, codecs));
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
    const source = await openSource(spec);
    const geometry = await readGeometry(geometryUrl, source.geometry);
    const number = ++newest;
    sources.set(number, { source, geometry, cache: new BatchCache(source), runs: new Map() });
    const { version, layers, table } = geometry;
    const { ceeLayers } = table;
    return { ...source.info, geometry: version, layers: layers.length, ceeLayers, hash: source.hash ?? "", number };
  },
  async keep(_, number) {
    const others = [...sources].filter(([each]) => each !== number);
    for (const [each] of others) sources.delete(each);
    await Promise.all(others.map(([, { source }]) => source.close()));
    return null;
  },
  async event(_, at) {
    const { batch, i } = await entryAt(at);
    return createEventView(batch, i, at.entry, openedAt(at.source).geometry);
  },
  async chain(_, at, setting) {
    const { batch, i, stages } = await entryAt(at);
    const clusterer = await clustererOf(openedAt(at.source), setting, stages);
    if (!clusterer.covers(batch.entries.columns.entry[i]) && setting.kind === "run") {
      const { EtaMin, EtaMax } = clusterer.params.base;
      throw new InputError(
        `the run ${setting.id} did not select entry ${at.entry}: its selection, or |η| outside of ${EtaMin} to ${EtaMax}`,
      );
    }
    return createChainView(batch, clusterer);
  },
  async remedy(_, at, chain, params) {
    const { batch, stages } = await entryAt(at);
    return findRemedy(batch, chain, params, stages);
  },
  async outline(_, source, layer) {
    return createLayerOutline(openedAt(source).geometry, layer);
  },
  async survey(id, { source, a, b, limit, shard, shards }) {
    const own = ++surveys;
    const from = openedAt(source);
    const ofA = await clustererOf(from, a);
    // What B is not for does not take A's rows away.
    let withoutB = "";
    const ofB =
      b === null
        ? null
        : await Promise.resolve(clustererOf(from, b)).catch((error: unknown) => {
            withoutB = error instanceof Error ? error.message : String(error);
            return null;
          });
    const { batchFirst } = from.source;
    for await (const progress of survey(from.cache, batchFirst, partsOf(batchFirst, limit, shard, shards), ofA, ofB)) {
      if (own !== surveys) return { withoutB };
      answer({ id, progress });
      // A turn of the event loop: a newer call may end this survey.
      await new Promise((resolve) => setTimeout(resolve));
      if (own !== surveys) return { withoutB };
    }
    return { withoutB };
  },
  async curve(_, source, request) {
    return (await import("./curves.js")).curveSvg(request, openedAt(source).geometry);
  },
  async stop() {
    surveys++;
    return null;
  },
  async prefetch() {
    await Promise.all([
      import("./embedded.js"),
      import("./ntuple.js"),
      import("./curves.js"),
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
      const trees = error instanceof InputError && "trees" in error ? (error as TreeChoice).trees : [];
      answer({ id, error: message, expected: error instanceof ExpectedError, trees });
    },
  );
});
