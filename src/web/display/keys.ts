/** What keys do. The help page shows this table. */
import { toggleCompare } from "../chain/Compare.js";
import { detectorKeys, shownOrbit } from "./detector/keys.js";
import { formatOrbit } from "./detector/camera.js";
import { type Model } from "../model/model.js";

export const KEYS: readonly (readonly [key: string, meaning: string])[] = [
  ["← →", "previous, next event"],
  ["↑ ↓", "next, previous layer"],
  ["space", "play through the layers, or stop"],
  ["a", "all layers"],
  ["r", "random event"],
  ["l d h", "layer view, detector view, histogram view"],
  ["1 2 3", "detector from the front, the side, the top"],
  ["o", "detector in perspective, or not"],
  ["⇧ ← → ↑ ↓", "turn the detector; home, end, page up, page down move it"],
  ["u", "coarse-seeding view: wafers, and regions in (U, V)"],
  ["b", "two settings side by side, A | B"],
  ["c", "colour by cluster or by energy"],
  ["[ ]", "smaller, larger seeding window"],
  ["+ −", "zoom in, out"],
  ["f", "fit the view to the particle"],
  ["esc", "unpick; close this help or the tour"],
  ["?", "this help"],
];

/** Time that each layer is shown when they play [ms]. */
const PLAY = 350;
const LAYERS = 50;

let playing: ReturnType<typeof setInterval> | undefined;

/** Starts or stops playing through the layers. */
export function togglePlay({ view, setView }: Model): void {
  if (playing !== undefined) {
    clearInterval(playing);
    playing = undefined;
    return;
  }
  setView({ view: "layer", layer: 1 });
  playing = setInterval(() => {
    if (view.layer === 0 || view.layer >= LAYERS) {
      clearInterval(playing);
      playing = undefined;
      setView({ layer: 0 });
    } else setView({ layer: view.layer + 1 });
  }, PLAY);
}

export function randomEntry(model: Model): void {
  const n = model.source()?.event.length ?? 0;
  if (n > 1) model.goToEntry((model.cursor() + 1 + Math.floor(Math.random() * (n - 1))) % n);
}

export function createKeys(
  model: Model,
  { help, setHelp }: { help: () => boolean; setHelp: (open: boolean) => void },
): (event: KeyboardEvent) => void {
  const { view, setView } = model;
  const window = (step: number): void => {
    const value = model.params().seed.window + step;
    if (value >= 1 && value <= 10) model.setSetting("seed.window", value === 1 ? null : String(value));
  };
  const zoom = (factor: number): void => {
    const orbit = shownOrbit();
    if (orbit !== null) setView({ orbit: formatOrbit({ ...orbit, distance: factor * orbit.distance }) });
    const text = document.querySelector(".picture canvas")?.getAttribute("data-camera") ?? "";
    const [x, y, half] = text.split(",").map(Number);
    if (half > 0) setView({ camera: [x, y, half * factor].join(",") });
  };
  const actions: Record<string, () => void> = {
    ArrowLeft: () => model.goToEntry(model.cursor() - 1),
    ArrowRight: () => model.goToEntry(model.cursor() + 1),
    ArrowUp: () => setView({ view: "layer", layer: Math.min(LAYERS, view.layer + 1) }),
    ArrowDown: () => setView({ view: "layer", layer: Math.max(0, view.layer - 1) }),
    " ": () => togglePlay(model),
    a: () => setView({ view: "layer", layer: 0 }),
    r: () => randomEntry(model),
    l: () => setView({ view: "layer", camera: "" }),
    h: () => setView({ view: "histogram", camera: "" }),
    u: () => setView({ view: "coarse", camera: "" }),
    b: () => toggleCompare(model),
    c: () => setView({ colour: view.colour === "cluster" ? "energy" : "cluster" }),
    "[": () => window(-1),
    "]": () => window(1),
    "+": () => zoom(0.8),
    "=": () => zoom(0.8),
    "-": () => zoom(1.25),
    f: () => setView({ camera: "", orbit: "", hexes: "" }),
    ...detectorKeys(model),
    Escape: () => (help() ? setHelp(false) : setView(view.tour > 0 ? { tour: 0 } : { pick: "" })),
    "?": () => setHelp(!help()),
  };
  return (event) => {
    const { target } = event;
    const isTyping =
      target instanceof Element && target.closest("input, select, textarea, summary, [role=grid]") !== null;
    const isButton = target instanceof Element && target.closest("button, a") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && event.key !== "Escape")) return;
    if (isButton && event.key === " ") return;
    if (help() && event.key !== "Escape" && event.key !== "?") return;
    const action = (event.shiftKey ? actions[`Shift+${event.key}`] : undefined) ?? actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}
