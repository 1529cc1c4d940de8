import { createRoot } from "solid-js";
import { createStore } from "solid-js/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { type ChainView, type EventView } from "../data/protocol.js";
import { clusterColour, clusterPattern } from "../ui/colours.js";
import { createSides, dataUrl } from "./sides.js";
import { DEFAULT_VIEW, type ViewState } from "./view-state.js";

beforeAll(() => Object.assign(globalThis, { document: { baseURI: "https://example.org/page/" } }));
afterAll(() => Reflect.deleteProperty(globalThis, "document"));

const EVENT = { n: 5, energy: Float64Array.of(1, 1, 2, 4, 8) } as unknown as EventView;

/** Clusters by the seed of each of the five cells. */
function chainOf(assignment: readonly number[], seeds = Math.max(...assignment) + 1): ChainView {
  return {
    assignment: Int32Array.from(assignment),
    seeds: Array.from({ length: seeds }, () => ({})),
    filled: new Float64Array(7),
    params: { ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, window: 3 } },
  } as unknown as ChainView;
}

/** Seed 0 of A is seed 1 of B, and the other way round; B alone has seed 2. */
const A = chainOf([0, 0, 1, 1, -1]);
const B = chainOf([1, 1, 0, 0, 2]);

function createPair(change: Partial<ViewState>, a: ChainView | null = A, b: ChainView | null = B, event = EVENT) {
  const [view, setView] = createStore<ViewState>({ ...DEFAULT_VIEW, ...change });
  const sides = createRoot(() =>
    createSides({
      view,
      setView,
      event: () => event,
      layers: () => 50,
      chains: () => ({ a, b }),
      settled: (side) => `settled ${side}`,
    }),
  );
  return { view, setView, ...sides };
}

test("a sample's address is below the page's, whatever is in its name", () => {
  expect(dataUrl("runs/a b/ü#1")).toBe("https://example.org/page/data/runs/a%20b/%C3%BC%231/");
});

test("partners have A's look on both sides; those without one the next looks after A's", () => {
  const { a, b } = createPair({ compare: "settings" });
  const looks = (side: typeof a): unknown[] => [0, 1, 2].map((seed) => [side.colourOf(seed), side.patternOf(seed)]);
  const look = (seed: number): unknown => [clusterColour(seed), clusterPattern(seed)];
  expect(looks(a)).toEqual([look(0), look(1), look(2)]);
  expect(looks(b)).toEqual([look(1), look(0), look(2)]);
  // Two of three without a partner: A has one seed.
  const many = createPair({ compare: "settings" }, chainOf([0, 0, -1, -1, -1]), chainOf([1, 1, 0, 2, 2]));
  expect(looks(many.b)).toEqual([look(1), look(0), look(2)]);
  const none = createPair({ compare: "settings" }, null, B);
  expect([none.difference(), ...looks(none.b)]).toEqual([null, look(0), look(1), look(2)]);
});

test("what differs is known of two clusterings of the event that is shown", () => {
  const { a, b, difference } = createPair({ compare: "settings" });
  expect([...(a.differs() ?? [])]).toEqual([0, 0, 0, 0, 1]);
  expect(b.differs()).toEqual(a.differs());
  expect([...(difference()?.partner ?? [])]).toEqual([1, 0]);
  expect(createPair({}, A, null).a.differs()).toBe(null);
  expect(createPair({}, null, B).a.differs()).toBe(null);
  // One of the sides is still that of the event before.
  expect(createPair({}, chainOf([0]), B).a.differs()).toBe(null);
  expect(createPair({}, A, chainOf([0])).a.differs()).toBe(null);
  expect([a.settled(), b.settled(), a.side, b.side]).toEqual(["settled A", "settled B", "A", "B"]);
});

test.each<{ pick: string; a: string; b: string }>([
  { pick: "", a: "", b: "" },
  { pick: "seed:0", a: "seed:0", b: "seed:1" },
  { pick: "seed:1", a: "seed:1", b: "seed:0" },
  { pick: "seed:2", a: "", b: "" },
  { pick: "seedb:0", a: "seed:1", b: "seed:0" },
  { pick: "seedb:2", a: "", b: "seed:2" },
  { pick: "seedb:3", a: "", b: "" },
  { pick: "tc:4", a: "tc:4", b: "tc:4" },
  { pick: "tc:5", a: "", b: "" },
  { pick: "bin:6", a: "bin:6", b: "bin:6" },
  { pick: "bin:7", a: "", b: "" },
  { pick: "wafer:99", a: "wafer:99", b: "wafer:99" },
])("of the pick $pick A shows '$a' and B '$b'", ({ pick, a, b }) => {
  const pair = createPair({ compare: "settings", pick });
  const shown = [pair.a.picked(), pair.b.picked()].map((each) => (each === null ? "" : `${each.kind}:${each.index}`));
  expect(shown).toEqual([a, b]);
});

test("without a side B nothing of it is picked", () => {
  const { a, b } = createPair({ pick: "seedb:0" }, A, null);
  expect([a.picked(), b.picked()]).toEqual([null, null]);
});

test("who picks says on which side a seed is; other things are the same on both", () => {
  const { view, a, b } = createPair({ compare: "settings" });
  const picks: string[] = [];
  for (const side of [a, b]) {
    for (const picked of [{ kind: "seed", index: 1 }, { kind: "tc", index: 3 }, null] as const) {
      side.setPick(picked);
      picks.push(view.pick);
    }
  }
  expect(picks).toEqual(["seed:1", "tc:3", "", "seedb:1", "tc:3", ""]);
});

test("each side has its chain, settings and parameters; null resets a setting", () => {
  const { view, a, b } = createPair({ compare: "settings", pick: "tc:1" });
  a.setChainName("cs");
  expect([view.chain, view.bChain, view.pick]).toEqual(["cs", "default", ""]);
  a.setPick({ kind: "tc", index: 1 });
  b.setChainName("cs");
  expect([a.chainName(), b.chainName(), view.pick]).toEqual(["cs", "cs", ""]);
  a.setSetting("seed.window", "2");
  b.setSetting("seed.window", "4");
  b.setSetting("seed.histoThreshold", "5");
  expect([a.settings(), b.settings()]).toEqual([
    { "seed.window": "2" },
    { "seed.window": "4", "seed.histoThreshold": "5" },
  ]);
  expect([a.params().seed.window, b.params().seed.window, b.params().seed.histoThreshold]).toEqual([2, 4, 5]);
  expect([a.setting(), b.setting()]).toEqual([
    { kind: "chain", chain: "cs", params: a.params() },
    { kind: "chain", chain: "cs", params: b.params() },
  ]);
});

test("a null resets one setting; what cannot work leaves the last that does, and says why", () => {
  const { setView, view, a } = createPair({});
  a.setSettings({ "seed.window": "2" });
  expect(a.params().seed.window).toBe(2);
  a.setSetting("seed.window", "-3");
  expect([a.params().seed.window, a.settingsError()]).toEqual([2, expect.stringContaining("seed.window")]);
  setView({ settings: { "seed.window": "5" } });
  expect([a.params().seed.window, a.settingsError(), view.settings["seed.window"]]).toEqual([5, "", "5"]);
});

test("side B is nothing, other settings, or a stored run with the parameters that it was made with", () => {
  expect(createPair({}).b.setting()).toBe(null);
  const { b } = createPair({ compare: "run:runs/x", bChain: "cs", bSettings: { "seed.window": "2" } });
  expect(b.setting()).toEqual({
    kind: "run",
    id: "runs/x",
    url: "https://example.org/page/data/runs/x/",
    chain: "cs",
  });
  expect(b.params().seed.window).toBe(3);
  expect(createPair({ compare: "run:runs/x" }, A, null).b.params()).toEqual(DEFAULT_PARAMS);
  expect(createPair({ compare: "settings", bSettings: { "seed.window": "2" } }).b.params().seed.window).toBe(2);
});
