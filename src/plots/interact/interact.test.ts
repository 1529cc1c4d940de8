import { expect, test } from "vitest";
import { attachPlot, type PlotEvents, switched } from "./interact.js";

const AXIS = { low: 0, high: 10, log: false };
/** Two panels side by side in a drawing of 400 x 200: a plain one, and one with a rule at a radius. */
const PANELS = [
  { left: 20, right: 120, top: 10, bottom: 110, x: AXIS, y: AXIS, isRadius: false },
  { left: 220, right: 320, top: 10, bottom: 110, x: { low: 1, high: 100, log: true }, y: AXIS, isRadius: true },
];

interface Look {
  /** What is under the pointer, as a selector. */
  readonly over?: string;
  readonly key?: string;
}

/** A plot at (100, 50), half as large as it is drawn, of which only the listeners are real; and what they said. */
function stage(panels = PANELS) {
  const said: unknown[][] = [];
  const names = ["hover", "radius", "zoom", "pick", "toggle", "band"] as const;
  const events = Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => void said.push([name, ...args])]),
  ) as unknown as PlotEvents;
  let removed = 0;
  const at = (x: number, y: number) => ({ left: 100 + x, right: 104 + x, top: 50 + y, bottom: 54 + y });
  const title = {
    textContent: "a point",
    parentElement: { closest: () => null, getBoundingClientRect: () => at(30, 30) },
    remove: () => void removed++,
  };
  const svg = {
    getBoundingClientRect: () => ({ left: 100, top: 50, width: 200, height: 100 }),
    querySelectorAll: (selector: string) => (selector === "title" ? [title] : []),
  };
  let over = "svg";
  const holder = Object.assign(new EventTarget(), {
    querySelector: () => svg,
    setPointerCapture: () => undefined,
    closest: (selector: string) =>
      over.startsWith(selector) ? { getAttribute: () => over.slice(selector.length + 1) } : null,
  });
  const detach = attachPlot(
    holder as unknown as HTMLElement,
    () => ({ width: 400, height: 200, csv: "panel,series,mark,x,y\n", panels }),
    events,
  );
  /** At a place of the drawing. */
  const send = (type: string, x: number, y: number, more: Look & Record<string, unknown> = {}): boolean => {
    over = more.over ?? "svg";
    const event = Object.assign(new Event(type, { cancelable: true }), {
      ...{ clientX: 100 + x / 2, clientY: 50 + y / 2, button: 0, pointerId: 1, pointerType: "mouse", shiftKey: false },
      ...more,
    });
    return holder.dispatchEvent(event);
  };
  return { send, said, detach, removed: () => removed };
}

test("hovering says the words of the nearest mark, which browsers no longer show themselves", () => {
  const { send, said, removed } = stage();
  send("pointermove", 64, 64);
  send("pointermove", 300, 150);
  send("pointermove", 64, 64, { over: "button" });
  send("pointerleave", 64, 64);
  expect(said).toEqual([
    ["hover", "a point", 132, 82],
    ["hover", "", 250, 125],
    ["hover", "", 132, 82],
    ["hover", "", 0, 0],
  ]);
  expect(removed()).toBe(1);
});

test.each([
  { name: "to the right", from: 40, to: 90, want: [2, 7] },
  { name: "to the left", from: 90, to: 40, want: [2, 7] },
  { name: "beyond the end of the panel", from: 40, to: 390, want: [2, 10] },
])("dragging a range zooms: $name", ({ from, to, want }) => {
  const { send, said } = stage();
  send("pointerdown", from, 50);
  send("pointermove", to, 60);
  send("pointerup", to, 60);
  const [left, right] = [Math.min(from, to), Math.min(Math.max(from, to), 120)];
  expect(said).toEqual([
    ["band", { left: left / 400, top: 0.05, width: (right - left) / 400, height: 0.5 }],
    ["band", null],
    ["zoom", 0, want],
  ]);
});

test("what is dragged is as wide as the way, however short, and nothing before the first step", () => {
  const { send, said } = stage();
  send("pointerdown", 40, 50);
  for (const x of [40, 40.5, 39]) send("pointermove", x, 50);
  const widths = said.map(([name, box]) => [name, (box as { width: number }).width * 400]);
  expect(widths).toEqual([0, 0.5, 1].map((width) => ["band", expect.closeTo(width, 9)]));
});

test("a double click shows the whole axis again", () => {
  const { send, said } = stage();
  send("dblclick", 250, 50);
  send("dblclick", 150, 50);
  expect(said).toEqual([["zoom", 1, null]]);
});

test("a click picks the values at its place and the words of what is there", () => {
  const { send, said } = stage();
  send("pointerdown", 70, 60);
  send("pointerup", 74, 60);
  expect(said).toEqual([
    ["band", null],
    ["pick", 0, 5.4, 5, "a point"],
  ]);
});

test("a rule follows the pointer from the press on, to the ends of its axis; with shift a range is dragged there", () => {
  const { send, said } = stage();
  send("pointerdown", 270, 50);
  send("pointermove", 320, 50);
  send("pointermove", 390, 50);
  send("pointerup", 390, 50);
  expect(said.map(([name, value]) => [name, typeof value === "number" ? Number(value.toFixed(9)) : value])).toEqual([
    ["radius", 10],
    ["radius", 100],
    ["radius", 100],
    ["band", null],
  ]);
  said.length = 0;
  for (const [type, x] of [
    ["pointerdown", 220],
    ["pointermove", 270],
    ["pointerup", 270],
  ] as const)
    send(type, x, 50, { shiftKey: true });
  const [, , zoom] = said;
  expect(zoom.slice(0, 2)).toEqual(["zoom", 1]);
  expect((zoom[2] as number[]).map((value) => Number(value.toFixed(9)))).toEqual([1, 10]);
});

test.each([
  { name: "another button", more: { button: 2 }, said: [["band", null]] },
  { name: "outside of the panels", x: 150, said: [["band", null]] },
  { name: "without panels", panels: [], said: [["band", null]] },
])("nothing is dragged: $name", ({ more, x = 40, panels, said: want }) => {
  const { send, said } = stage(panels);
  send("pointerdown", x, 150, more);
  send("pointerup", x + 50, 150, more);
  expect(said).toEqual(want);
});

test("what the system interrupts chooses nothing and says nothing", () => {
  const { send, said } = stage();
  send("pointerdown", 40, 50);
  send("pointercancel", 90, 50);
  send("pointerup", 90, 50);
  expect(said).toEqual([
    ["band", null],
    ["hover", "", 0, 0],
    ["band", null],
  ]);
});

test("a finger reads values and moves rules, but drags no ranges: it scrolls", () => {
  const { send, said } = stage();
  const touch = { pointerType: "touch" };
  send("pointerdown", 64, 64, touch);
  send("pointerup", 64, 64, touch);
  send("pointerleave", 64, 64, touch);
  send("pointerdown", 220, 50, touch);
  expect(said).toEqual([
    ["hover", "a point", 132, 82],
    ["band", null],
    ["radius", expect.closeTo(1, 9)],
  ]);
});

test("entries of the legend switch curves, by clicks and keys, and are no place to drag from", () => {
  const { send, said } = stage();
  const over = "[data-toggle]=pions";
  send("pointerdown", 40, 50, { over });
  send("pointerup", 90, 50, { over });
  send("click", 40, 50, { over });
  expect(send("keydown", 0, 0, { over, key: "Enter" })).toBe(false);
  expect(send("keydown", 0, 0, { over, key: " " })).toBe(false);
  expect(send("keydown", 0, 0, { over, key: "a" })).toBe(true);
  expect(send("keydown", 0, 0, { key: "Enter" })).toBe(true);
  send("click", 40, 50);
  expect(said).toEqual([["band", null], ...Array.from({ length: 3 }, () => ["toggle", "pions"])]);
});

test("what is detached hears nothing", () => {
  const { send, said, detach } = stage();
  detach();
  for (const type of ["pointermove", "pointerdown", "pointerup", "pointerleave", "dblclick"]) send(type, 64, 64);
  expect(said).toEqual([]);
});

test("a series is switched off and on, the set that was stays as it was", () => {
  const none: ReadonlySet<string> = new Set();
  const one = switched(none, "a");
  expect([[...none], [...one], [...switched(one, "b")], [...switched(one, "a")]]).toEqual([[], ["a"], ["a", "b"], []]);
});
