/** What one can do with a plot: values beside the pointer, curves on and off by the legend, a rule or a range by dragging. */
import { type AxisFrame } from "../../plots/index.js";
import { type DrawnFigure } from "./protocol.js";

export interface PlotEvents {
  /** Words beside the pointer; "" for none. */
  hover(text: string, x: number, y: number): void;
  /** The rule at a radius was dragged there. */
  radius(value: number): void;
  /** A part of the x axis of a panel was chosen; null: all of it. */
  zoom(panel: number, range: readonly [low: number, high: number] | null): void;
  /** A curve was switched. */
  toggle(series: string): void;
  /** The range that is being dragged, in shares of the width and height of the plot; null: none. */
  band(
    box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number } | null,
  ): void;
}

/** Farther from a point the pointer does not mean it [px]. */
const NEAR = 20;
/** A shorter way is a click, not a range [px of the drawing]. */
const LEAST = 6;

export function valueAt({ low, high, log }: AxisFrame, share: number): number {
  return log ? low * (high / low) ** share : low + share * (high - low);
}

/** Attaches to the element that holds the SVG, whose content may be replaced. Returns what detaches. */
export function attachPlot(holder: HTMLElement, figure: () => DrawnFigure, events: PlotEvents): () => void {
  let start: { readonly panel: number; readonly x: number } | undefined;
  let svg: SVGSVGElement | null = null;
  let spots: { readonly element: Element; readonly text: string }[] = [];

  /** Titles become words of the page: browsers would show both. */
  const look = (): void => {
    const now = holder.querySelector("svg");
    if (now === svg) return;
    svg = now;
    spots = [...(svg?.querySelectorAll("title") ?? [])].flatMap((title) => {
      const element = title.parentElement;
      const text = title.textContent;
      title.remove();
      return element === null ? [] : [{ element, text }];
    });
  };

  const place = (event: PointerEvent | MouseEvent): { readonly x: number; readonly y: number } => {
    const box = (svg ?? holder).getBoundingClientRect();
    const { width, height } = figure();
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  };
  const panelAt = ({ x, y }: { readonly x: number; readonly y: number }): number =>
    figure().panels.findIndex(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
  const xAt = (panel: number, x: number): number => {
    const frame = figure().panels[panel];
    return valueAt(frame.x, Math.min(1, Math.max(0, (x - frame.left) / (frame.right - frame.left))));
  };

  const nearest = (event: PointerEvent): string => {
    let best = "";
    let least = NEAR;
    for (const { element, text } of spots) {
      if (element.closest("[display=none]")) continue;
      const box = element.getBoundingClientRect();
      const dx = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
      const dy = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
      const middle = Math.hypot(event.clientX - (box.left + box.right) / 2, event.clientY - (box.top + box.bottom) / 2);
      const distance = Math.hypot(dx, dy) + middle / 100;
      if (distance < least) [best, least] = [text, distance];
    }
    return best;
  };

  const onDown = (event: PointerEvent): void => {
    look();
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest("[data-toggle]") !== null))
      return;
    const at = place(event);
    const panel = panelAt(at);
    if (panel < 0) return;
    start = { panel, x: at.x };
    if (figure().panels[panel].isRadius && !event.shiftKey) {
      holder.setPointerCapture(event.pointerId);
      events.radius(xAt(panel, at.x));
    } else if (event.pointerType !== "touch") holder.setPointerCapture(event.pointerId);
    else start = undefined;
  };
  const onMove = (event: PointerEvent): void => {
    look();
    if (start === undefined) {
      events.hover(nearest(event), event.clientX, event.clientY);
      return;
    }
    const at = place(event);
    const { width, height, panels } = figure();
    const frame = panels[start.panel];
    if (frame.isRadius && !event.shiftKey) {
      events.radius(xAt(start.panel, at.x));
      return;
    }
    const [from, to] = [Math.min(start.x, at.x), Math.max(start.x, at.x)];
    const [left, right] = [Math.max(from, frame.left), Math.min(to, frame.right)];
    events.band({
      left: left / width,
      top: frame.top / height,
      width: Math.max(0, right - left) / width,
      height: (frame.bottom - frame.top) / height,
    });
  };
  const onUp = (event: PointerEvent): void => {
    const from = start;
    start = undefined;
    events.band(null);
    if (from === undefined || event.type === "pointercancel") return;
    const at = place(event);
    if ((figure().panels[from.panel].isRadius && !event.shiftKey) || Math.abs(at.x - from.x) < LEAST) return;
    const [a, b] = [xAt(from.panel, from.x), xAt(from.panel, at.x)];
    if (a !== b) events.zoom(from.panel, a < b ? [a, b] : [b, a]);
  };
  const onClick = (event: MouseEvent): void => {
    const entry = event.target instanceof Element ? event.target.closest("[data-toggle]") : null;
    if (entry !== null) events.toggle(entry.getAttribute("data-toggle") ?? "");
  };
  const onDouble = (event: MouseEvent): void => {
    const panel = panelAt(place(event));
    if (panel >= 0) events.zoom(panel, null);
  };
  const onLeave = (): void => events.hover("", 0, 0);

  const listening = new AbortController();
  const { signal } = listening;
  holder.addEventListener("pointerdown", onDown, { signal });
  holder.addEventListener("pointermove", onMove, { signal });
  holder.addEventListener("pointerup", onUp, { signal });
  holder.addEventListener("pointercancel", onUp, { signal });
  holder.addEventListener("pointerleave", onLeave, { signal });
  holder.addEventListener("click", onClick, { signal });
  holder.addEventListener("dblclick", onDouble, { signal });
  return () => listening.abort();
}

/** Legend entries as switches, and the curves that are off. */
export function showToggles(holder: HTMLElement, hidden: ReadonlySet<string>, toggle: (series: string) => void): void {
  // A picture has no switches in it for those who listen: a group has.
  holder.querySelector("svg[role=img]:has([data-toggle])")?.setAttribute("role", "group");
  for (const entry of holder.querySelectorAll<SVGElement>("[data-toggle]")) {
    const name = entry.dataset["toggle"] ?? "";
    const isOff = hidden.has(name);
    entry.setAttribute("tabindex", "0");
    entry.setAttribute("role", "switch");
    entry.setAttribute("aria-checked", String(!isOff));
    entry.setAttribute("opacity", isOff ? "0.35" : "1");
    entry.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle(name);
    });
  }
  for (const group of holder.querySelectorAll<SVGElement>("[data-series]")) {
    group.setAttribute("display", hidden.has(group.dataset["series"] ?? "") ? "none" : "inline");
  }
}
