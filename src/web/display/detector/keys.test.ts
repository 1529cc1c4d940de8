import { afterAll, beforeAll, expect, test } from "vitest";
import { type Model } from "../../model/model.js";
import { DEFAULT_VIEW, type ViewState } from "../../model/view-state.js";
import { formatOrbit, type Orbit, parseOrbit } from "./camera.js";
import { detectorKeys, shownOrbit } from "./keys.js";

const ORBIT: Orbit = { azimuth: 30, elevation: 10, distance: 400, x: 5, y: 6, z: 350 };
let shown: string | null = formatOrbit(ORBIT);

beforeAll(() =>
  Object.assign(globalThis, {
    document: {
      querySelector: (selector: string) =>
        selector !== ".picture canvas" || shown === null
          ? null
          : { getAttribute: (name: string) => (name === "data-orbit" ? shown : null) },
    },
  }),
);
afterAll(() => Reflect.deleteProperty(globalThis, "document"));

/** What a key changes in the link. */
function press(key: string, view: Partial<ViewState> = {}): Partial<ViewState> {
  let change: Partial<ViewState> = {};
  const model = { view: { ...DEFAULT_VIEW, ...view }, setView: (next: Partial<ViewState>) => (change = next) };
  detectorKeys(model as unknown as Model)[key]();
  return change;
}

// A step is 5 % of the distance: 20 cm; across is along (cos 30°, 0, −sin 30°).
const [ALONG_X, ALONG_Z] = [20 * Math.cos(Math.PI / 6), -20 * Math.sin(Math.PI / 6)];
test.each<{ key: string; to: Partial<Orbit> }>([
  { key: "Shift+ArrowLeft", to: { azimuth: 40 } },
  { key: "Shift+ArrowRight", to: { azimuth: 20 } },
  { key: "Shift+ArrowUp", to: { elevation: 0 } },
  { key: "Shift+ArrowDown", to: { elevation: 20 } },
  { key: "Home", to: { x: 5 - ALONG_X, z: 350 - ALONG_Z } },
  { key: "End", to: { x: 5 + ALONG_X, z: 350 + ALONG_Z } },
  { key: "PageUp", to: { y: 26 } },
  { key: "PageDown", to: { y: -14 } },
  { key: "1", to: { azimuth: 0, elevation: 0 } },
  { key: "2", to: { azimuth: -90, elevation: 0 } },
  { key: "3", to: { azimuth: -90, elevation: 90 } },
])("$key moves the camera to $to", ({ key, to }) => {
  const { orbit = "" } = press(key);
  const found = parseOrbit(orbit);
  for (const [name, value] of Object.entries({ ...ORBIT, ...to })) {
    expect(found?.[name as keyof Orbit], name).toBeCloseTo(value, 2);
  }
});

test("o changes the projection, there and back", () => {
  expect(press("o")).toEqual({ projection: "orthographic" });
  expect(press("o", { projection: "orthographic" })).toEqual({ projection: "perspective" });
});

test("without a picture there is no camera to move", () => {
  shown = null;
  expect([shownOrbit(), press("Home")]).toEqual([null, {}]);
  shown = "";
  expect(shownOrbit()).toBe(null);
});
