import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attachPlot, showToggles, valueAt } from "./interact.js";
import { type DrawnFigure } from "./protocol.js";

/** What these functions ask of an element. */
class ToyElement extends EventTarget {
  readonly attributes = new Map<string, string>();
  readonly dataset: Record<string, string>;
  /** Selectors that it, or what it is in, answers to. */
  readonly within: readonly string[];
  textContent = "";
  parentElement: ToyElement | null = null;
  box = { left: 0, right: 0, top: 0, bottom: 0 };
  readonly inside = new Map<string, ToyElement[]>();
  captured: number[] = [];

  constructor(within: readonly string[] = [], dataset: Record<string, string> = {}) {
    super();
    this.within = within;
    this.dataset = dataset;
  }
  closest(selector: string): ToyElement | null {
    return this.within.includes(selector) ? this : null;
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  setPointerCapture(id: number): void {
    this.captured.push(id);
  }
  querySelectorAll(selector: string): ToyElement[] {
    return this.inside.get(selector) ?? [];
  }
  querySelector(selector: string): ToyElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  getBoundingClientRect() {
    const { left, right, top, bottom } = this.box;
    return { left, right, top, bottom, width: right - left, height: bottom - top };
  }
  remove(): void {
    this.parentElement = null;
  }
}
beforeAll(() => Object.assign(globalThis, { Element: ToyElement }));
afterAll(() => Reflect.deleteProperty(globalThis, "Element"));

/** A drawing of 200 x 100, twice as large on the screen, with its corner at (10, 20); the second panel has a rule at a radius. */
const frame = { top: 10, bottom: 90, y: { low: 0, high: 1, log: false } };
const FIGURE = {
  ...{ width: 200, height: 100 },
  panels: [
    { ...frame, left: 20, right: 120, x: { low: 0, high: 50, log: false }, isRadius: false },
    { ...frame, left: 140, right: 190, x: { low: 1, high: 100, log: true }, isRadius: true },
  ],
} as unknown as DrawnFigure;
const BOX = { left: 10, right: 410, top: 20, bottom: 220 };

let holder: ToyElement;
let said: unknown[][];
let detach: () => void;

/** Titles in an SVG as boxes on the screen. */
function attach(spots: readonly { text: string; box: ToyElement["box"]; within?: readonly string[] }[] = []): void {
  holder = new ToyElement();
  const svg = new ToyElement();
  svg.box = BOX;
  const titles = spots.map(({ text, box, within }) => {
    const title = new ToyElement();
    title.parentElement = new ToyElement(within);
    title.parentElement.box = box;
    title.textContent = text;
    return title;
  });
  svg.inside.set("title", titles);
  holder.inside.set("svg", [svg]);
  said = [];
  const say =
    (name: string) =>
    (...args: unknown[]): void =>
      void said.push([name, ...args]);
  detach = attachPlot(holder as unknown as HTMLElement, () => FIGURE, {
    hover: say("hover"),
    radius: say("radius"),
    zoom: say("zoom"),
    toggle: say("toggle"),
    band: say("band"),
  });
}
beforeEach(() => attach());

interface How {
  readonly button?: number;
  readonly shiftKey?: boolean;
  readonly pointerType?: string;
  readonly target?: ToyElement;
}

/** An event at a place of the drawing. */
function send(type: string, x: number, y: number, how: How = {}): void {
  const { target, ...rest } = { button: 0, shiftKey: false, pointerType: "mouse", ...how };
  const event = Object.assign(new Event(type), { clientX: 10 + 2 * x, clientY: 20 + 2 * y, pointerId: 7, ...rest });
  if (target !== undefined) Object.defineProperty(event, "target", { value: target });
  holder.dispatchEvent(event);
}
const drag = (from: number, to: number, how: How = {}): void => {
  send("pointerdown", from, 50, how);
  send("pointermove", to, 50, how);
  send("pointerup", to, 50, how);
};
const only = (name: string): unknown[][] => said.filter(([each]) => each === name).map((each) => each.slice(1));

test("the value at a share of an axis, plain and logarithmic, also beyond its ends", () => {
  expect([0, 0.25, 1, 1.5].map((share) => valueAt({ low: 10, high: 50, log: false }, share))).toEqual([10, 20, 50, 70]);
  expect([0, 0.5, 1].map((share) => valueAt({ low: 1, high: 100, log: true }, share))).toEqual([1, 10, 100]);
});

test.each([
  { name: "to the right", from: 45, to: 95, band: [45, 50], range: [12.5, 37.5] },
  { name: "to the left", from: 95, to: 45, band: [45, 50], range: [12.5, 37.5] },
  { name: "beyond the right end", from: 45, to: 150, band: [45, 75], range: [12.5, 50] },
  { name: "beyond the left end", from: 70, to: 0, band: [20, 50], range: [0, 25] },
])("a range is chosen by dragging $name", ({ from, to, band: [left, width], range }) => {
  drag(from, to);
  expect(said).toEqual([
    ["band", { left: left / 200, top: 0.1, width: width / 200, height: 0.8 }],
    ["band", null],
    ["zoom", 0, [expect.closeTo(range[0], 9), expect.closeTo(range[1], 9)]],
  ]);
  expect(holder.captured).toEqual([7]);
});

test("what is dragged beside the frame has no width", () => {
  send("pointerdown", 120, 50);
  send("pointermove", 130, 50);
  expect(only("band")).toEqual([[{ left: 0.6, top: 0.1, width: 0, height: 0.8 }]]);
  send("pointerup", 130, 50);
  expect(only("zoom")).toEqual([]);
});

test.each([
  { name: "a way that is too short", act: () => drag(50, 55.5) },
  { name: "another button", act: () => drag(50, 90, { button: 2 }) },
  { name: "a finger, which scrolls", act: () => drag(50, 90, { pointerType: "touch" }) },
  { name: "what begins beside the panels", act: () => drag(130, 100) },
  {
    name: "what begins on a name of the legend",
    act: () => drag(50, 90, { target: new ToyElement(["[data-toggle]"]) }),
  },
  {
    name: "what the browser ends",
    act() {
      send("pointerdown", 50, 50);
      send("pointercancel", 90, 50);
      send("pointerup", 90, 50);
    },
  },
])("no range is chosen by $name", ({ act }) => {
  act();
  expect(only("zoom")).toEqual([]);
  expect(only("band").at(-1)).toEqual([null]);
});

test("six pixels are a way", () => {
  drag(50, 56);
  expect(only("zoom").length).toBe(1);
  drag(56, 50);
  expect(only("zoom").length).toBe(2);
});

test("the borders of a panel belong to it", () => {
  send("pointermove", 0, 0);
  said.length = 0;
  for (const [x, y] of [[20, 10], [120, 90], [19.5, 50], [120.5, 50], [70, 9.5], [70, 90.5]]) send("dblclick", x, y); // prettier-ignore
  expect(said).toEqual([
    ["zoom", 0, null],
    ["zoom", 0, null],
  ]);
  send("dblclick", 165, 50);
  expect(said.at(-1)).toEqual(["zoom", 1, null]);
});

test("the rule at a radius is where the pointer is, within the axis; with shift a range is chosen", () => {
  drag(165, 200);
  expect(only("radius")).toEqual([[expect.closeTo(10, 9)], [100]]);
  expect([only("zoom"), holder.captured]).toEqual([[], [7]]);
  said.length = 0;
  drag(165, 100, { pointerType: "touch" });
  expect(only("radius")).toEqual([[expect.closeTo(10, 9)], [1]]);
  said.length = 0;
  drag(140, 165, { shiftKey: true });
  expect(only("radius")).toEqual([]);
  expect(only("band")[0]).toEqual([{ left: 0.7, top: 0.1, width: 0.125, height: 0.8 }]);
  expect(only("zoom")).toEqual([[1, [1, expect.closeTo(10, 9)]]]);
});

test("beside the pointer stand the words of the nearest title that is shown and near", () => {
  const box = (left: number, top: number, size: number) => ({ left, top, right: left + size, bottom: top + size });
  attach([
    { text: "point", box: box(100, 100, 4) },
    { text: "bin", box: box(90, 90, 40) },
    { text: "hidden", box: box(200, 100, 4), within: ["[display=none]"] },
    { text: "far", box: box(300, 100, 4) },
  ]);
  const at = (clientX: number, clientY: number): unknown => {
    send("pointermove", (clientX - 10) / 2, (clientY - 20) / 2);
    const [name, text, ...place] = said.pop() ?? [];
    expect([name, ...place]).toEqual(["hover", clientX, clientY]);
    return text;
  };
  // In both boxes: the one whose middle is nearer.
  expect([at(103, 103), at(115, 112)]).toEqual(["point", "bin"]);
  // Up to 20 px away, on each side; a hundredth of the way to the middle counts.
  expect([at(149, 110), at(150, 110), at(71, 110), at(70, 110)]).toEqual(["bin", "", "bin", ""]);
  expect([at(110, 71), at(110, 70), at(110, 149), at(110, 150)]).toEqual(["bin", "", "bin", ""]);
  // Across a corner: 12 and 16 px away make 20.
  expect([at(142, 145), at(142, 146)]).toEqual(["bin", ""]);
  expect([at(202, 102), at(302, 102)]).toEqual(["", "far"]);
  send("pointerleave", 0, 0);
  expect(said).toEqual([["hover", "", 0, 0]]);
});

test("a name of the legend is a switch; after it is detached nothing is heard", () => {
  const name = new ToyElement(["[data-toggle]"]);
  name.setAttribute("data-toggle", "default-chain");
  send("click", 0, 0, { target: name });
  send("click", 0, 0, { target: new ToyElement() });
  expect(said).toEqual([["toggle", "default-chain"]]);
  detach();
  drag(50, 90);
  send("dblclick", 50, 50);
  send("click", 0, 0, { target: name });
  expect(said.length).toBe(1);
});

test("switches say which curves are on, hide those that are off, and answer to enter and the space bar", () => {
  const svg = new ToyElement();
  const [on, off] = ["a", "b"].map((toggle) => new ToyElement([], { toggle }));
  const groups = ["a", "b", "c"].map((series) => new ToyElement([], { series }));
  holder.inside.set("svg[role=img]:has([data-toggle])", [svg]);
  holder.inside.set("[data-toggle]", [on, off]);
  holder.inside.set("[data-series]", groups);
  const toggled: string[] = [];
  showToggles(holder as unknown as HTMLElement, new Set(["b"]), (series) => void toggled.push(series));
  expect(svg.getAttribute("role")).toBe("group");
  const look = (each: ToyElement): unknown[] =>
    ["role", "tabindex", "aria-checked", "opacity"].map((name) => each.getAttribute(name));
  expect([look(on), look(off)]).toEqual([
    ["switch", "0", "true", "1"],
    ["switch", "0", "false", "0.35"],
  ]);
  expect(groups.map((group) => group.getAttribute("display"))).toEqual(["inline", "none", "inline"]);
  for (const key of ["Enter", " ", "a"]) {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { key });
    off.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(key !== "a");
  }
  expect(toggled).toEqual(["b", "b"]);
});
