import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Model } from "../model/model.js";
import { DEFAULT_VIEW } from "../model/view-state.js";
import { createKeys, KEYS, randomEntry } from "./keys.js";

const { said, say } = vi.hoisted(() => {
  const said: unknown[][] = [];
  const say =
    (...first: unknown[]) =>
    (...args: unknown[]): void =>
      void said.push([...first, ...args]);
  return { said, say };
});

// Views and the comparison are components, which only browsers can show.
vi.mock("../chain/Compare.js", () => ({ toggleCompare: () => say("compare")() }));
vi.mock("./views.js", () => {
  const layer = {
    ...{ key: "1", about: "the layer view", fitted: { camera: "" }, help: [["p", "play"]] },
    zoom: (_: unknown, factor: number) => say("zoom", "layer", factor)(),
    keys: { anywhere: () => ({ p: say("play") }) },
  };
  const detector = {
    ...{ key: "2", about: "the detector view", fitted: { orbit: "" } },
    zoom: (_: unknown, factor: number) => say("zoom", "detector", factor)(),
    keys: { shown: () => ({ "Shift+ArrowLeft": say("turn"), "1": say("preset") }) },
  };
  const VIEWS = { layer, detector };
  return { VIEWS, VIEW_LIST: Object.entries(VIEWS) };
});

class ToyElement {
  constructor(readonly tags: readonly string[] = []) {}
  closest(selector: string): ToyElement | null {
    return selector.split(", ").some((tag) => this.tags.includes(tag)) ? this : null;
  }
}
beforeAll(() => Object.assign(globalThis, { Element: ToyElement }));
afterAll(() => Reflect.deleteProperty(globalThis, "Element"));
beforeEach(() => void (said.length = 0));

let help = false;
const modelOf = (view: Partial<typeof DEFAULT_VIEW>, window = 3, events = 5): Model =>
  ({
    view: { ...DEFAULT_VIEW, ...view },
    setView: say("view"),
    setSetting: say("setting"),
    goToEntry: say("entry"),
    cursor: () => 2,
    source: () => (events < 0 ? null : { event: new BigInt64Array(events) }),
    params: () => ({ seed: { window } }),
  }) as unknown as Model;

/** What a key does; whether the browser was told to leave it alone. */
function press(key: string, how: { model?: Model; target?: unknown } & Record<string, unknown> = {}): unknown[] {
  const { model = modelOf({}), target = new ToyElement(), ...more } = how;
  let isTaken = false;
  const event = { key, target, preventDefault: () => (isTaken = true), ...more } as unknown as KeyboardEvent;
  createKeys(model, { help: () => help, setHelp: say("help") })(event);
  const done = said.splice(0);
  expect(isTaken).toBe(done.length > 0);
  return done.flat();
}

test.each<{ key: string; wanted: unknown[] }>([
  { key: "ArrowLeft", wanted: ["entry", 1] },
  { key: "ArrowRight", wanted: ["entry", 3] },
  { key: "b", wanted: ["compare"] },
  { key: "c", wanted: ["view", { colour: "energy" }] },
  { key: "[", wanted: ["setting", "seed.window", "2"] },
  { key: "]", wanted: ["setting", "seed.window", "4"] },
  { key: "+", wanted: ["zoom", "layer", 0.8] },
  { key: "=", wanted: ["zoom", "layer", 0.8] },
  { key: "-", wanted: ["zoom", "layer", 1.25] },
  { key: "f", wanted: ["view", { camera: "", orbit: "" }] },
  { key: "Escape", wanted: ["view", { pick: "" }] },
  { key: "?", wanted: ["help", true] },
  { key: "1", wanted: ["view", { view: "layer", camera: "" }] },
  { key: "2", wanted: ["view", { view: "detector", camera: "" }] },
  { key: "p", wanted: ["play"] },
  { key: "x", wanted: [] },
])("the key $key does $wanted", ({ key, wanted }) => {
  expect(press(key)).toEqual(wanted);
});

test("keys of the view that is shown go before those of all; with shift first its own, then the plain one", () => {
  const model = modelOf({ view: "detector" });
  expect(press("1", { model })).toEqual(["preset"]);
  expect(press("ArrowLeft", { model, shiftKey: true })).toEqual(["turn"]);
  expect(press("ArrowLeft", { shiftKey: true })).toEqual(["entry", 1]);
  expect(press("ArrowLeft", { model })).toEqual(["entry", 1]);
  expect(press("+", { model, shiftKey: true })).toEqual(["zoom", "detector", 0.8]);
});

test("colours go there and back; escape ends the tour before it unpicks", () => {
  expect(press("c", { model: modelOf({ colour: "energy" }) })).toEqual(["view", { colour: "cluster" }]);
  expect(press("Escape", { model: modelOf({ tour: 1 }) })).toEqual(["view", { tour: 0 }]);
});

test("the seeding window stays between 1 and 10; 1 is the default", () => {
  const window = (key: string, now: number): unknown[] => press(key, { model: modelOf({}, now) }).slice(2);
  expect([window("[", 2), window("]", 9)]).toEqual([[null], ["10"]]);
  const [low, high] = [modelOf({}, 1), modelOf({}, 10)];
  const setup = { help: () => false, setHelp: say("help") };
  for (const [model, key] of [[low, "["], [high, "]"]] as const) {
    createKeys(model, setup)({ key, target: null, preventDefault: () => undefined } as unknown as KeyboardEvent);
  }
  expect(said).toEqual([]);
}); // prettier-ignore

test("what is typed, and what is the browser's, is left alone", () => {
  for (const tag of ["input", "select", "textarea", "summary", "[role=grid]"]) {
    const target = new ToyElement([tag]);
    expect([press("r", { target }), press("Escape", { target })]).toEqual([[], ["view", { pick: "" }]]);
  }
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) expect(press("c", { [modifier]: true })).toEqual([]);
  const button = new ToyElement(["button"]);
  expect([press(" ", { target: button }), press("p", { target: button })]).toEqual([[], ["play"]]);
  expect(press("p", { target: "the document" })).toEqual(["play"]);
});

test("while the help is open only its own keys do something", () => {
  help = true;
  expect([press("c"), press("?"), press("Escape")]).toEqual([[], ["help", false], ["help", false]]);
  help = false;
});

test("a random event is any other one", () => {
  const found = new Set<unknown>();
  const random = vi.spyOn(Math, "random");
  for (let k = 0; k < 8; k++) {
    random.mockReturnValue(k / 8);
    randomEntry(modelOf({}));
    found.add(said.pop()?.[1]);
  }
  random.mockRestore();
  expect([...found].map(Number).toSorted((one, other) => one - other)).toEqual([0, 1, 3, 4]);
  for (const events of [1, 0, -1]) randomEntry(modelOf({}, 3, events));
  expect(said).toEqual([]);
  randomEntry(modelOf({}, 3, 2));
  expect(said).toEqual([["entry", 1]]);
});

test("the help has all keys, those of each view after the key that opens it", () => {
  const keys = KEYS.map(([key]) => key);
  expect(keys.slice(2, 5)).toEqual(["1", "p", "2"]);
  expect(keys).toContain("esc");
});
