import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Model } from "../../model/model.js";
import { DEFAULT_VIEW, type ViewState } from "../../model/view-state.js";
import { togglePlay } from "./play.js";
import { zoomPlane } from "./zoom.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(globalThis, "document");
});

function createModel(layers: number) {
  const view: ViewState = { ...DEFAULT_VIEW, view: "detector" };
  const model = {
    view,
    setView: (change: Partial<ViewState>) => void Object.assign(view, change),
    layers: () => layers,
  } as unknown as Model;
  return { view, model };
}

test("playing shows each layer for 350 ms, the first one at once, and all of them at the end", () => {
  const { view, model } = createModel(3);
  togglePlay(model);
  expect([view.view, view.layer]).toEqual(["layer", 1]);
  vi.advanceTimersByTime(349);
  expect(view.layer).toBe(1);
  const seen = [1, 2, 3, 4].map(() => {
    vi.advanceTimersByTime(350);
    return view.layer;
  });
  expect(seen).toEqual([2, 3, 0, 0]);
  // Again, and stopped in the middle.
  togglePlay(model);
  vi.advanceTimersByTime(350);
  togglePlay(model);
  vi.advanceTimersByTime(3500);
  expect(view.layer).toBe(2);
  // Who chooses all layers ends it.
  togglePlay(model);
  Object.assign(view, { layer: 0 });
  vi.advanceTimersByTime(350);
  expect(view.layer).toBe(0);
  togglePlay(model);
  expect(view.layer).toBe(1);
  togglePlay(model);
});

test("keys zoom from the camera that the picture has", () => {
  const { view, model } = createModel(3);
  let camera: string | null = "1,2,4";
  const canvas = { getAttribute: (name: string) => (name === "data-camera" ? camera : null) };
  Object.assign(globalThis, {
    document: { querySelector: (at: string) => (at === ".picture canvas" ? canvas : null) },
  });
  zoomPlane(model, 0.5);
  expect(view.camera).toBe("1,2,2");
  camera = null;
  zoomPlane(model, 0.5);
  camera = "1,2,0";
  zoomPlane(model, 0.5);
  expect(view.camera).toBe("1,2,2");
});
