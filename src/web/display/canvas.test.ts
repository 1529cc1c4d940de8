import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDark } from "../ui/theme.js";
import { type Surface } from "../ui/surface.js";
import { createCanvas } from "./canvas.js";

let said: unknown[][];
let resized: (boxes: { contentRect: { width: number; height: number } }[]) => void;
const names = ["ResizeObserver", "devicePixelRatio", "matchMedia", "document"];
beforeEach(() => {
  said = [];
  class ToyObserver {
    constructor(callback: typeof resized) {
      resized = callback;
    }
    observe(element: unknown): void {
      said.push(["observe", element]);
    }
    disconnect(): void {
      said.push(["disconnect"]);
    }
  }
  Object.assign(globalThis, { ResizeObserver: ToyObserver, devicePixelRatio: 3 });
});
afterEach(() => {
  for (const name of names) Reflect.deleteProperty(globalThis, name);
});

const say = (name: string) => (...args: unknown[]): void => void said.push([name, ...args]); // prettier-ignore
const painter = { resize: say("resize"), dispose: say("dispose"), paint: say("paint") } as unknown as Surface;

function create(make: (() => Surface) | null) {
  const canvas = Object.assign(new EventTarget(), {}) as unknown as HTMLCanvasElement;
  const host = {} as HTMLDivElement;
  let dispose = (): void => undefined;
  const made = createRoot((end) => {
    dispose = end;
    const state = createCanvas<Surface>(make, () => null);
    state.setHost(host);
    state.setCanvas(canvas);
    return state;
  });
  return { ...made, canvas, host, dispose };
}

test("what draws has the size of its place, with at most two pixels for one, until it goes", () => {
  const { size, host, dispose, painter: shown } = create(() => painter);
  expect([shown(), size(), said]).toEqual([painter, { width: 800, height: 600 }, [["observe", host], ["resize", 800, 600, 2]]]); // prettier-ignore
  said = [];
  resized([{ contentRect: { width: 300, height: 200 } }]);
  // A hidden place has no size.
  resized([{ contentRect: { width: 0, height: 200 } }]);
  resized([{ contentRect: { width: 300, height: 0 } }]);
  expect([size(), said]).toEqual([{ width: 300, height: 200 }, [["resize", 300, 200, 2]]]);
  said = [];
  dispose();
  expect(said).toEqual([["disconnect"], ["dispose"]]);
});

test("without WebGL, or when it is lost, people are told; when it comes back it is drawn again", () => {
  const broken = create(() => {
    throw new Error("no WebGL");
  });
  expect([broken.painter(), broken.trouble().includes("no WebGL")]).toEqual([null, true]);
  const { canvas, trouble } = create(() => painter);
  const lost = new Event("webglcontextlost", { cancelable: true });
  canvas.dispatchEvent(lost);
  expect([lost.defaultPrevented, trouble().includes("context was lost")]).toEqual([true, true]);
  said = [];
  canvas.dispatchEvent(new Event("webglcontextrestored"));
  expect([trouble(), said]).toEqual(["", [["paint"]]]);
  expect(create(null).painter()).toBe(null);
});

test("what is under the pointer is hovered, where there is something and the pointer is there", () => {
  const { hover, hoverAt } = create(null);
  const at = hoverAt((px) => (px > 10 ? { kind: "tc", index: px } : null));
  at(20, 30);
  expect(hover()).toEqual({ kind: "tc", index: 20, x: 20, y: 30 });
  at(5, 30);
  expect(hover()).toBe(null);
  at(20, 30);
  at();
  expect(hover()).toBe(null);
  at(20, 30);
  at(20);
  expect(hover()).toBe(null);
});

test("dark is what the link says, else what the system is", () => {
  const system = Object.assign(new EventTarget(), { matches: false });
  const dataset: Record<string, string> = {};
  Object.assign(globalThis, { matchMedia: () => system, document: { documentElement: { dataset } } });
  const [theme, setTheme] = createSignal<"auto" | "light" | "dark">("auto");
  const { dark, dispose } = createRoot((end) => ({ dark: createDark(theme), dispose: end }));
  const all = (): unknown[] =>
    (["auto", "light", "dark"] as const).map((each) => {
      setTheme(each);
      return [dark(), dataset["theme"]];
    });
  const [isDark, isLight] = [[true, "dark"], [false, "light"]]; // prettier-ignore
  expect(all()).toEqual([isLight, isLight, isDark]);
  const turn = (matches: boolean): void => {
    system.matches = matches;
    system.dispatchEvent(new Event("change"));
  };
  turn(true);
  expect(all()).toEqual([isDark, isLight, isDark]);
  dispose();
  turn(false);
  setTheme("auto");
  expect(dark()).toBe(true);
});
