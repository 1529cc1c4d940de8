/** The worker of the display, called as the page calls it: what it answers, and what it reads for that. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createNtupleClusters, DEFAULT_PARAMS } from "../../chain/index.js";
import { InputError } from "../../core/index.js";
import { createGeometry, DEFAULT_GEOMETRY } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, type SampleBatch, simulateEvents } from "../../events/index.js";
import { type Clusterer, createLiveClusterer } from "./clusterer.js";
import { type EventSource } from "./event-source.js";

const { sources, runs } = vi.hoisted(() => ({
  sources: new Map<string, unknown>(),
  runs: { open: (): unknown => undefined },
}));
vi.mock("./source.js", () => ({
  openSource: async ({ name }: { name: string }) => {
    const source = sources.get(name);
    if (source instanceof Error) throw source;
    return source;
  },
}));
vi.mock("./stored-run.js", () => ({ openStoredRun: async () => runs.open() }));

interface Answer {
  readonly message: Readonly<Record<string, unknown>> & { readonly id: number };
  readonly transfer: readonly unknown[];
}
const said: Answer[] = [];
let hear: (event: { data: unknown }) => void;
let last = 0;
let onProgress: (() => void) | undefined;

/** The answer to a call; what is said before it stays in `said`. */
async function call(name: string, ...args: readonly unknown[]): Promise<Answer> {
  const id = ++last;
  hear({ data: { id, name, args } });
  return vi.waitFor(() => {
    const found = said.find(({ message }) => message.id === id && !("progress" in message));
    if (found === undefined) throw new Error(`no answer to ${name}`);
    return found;
  }, 10_000);
}
const result = async (name: string, ...args: readonly unknown[]) => (await call(name, ...args)).message["result"] as Record<string, unknown>; // prettier-ignore
const failure = async (name: string, ...args: readonly unknown[]) => {
  const { error, expected, trees } = (await call(name, ...args)).message;
  return [error, expected, ...(trees as unknown[])];
};

let batch: SampleBatch;
let done: string[] = [];
/** Two entries of a batch, each read by itself. */
function sourceOf(name: string): EventSource {
  const { event, run, lumi, zside } = batch.entries.columns;
  const info = { name, description: "", event, run, lumi, zside, nTc: new Float64Array(2) };
  return {
    ...{ info, kind: {}, batchFirst: [0, 1, 2], geometry: DEFAULT_GEOMETRY, hash: "5" },
    read: async (i: number) => (done.push(`${name}: entry ${i}`), { batch, i }),
    readBatch: async (b: number) => {
      done.push(`${name}: batch ${b}`);
      const { entries } = batch;
      return { ...batch, entries: { rows: 1, columns: Object.fromEntries(Object.entries(entries.columns).map(([key, column]) => [key, (column as Int32Array).slice(b, b + 1)])) } };
    },
    close: async () => void done.push(`${name}: closed`),
  } as unknown as EventSource;
} // prettier-ignore

beforeAll(async () => {
  const geometry = createGeometry(DEFAULT_GEOMETRY);
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 4, geometry }, 1, 2);
  batch = createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
  expect(batch.entries.rows).toBe(2);
  vi.stubGlobal("self", {
    addEventListener: (_: string, listener: typeof hear) => (hear = listener),
    postMessage: (message: Answer["message"], { transfer }: { transfer: unknown[] }) => {
      said.push({ message, transfer });
      if ("progress" in message) onProgress?.();
    },
  });
  await import("./worker.js");
}); // prettier-ignore
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  [said.length, done] = [0, []];
  for (const name of ["a", "b", "c"]) sources.set(name, sourceOf(name));
});

const open = async (name: string): Promise<number> => Number((await result("open", { name }, null))["number"]);
const LIVE = { kind: "chain", chain: "default", params: DEFAULT_PARAMS };
const RUN = { kind: "run", id: "r", url: "/r/", chain: "default" };

test("a sample has a number of its own; an entry is read once for its pictures, and its memory is given away", async () => {
  const { message, transfer } = await call("open", { name: "a" }, null);
  const info = message["result"] as Record<string, unknown>;
  const number = Number(info["number"]);
  expect([info["name"], info["geometry"], info["hash"], info["layers"]]).toEqual(["a", DEFAULT_GEOMETRY, "5", createGeometry(DEFAULT_GEOMETRY).layers.length]); // prettier-ignore
  expect(transfer).toEqual([]);
  const event = await call("event", { source: number, entry: 1 });
  const { entry, n, mipPt } = event.message["result"] as { entry: number; n: number; mipPt: Float64Array };
  expect([entry, n, event.transfer.includes(mipPt.buffer)]).toEqual([1, batch.entries.columns.tc_rows[1], true]);
  expect(new Set(event.transfer).size).toBe(event.transfer.length);
  expect(await result("chain", { source: number, entry: 1 }, LIVE)).toMatchObject({ chain: "default" });
  expect(done).toEqual(["a: entry 1"]);
  await result("event", { source: number, entry: 0 });
  const other = await open("b");
  expect(other).toBe(number + 1);
  await result("event", { source: other, entry: 0 });
  expect(done).toEqual(["a: entry 1", "a: entry 0", "b: entry 0"]);
});

test("entries that there are not, samples that are closed", async () => {
  const [one, other] = [await open("a"), await open("c")];
  for (const entry of [-1, 2, Number.NaN])
    expect(await failure("event", { source: one, entry })).toEqual([`a has no entry ${entry}`, true]);
  await result("event", { source: one, entry: 1 });
  expect(await result("keep", other)).toBe(null);
  expect(done).toContain("a: closed");
  expect(done).not.toContain("c: closed");
  expect(await failure("outline", one, 1)).toEqual(["the sample is no longer open", true]);
  expect(await result("outline", other, 1)).toMatchObject({ layer: 1 });
});

test("what went wrong is told, with the trees to choose from; what nobody expected is told apart", async () => {
  sources.set("a", Object.assign(new InputError("two trees"), { trees: ["x", "y"] }));
  sources.set("b", new TypeError("oh"));
  expect([await failure("open", { name: "a" }, null), await failure("open", { name: "b" }, null)]).toEqual([
    ["two trees", true, "x", "y"],
    ["oh", false],
  ]);
});

test("a run is read once, again after it could not be; of entries that it did not select it says nothing", async () => {
  const source = await open("a");
  let opened = 0;
  const run: Clusterer = { ...createLiveClusterer("default", DEFAULT_PARAMS), covers: (entry) => entry === 0 };
  runs.open = () => {
    if (++opened === 1) throw new InputError("busy");
    return run;
  };
  const chain = (entry: number) => call("chain", { source, entry }, RUN);
  expect((await chain(0)).message).toMatchObject({ error: "busy", expected: true });
  expect((await chain(0)).message["result"]).toMatchObject({ chain: "default" });
  const { EtaMin, EtaMax } = DEFAULT_PARAMS.base;
  expect((await chain(1)).message["error"]).toBe(`the run r did not select entry 1: its selection, or |η| outside of ${EtaMin} to ${EtaMax}`); // prettier-ignore
  expect(opened).toBe(2);
});

test("a survey tells its rows batch by batch, and what B is not for; a newer one, or a stop, ends it", async () => {
  const source = await open("a");
  const rows = () => said.flatMap(({ message }) => ("progress" in message ? [message["progress"] as { index: number }[]] : [])); // prettier-ignore
  const request = { source, a: LIVE, b: null, limit: 10, shard: 0, shards: 1 };
  expect(await result("survey", request)).toEqual({ withoutB: "" });
  expect(rows().map((each) => each.map(({ index }) => index))).toEqual([[0], [1]]);
  said.length = 0;
  runs.open = () => {
    throw new InputError("no such run");
  };
  expect(await result("survey", { ...request, b: { ...RUN, id: "other", url: "/o/" } })).toEqual({ withoutB: "no such run" }); // prettier-ignore
  expect(rows()).toHaveLength(2);
  said.length = 0;
  const ended = result("survey", request);
  hear({ data: { id: ++last, name: "stop", args: [] } });
  expect([await ended, rows()]).toEqual([{ withoutB: "" }, []]);
  onProgress = () => hear({ data: { id: ++last, name: "stop", args: [] } });
  expect([await result("survey", request), rows().length]).toEqual([{ withoutB: "" }, 1]);
  onProgress = undefined;
});
