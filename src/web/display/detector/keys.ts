/** What keys do in the detector view. */
import { type Model } from "../../model/model.js";
import { type Orbit, formatOrbit, otherProjection, parseOrbit, PRESETS } from "./camera.js";

/** A step of the arrow keys [degrees], and of the moves as a part of the distance. */
const TURN = 10;
const MOVE = 0.05;

/** The camera of the picture, fitted or not. */
export function shownOrbit(): Orbit | null {
  return parseOrbit(document.querySelector(".picture canvas")?.getAttribute("data-orbit") ?? "");
}

/** While the view is shown. */
export function detectorKeys({ view, setView }: Model): Record<string, () => void> {
  const change = (next: (orbit: Orbit) => Partial<Orbit>): void => {
    const orbit = shownOrbit();
    if (orbit !== null) setView({ orbit: formatOrbit({ ...orbit, ...next(orbit) }) });
  };
  const turn = (azimuth: number, elevation: number) => (): void =>
    change((orbit) => ({ azimuth: orbit.azimuth + azimuth, elevation: orbit.elevation + elevation }));
  const move = (across: number, up: number) => (): void =>
    change(({ azimuth, distance, x, y, z }) => {
      const angle = (azimuth * Math.PI) / 180;
      const step = MOVE * distance;
      return { x: x + across * step * Math.cos(angle), y: y + up * step, z: z - across * step * Math.sin(angle) };
    });
  return {
    o: () => setView({ projection: otherProjection(view.projection) }),
    "1": () => change(() => PRESETS.front),
    "2": () => change(() => PRESETS.side),
    "3": () => change(() => PRESETS.top),
    "Shift+ArrowLeft": turn(TURN, 0),
    "Shift+ArrowRight": turn(-TURN, 0),
    "Shift+ArrowUp": turn(0, -TURN),
    "Shift+ArrowDown": turn(0, TURN),
    Home: move(-1, 0),
    End: move(1, 0),
    PageUp: move(0, 1),
    PageDown: move(0, -1),
  };
}
