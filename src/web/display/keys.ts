/** What keys do. The help page shows this table. */
import { toggleCompare } from "../chain/Compare.js";
import { type Model } from "../model/model.js";
import { type ViewState } from "../model/view-state.js";
import { type KeyActions } from "./view-spec.js";
import { VIEW_LIST, VIEWS } from "./views.js";

export const KEYS: readonly (readonly [key: string, meaning: string])[] = [
  ["← →", "previous, next event"],
  ["r", "random event"],
  ...VIEW_LIST.flatMap(([, { key, about, help = [] }]) => [[key, about] as const, ...help]),
  ["b", "two settings side by side, A | B"],
  ["c", "colour by cluster or by energy"],
  ["[ ]", "smaller, larger seeding window"],
  ["+ −", "zoom in, out"],
  ["f", "fit the view to the particle"],
  ["esc", "unpick; close this help or the tour"],
  ["?", "this help"],
];

/** The state in which the cameras of all views are fitted. */
const FITTED: Partial<ViewState> = Object.assign({}, ...VIEW_LIST.map(([, { fitted }]) => fitted));

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
  const shown = () => VIEWS[view.view];
  const actions: KeyActions = {
    ArrowLeft: () => model.goToEntry(model.cursor() - 1),
    ArrowRight: () => model.goToEntry(model.cursor() + 1),
    r: () => randomEntry(model),
    b: () => toggleCompare(model),
    c: () => setView({ colour: view.colour === "cluster" ? "energy" : "cluster" }),
    "[": () => window(-1),
    "]": () => window(1),
    "+": () => shown().zoom(model, 0.8),
    "=": () => shown().zoom(model, 0.8),
    "-": () => shown().zoom(model, 1.25),
    f: () => setView(FITTED),
    Escape: () => (help() ? setHelp(false) : setView(view.tour > 0 ? { tour: 0 } : { pick: "" })),
    "?": () => setHelp(!help()),
    ...Object.fromEntries(VIEW_LIST.map(([name, { key }]) => [key, () => setView({ view: name, camera: "" })])),
    ...Object.assign({}, ...VIEW_LIST.map(([, { keys }]) => keys?.anywhere?.(model))),
  };
  const actionOf = (key: string): (() => void) | undefined => shown().keys?.shown?.(model)[key] ?? actions[key];
  return (event) => {
    const { target } = event;
    const isTyping =
      target instanceof Element && target.closest("input, select, textarea, summary, [role=grid]") !== null;
    const isButton = target instanceof Element && target.closest("button, a") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && event.key !== "Escape")) return;
    if (isButton && event.key === " ") return;
    if (help() && event.key !== "Escape" && event.key !== "?") return;
    const action = (event.shiftKey ? actionOf(`Shift+${event.key}`) : undefined) ?? actionOf(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}
