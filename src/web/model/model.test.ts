/** The page without pictures: its worker, its server and its address are this test's. */
import { createRoot } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { type Catalog } from "../../server/api.js";
import { type CurveRequest, type SourceSpec } from "../data/protocol.js";
import { type Call, ToyWorker, useToyWorkers } from "../data/worker.test-data.js";
import { createModels, type Model } from "./model.js";
import { DEFAULT_VIEW } from "./view-state.js";

const CATALOG: Catalog = {
  ...{ version: "0", geometry: null, defaultEvents: [], runs: [], studies: [], jobs: [], weights: [] },
  samples: [
    { id: "photons", particles: "photons", pileup: 0, simulated: true },
    { id: "pions", particles: "pions", pileup: 200, simulated: true },
  ],
};

const place = { hash: "", pathname: "/page" };
let answer: (address: string) => Response;
let restore: () => void;
let end: () => void;
let worker: EventTarget;

beforeEach(() => {
  restore = useToyWorkers(1);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  worker = new EventTarget();
  Object.assign(place, { hash: "" });
  answer = () => Response.json(CATALOG);
  const globals = {
    location: place,
    history: { replaceState: (_: unknown, __: string, text: string) => (place.hash = text === "/page" ? "" : text) },
    document: { baseURI: "https://example.org/" },
    fetch: (address: string) => Promise.resolve().then(() => answer(address)),
    addEventListener: worker.addEventListener.bind(worker),
    removeEventListener: worker.removeEventListener.bind(worker),
  };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  isSplit = false;
  opens = new Map();
  failing = "";
  ToyWorker.answer = answerCall;
});
afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  restore();
});

let isSplit: boolean;
/** By worker: the first one is the page's own, the others survey. */
let opens: Map<ToyWorker, number>;
/** Name of a call that fails. */
let failing: string;

/** Samples of four events; the one of the page has 10 to 13, the others 20 to 23. */
function answerCall(call: Call): void {
  const { name, args } = call;
  if (name === failing) {
    call.error("broken", true, name === "open" && (args[0] as SourceSpec).kind === "files" ? ["a/t", "b/t"] : []);
    return;
  }
  if (name === "open") {
    const spec = args[0] as SourceSpec;
    const first = spec.kind === "embedded" ? 10n : 20n;
    const count = (opens.get(call.worker) ?? 0) + 1;
    opens.set(call.worker, count);
    call.result({
      ...{ name: "it", description: "", geometry: "V11", layers: 47, ceeLayers: 28, hash: "", number: count },
      ...{ run: new BigInt64Array(4), lumi: new BigInt64Array(4), nTc: new Float64Array(4) },
      event: BigInt64Array.from([0n, 1n, 2n, 3n].map((k) => first + k)),
      zside: new Int8Array(4).fill(1),
    });
  } else if (name === "event") {
    const { entry, source } = args[0] as { entry: number; source: number };
    call.result({ entry, number: `${source}/${entry}`, n: 2, energy: Float64Array.of(1, 2) });
  } else if (name === "chain") {
    const { chain, params } = args[1] as { chain: string; params: typeof DEFAULT_PARAMS };
    call.result({ chain, params, seeds: [{}], filled: new Float64Array(3), assignment: Int32Array.of(0, 0), record: { isSplit } });
  } else if (name === "remedy") call.result({ label: "a larger window", settings: {} });
  else if (name === "outline") call.result({ layer: args[1], segments: [] });
  else if (name === "survey") call.result({ withoutB: "" });
  else call.result(name === "curve" ? "<svg/>" : null);
} // prettier-ignore

async function createPage(hash = "", prefetch = () => Promise.resolve()): Promise<{ a: Model; b: Model }> {
  place.hash = hash;
  const models = createRoot((dispose) => {
    end = dispose;
    return createModels(prefetch);
  });
  await wait(0);
  return models;
}
const wait = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
/** What the page asked of its own worker; of a survey, the others. */
const argsOf = (name: string): unknown[][] =>
  ToyWorker.calls
    .filter((call) => call.name === name && (call.worker === ToyWorker.made[0]) === (name !== "survey"))
    .map(({ args }) => [...args]);

test("without a link the page shows the prepared event of its own sample, and loads later what it may need", async () => {
  const prefetched = vi.fn(() => Promise.resolve());
  const { a } = await createPage("", prefetched);
  expect(argsOf("open")[0]).toEqual([{ kind: "embedded" }, null]);
  expect([a.entry(), a.cursor(), a.number(), a.layers(), a.view.sample, a.busy()]).toEqual([2, 2, "1/2", 47, "embedded", ""]); // prettier-ignore
  expect([a.offline(), prefetched.mock.calls.length]).toEqual(["loading", 0]);
  await wait(299);
  expect(prefetched.mock.calls.length).toBe(0);
  await wait(1);
  await wait(0);
  expect([a.offline(), argsOf("prefetch").length > 0, prefetched.mock.calls.length]).toEqual(["ready", true, 1]);
});

test("what cannot be loaded for later is told", async () => {
  const { a } = await createPage("", () => Promise.reject(new Error("no")));
  await wait(400);
  expect(a.offline()).toBe("failed");
});

test("the configuration's default events of a sample come before all others", async () => {
  answer = () => Response.json({ ...CATALOG, defaultEvents: [{ particles: "photons", events: ["99", "11"] }, { particles: "pions", pileup: 200, events: ["22"] }, { particles: "pions", pileup: 0, events: ["21"] }] }); // prettier-ignore
  const { a } = await createPage();
  expect([a.entry(), a.defaultEvents()]).toEqual([1, [11n]]);
  a.openSample("pions", null);
  await wait(0);
  expect([a.entry(), a.defaultEvents(), a.view.sample]).toEqual([2, [22n], "pions"]);
  // One that is not in the catalog fits all of them.
  a.openSample("others", null);
  await wait(0);
  expect(a.defaultEvents()).toEqual([22n, 21n]);
  expect(argsOf("open").at(-1)?.[0]).toEqual({ kind: "sample", id: "others", url: "https://example.org/data/others/" });
});

test("a sample without default events begins with its first entry; imported positions go along", async () => {
  answer = () => Response.json({ ...CATALOG, geometry: "cells.parquet" });
  const { a } = await createPage("#sample=photons");
  expect([a.entry(), argsOf("open")[0]]).toEqual([
    0,
    [{ kind: "sample", id: "photons", url: "https://example.org/data/photons/" }, "https://example.org/api/geometry"],
  ]);
});

test("a link says the sample, the entry and what is picked; what its event does not have is no pick", async () => {
  const { a } = await createPage("#sample=photons&entry=3&pick=tc:1");
  expect([a.entry(), a.view.pick, a.picked()]).toEqual([3, "tc:1", { kind: "tc", index: 1 }]);
  const other = await createPage("#sample=photons&entry=3&pick=tc:2");
  expect([other.a.entry(), other.a.view.pick]).toEqual([3, ""]);
});

test("dropped files are opened; of several trees one is chosen", async () => {
  const { a } = await createPage();
  failing = "open";
  const files = [{ name: "x.root" }, { name: "y.root" }] as File[];
  a.openFiles(files);
  await wait(0);
  expect([a.choice()?.text, a.choice()?.trees, a.problem()]).toEqual(["broken", ["a/t", "b/t"], ""]);
  failing = "";
  a.choice()?.choose("b/t");
  await wait(0);
  expect(argsOf("open").at(-1)?.[0]).toEqual({ kind: "files", name: "2 files", files, tree: "b/t" });
  expect([a.choice(), a.view.sample, a.entry()]).toEqual([null, "dropped: 2 files", 0]);
  a.openFiles(files.slice(1));
  await wait(0);
  expect([argsOf("open").at(-1)?.[0], a.view.sample]).toEqual([{ kind: "files", name: "y.root", files: files.slice(1) }, "dropped: y.root"]); // prettier-ignore
});

test("a link to dropped files shows the page's own sample, and asks for them", async () => {
  const { a } = await createPage("#sample=dropped:+x.root");
  await wait(0);
  expect([a.view.sample, a.problem()]).toEqual([
    "embedded",
    "This link was made from files dropped on the page (x.root): drop them again",
  ]);
});

test.each([
  { hash: "", problem: "Cannot open the embedded sample: broken" },
  { hash: "#sample=photons", problem: "Cannot open photons: broken" },
])("what cannot be opened is told: '$hash'", async ({ hash, problem }) => {
  failing = "open";
  const { a } = await createPage(hash);
  expect([a.problem(), a.event(), a.source(), a.number(), a.layers()]).toEqual([problem, null, null, "", 1]);
  // Other files can still be dropped.
  failing = "";
  await wait(400);
  expect(a.offline()).toBe("ready");
});

test("one goes to entries and events that there are", async () => {
  const { a } = await createPage();
  a.goToEntry(0);
  await wait(0);
  expect(a.entry()).toBe(0);
  const reads = argsOf("event").length;
  for (const entry of [-1, 4]) a.goToEntry(entry);
  a.goTo({ by: "entry", text: "0" });
  await wait(0);
  expect([argsOf("event").length, a.problem()]).toEqual([reads, ""]);
  a.setPick({ kind: "tc", index: 1 });
  a.goTo({ by: "event", text: "13", endcap: null });
  await wait(0);
  expect([a.entry(), a.view.pick]).toEqual([3, ""]);
  a.goTo({ by: "event", text: "99", endcap: null });
  expect([a.problem(), a.entry()]).toEqual(["it has no event 99; it has 4 events from 10 to 13", 3]);
  failing = "event";
  a.goToEntry(1);
  await wait(0);
  expect([a.problem(), a.entry(), a.cursor()]).toEqual(["Event 11 cannot be shown: broken", 3, 1]);
  // Once more is a new try.
  failing = "";
  a.goToEntry(1);
  await wait(0);
  expect([a.entry(), a.problem()]).toEqual([1, ""]);
});

test("what a link says is shown: of the open sample without opening it again", async () => {
  const { a } = await createPage();
  a.show({ ...DEFAULT_VIEW, sample: "embedded", layer: 7 }, { by: "entry", text: "1" });
  await wait(0);
  expect([a.entry(), a.view.layer, argsOf("open").length]).toEqual([1, 7, 1]);
  a.show({ ...DEFAULT_VIEW, sample: "embedded", layer: 8 }, null);
  await wait(0);
  expect([a.entry(), a.view.layer, argsOf("open").length]).toEqual([1, 8, 1]);
  a.show({ ...DEFAULT_VIEW, sample: "pions", layer: 9 }, { by: "event", text: "23", endcap: 1 });
  await wait(0);
  expect([a.entry(), a.view.layer, a.view.sample, argsOf("open").length]).toEqual([3, 9, "pions", 2]);
});

test("the address follows what is shown, and the page an address that changes", async () => {
  const { a } = await createPage();
  a.goToEntry(3);
  await wait(0);
  await wait(150);
  expect(place.hash).toBe("#entry=3");
  place.hash = "#entry=1&layer=5";
  worker.dispatchEvent(new Event("hashchange"));
  await wait(0);
  expect([a.entry(), a.view.layer]).toEqual([1, 5]);
});

test.each([
  { hash: "#page=studies", opened: { kind: "embedded" }, entry: 2, after: "#entry=2" },
  {
    hash: "#page=studies&sample=photons&entry=3",
    opened: { kind: "sample", id: "photons", url: "https://example.org/data/photons/" },
    entry: 3,
    after: "#sample=photons&entry=3",
  },
  {
    hash: "#page=studies&sample=photons&event=21&endcap=-1",
    opened: { kind: "sample", id: "photons", url: "https://example.org/data/photons/" },
    entry: 1,
    after: "#sample=photons&entry=1",
  },
])("on pages of studies no sample is open and no worker runs, until one comes to the display: $hash", async ({ hash, opened, entry, after }) => {
  const { a } = await createPage(hash);
  await wait(1000);
  expect([ToyWorker.made.length, a.source(), a.busy()]).toEqual([0, null, ""]);
  // What else changes there leaves the entry of the link.
  a.setView({ theme: "dark" });
  await wait(150);
  expect(new Set(place.hash.slice(1).split("&"))).toEqual(new Set([...hash.slice(1).split("&"), "theme=dark"]));
  a.setView({ page: "event", theme: "auto" });
  await wait(0);
  expect([argsOf("open"), a.entry()]).toEqual([[[opened, null]], entry]);
  await wait(150);
  expect(place.hash).toBe(after);
  // From then on it stays as it is.
  a.setView({ page: "studies" });
  a.setView({ page: "event" });
  await wait(0);
  expect(argsOf("open").length).toBe(1);
}); // prettier-ignore

test("a link from a page of studies to an event opens its sample alone; what cannot be opened is told there", async () => {
  const { a } = await createPage("#page=studies");
  failing = "open";
  place.hash = "#sample=photons&entry=1";
  worker.dispatchEvent(new Event("hashchange"));
  await wait(0);
  expect([a.view.page, a.problem(), a.source()]).toEqual(["event", "Cannot open photons: broken", null]);
  failing = "";
  // Back, which opens nothing, and there again.
  for (const hash of ["#page=studies", "#sample=photons&entry=1"]) {
    place.hash = hash;
    worker.dispatchEvent(new Event("hashchange"));
    await wait(0);
  }
  expect([a.view.page, a.view.sample, a.entry(), argsOf("open").length]).toEqual(["event", "photons", 1, 2]);
});

test("pages of studies have the display loaded for later by a worker that goes again, once", async () => {
  const prefetched = vi.fn(() => Promise.resolve());
  const { a } = await createPage("#page=studies", prefetched);
  a.prepareDisplay();
  a.prepareDisplay();
  await wait(3000);
  expect([argsOf("prefetch").length, prefetched.mock.calls.length]).toEqual([1, 1]);
  await wait(0);
  expect(ToyWorker.made.map(({ isStopped }) => isStopped)).toEqual([true]);
});

test("a particle that is split has a remedy, another one has none", async () => {
  const { a } = await createPage();
  expect([a.remedy(), argsOf("remedy").length]).toEqual([null, 0]);
  isSplit = true;
  a.goToEntry(0);
  await wait(0);
  expect(a.remedy()?.label).toBe("a larger window");
  expect(argsOf("remedy").at(-1)).toEqual([{ source: 1, entry: 0 }, "default", a.params()]);
  failing = "remedy";
  a.goToEntry(1);
  await wait(0);
  expect(a.remedy()).toBe(null);
});

test("the outline of the layer that is shown; of all layers there is none", async () => {
  const { a } = await createPage();
  expect([a.outline(), argsOf("outline").length]).toEqual([null, 0]);
  a.setView({ layer: 7 });
  await wait(0);
  expect([a.outline()?.layer, argsOf("outline")]).toEqual([7, [[1, 7]]]);
  // The next event has the same.
  a.goToEntry(1);
  await wait(0);
  expect(argsOf("outline").length).toBe(1);
  a.setView({ layer: 0 });
  expect(a.outline()).toBe(null);
  failing = "outline";
  a.setView({ layer: 9 });
  await wait(0);
  expect(a.problem()).toBe("Layer 9 cannot be drawn: broken");
});

test("parameters that change are clustered, in any order of their names the same", async () => {
  const { a, b } = await createPage();
  const chains = argsOf("chain").length;
  a.setSettings({ "seed.window": "2", "seed.histoThreshold": "9" });
  await wait(0);
  expect(argsOf("chain").length).toBe(chains + 1);
  const settled = a.settled();
  a.setSettings({ "seed.histoThreshold": "9", "seed.window": "2" });
  await wait(0);
  expect([a.settled(), settled.includes('["seed.histoThreshold","9"],["seed.window","2"]')]).toEqual([settled, true]);
  expect(b.chain()).toBe(null);
  a.setView({ compare: "settings" });
  await wait(0);
  expect(b.chain()?.chain).toBe("default");
});

test("who comes back to the page gets the newest list of samples, or keeps what there is", async () => {
  answer = () => new Response("", { status: 500 });
  const { a } = await createPage();
  expect(a.catalog()).toBe(null);
  const focus = async (): Promise<void> => {
    worker.dispatchEvent(new Event("focus"));
    await wait(0);
  };
  answer = () => Response.json(CATALOG);
  await focus();
  expect(a.catalog()?.samples.length).toBe(2);
  answer = () => new Response("", { status: 404 });
  await focus();
  answer = () => {
    throw new Error("gone");
  };
  await focus();
  expect(a.catalog()?.samples.length).toBe(2);
});

test("what is asked of the open sample names it", async () => {
  const { a } = await createPage();
  a.openSample("pions", null);
  await wait(0);
  expect(await a.curve({} as CurveRequest)).toBe("<svg/>");
  await a.layerOutline(5);
  expect([argsOf("curve"), argsOf("outline")]).toEqual([[[2, {}]], [[2, 5]]]);
});

test("the survey is of the open sample with its settings, and begins anew with another one", async () => {
  const { a } = await createPage();
  await wait(0);
  await wait(600);
  expect(argsOf("survey").at(-1)?.[0]).toMatchObject({ a: { kind: "chain", chain: "default" }, b: null, limit: 1000 });
  expect([a.surveyed(), a.surveyFailed(), a.surveying()]).toEqual(["default [] |  default []", false, false]);
  expect([a.rows(), a.withoutB()]).toEqual([[], ""]);
});
