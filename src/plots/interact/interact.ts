/**
 * What one can do with a plot, in reports and on pages: values beside the pointer, curves on and off by the legend, a rule
 * or a range by dragging, a place by a click.
 */
import { type PanelFrame } from "../index.js";
import { cellsOf, cellWords, nearestWords, panelAt, shareOf, valueAt } from "./places.js";

/** A plot as it is shown. */
export interface ShownPlot {
  /** Of the drawing [px]. */
  readonly width: number;
  readonly height: number;
  readonly csv: string;
  /** `isRadius`: a rule stands on its x axis, and follows the pointer. Without panels nothing can be dragged. */
  readonly panels: readonly (PanelFrame & { readonly isRadius: boolean })[];
}

export interface PlotEvents {
  /** Words beside the pointer; "" for none. */
  hover(text: string, x: number, y: number): void;
  /** The rule at a radius was dragged there. */
  radius?(value: number): void;
  /** A part of the x axis of a panel was chosen; null: all of it. */
  zoom?(panel: number, range: readonly [low: number, high: number] | null): void;
  /** A place of a panel was clicked: its values on the axes, and the words of what is there. */
  pick?(panel: number, x: number, y: number, text: string): void;
  /** A curve was switched. */
  toggle(series: string): void;
  /** The range that is being dragged, in shares of the width and height of the plot; null: none. */
  band?(
    box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number } | null,
  ): void;
}

/** A shorter way is a click, not a range [px of the drawing]. */
const LEAST = 6;

/** Attaches to the element that holds the SVG, whose content may be replaced. Returns what detaches. */
export function attachPlot(holder: HTMLElement, plot: () => ShownPlot, events: PlotEvents): () => void {
  let start: { readonly panel: number; readonly x: number } | undefined;
  let svg: SVGSVGElement | null = null;
  let marks: { readonly element: Element; readonly text: string }[] = [];
  let cells: ReturnType<typeof cellsOf> | undefined;

  /** Titles become words of the page: browsers would show both. */
  const look = (): void => {
    const now = holder.querySelector("svg");
    if (now === svg) return;
    svg = now;
    cells = undefined;
    marks = [...(svg?.querySelectorAll("title") ?? [])].flatMap((title) => {
      const element = title.parentElement;
      const text = title.textContent;
      title.remove();
      return element === null ? [] : [{ element, text }];
    });
  };

  /** In the drawing [px]. */
  const place = (event: MouseEvent): { readonly x: number; readonly y: number } => {
    const box = (svg ?? holder).getBoundingClientRect();
    const { width, height } = plot();
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  };
  const xAt = (panel: number, x: number): number => {
    const frame = plot().panels[panel];
    return valueAt(frame.x, shareOf(x, frame.left, frame.right));
  };
  const yAt = (panel: number, y: number): number => {
    const frame = plot().panels[panel];
    return valueAt(frame.y, shareOf(y, frame.bottom, frame.top));
  };
  const isRule = ({ panel }: { readonly panel: number }, event: PointerEvent): boolean =>
    plot().panels[panel].isRadius && !event.shiftKey;

  function* shownMarks() {
    for (const { element, text } of marks) {
      if (element.closest("[display=none]") === null) yield { box: element.getBoundingClientRect(), text };
    }
  }
  /** The nearest mark, else the cell of a heat map. */
  const wordsAt = (event: MouseEvent): string => {
    const words = nearestWords(shownMarks(), event.clientX, event.clientY);
    if (words !== "") return words;
    const at = place(event);
    for (const { dataset } of svg?.querySelectorAll<SVGElement>("[data-map]") ?? []) {
      const map = { panel: dataset["panel"] ?? "", numbers: dataset["map"] ?? "" };
      const found = cellWords(map, (cells ??= cellsOf(plot().csv)), at.x, at.y);
      if (found !== "") return found;
    }
    return "";
  };
  const hover = (event: MouseEvent): void => {
    const isOver = closestTo(event, "svg") !== null;
    events.hover(isOver ? wordsAt(event) : "", event.clientX, event.clientY);
  };

  const onDown = (event: PointerEvent): void => {
    look();
    if (event.button !== 0 || closestTo(event, "[data-toggle]") !== null) return;
    const at = place(event);
    const from = { panel: panelAt(plot().panels, at.x, at.y), x: at.x };
    const isOnRule = from.panel >= 0 && isRule(from, event);
    // A finger says nothing before it touches, and scrolls the page by dragging.
    if (event.pointerType === "touch" && !isOnRule) hover(event);
    else if (from.panel >= 0) {
      start = from;
      holder.setPointerCapture(event.pointerId);
      if (isOnRule) events.radius?.(xAt(from.panel, from.x));
    }
  };
  const onMove = (event: PointerEvent): void => {
    look();
    if (start === undefined) {
      hover(event);
      return;
    }
    const at = place(event);
    if (isRule(start, event)) {
      events.radius?.(xAt(start.panel, at.x));
      return;
    }
    const { width, height, panels } = plot();
    const frame = panels[start.panel];
    const [left, right] = [
      Math.max(Math.min(start.x, at.x), frame.left),
      Math.min(Math.max(start.x, at.x), frame.right),
    ];
    events.band?.({
      left: left / width,
      top: frame.top / height,
      width: Math.max(0, right - left) / width,
      height: (frame.bottom - frame.top) / height,
    });
  };
  const onUp = (event: PointerEvent): void => {
    const from = start;
    start = undefined;
    events.band?.(null);
    if (event.type === "pointercancel") events.hover("", 0, 0);
    else if (from !== undefined && !isRule(from, event)) end(from, event);
  };
  const end = (from: { readonly panel: number; readonly x: number }, event: PointerEvent): void => {
    const at = place(event);
    if (Math.abs(at.x - from.x) < LEAST) {
      events.pick?.(from.panel, xAt(from.panel, at.x), yAt(from.panel, at.y), wordsAt(event));
      return;
    }
    const [a, b] = [xAt(from.panel, from.x), xAt(from.panel, at.x)];
    if (a !== b) events.zoom?.(from.panel, a < b ? [a, b] : [b, a]);
  };
  const onClick = (event: MouseEvent): void => {
    const series = closestTo(event, "[data-toggle]")?.getAttribute("data-toggle");
    if (series != null) events.toggle(series);
  };
  const onKey = (event: KeyboardEvent): void => {
    const series = closestTo(event, "[data-toggle]")?.getAttribute("data-toggle");
    if (series == null || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    events.toggle(series);
  };
  const onDouble = (event: MouseEvent): void => {
    look();
    const at = place(event);
    const panel = panelAt(plot().panels, at.x, at.y);
    if (panel >= 0) events.zoom?.(panel, null);
  };
  const onLeave = (event: PointerEvent): void => {
    if (event.pointerType !== "touch") events.hover("", 0, 0);
  };

  const listening = new AbortController();
  const { signal } = listening;
  holder.addEventListener("pointerdown", onDown, { signal });
  holder.addEventListener("pointermove", onMove, { signal });
  holder.addEventListener("pointerup", onUp, { signal });
  holder.addEventListener("pointercancel", onUp, { signal });
  holder.addEventListener("pointerleave", onLeave, { signal });
  holder.addEventListener("click", onClick, { signal });
  holder.addEventListener("keydown", onKey, { signal });
  holder.addEventListener("dblclick", onDouble, { signal });
  return () => listening.abort();
}

function closestTo({ target }: Event, selector: string): Element | null {
  return (target as Element | null)?.closest(selector) ?? null;
}

/** Legend entries as switches, and the curves that are off. Again whenever the SVG or `hidden` is another. */
export function showToggles(holder: HTMLElement, hidden: ReadonlySet<string>): void {
  // A picture has no switches in it for those who listen: a group has.
  holder.querySelector("svg[role=img]:has([data-toggle])")?.setAttribute("role", "group");
  for (const entry of holder.querySelectorAll<SVGElement>("[data-toggle]")) {
    const isOff = hidden.has(entry.dataset["toggle"] ?? "");
    entry.setAttribute("tabindex", "0");
    entry.setAttribute("role", "switch");
    entry.setAttribute("aria-checked", String(!isOff));
    entry.setAttribute("opacity", isOff ? "0.35" : "1");
  }
  for (const group of holder.querySelectorAll<SVGElement>("[data-series]")) {
    group.setAttribute("display", hidden.has(group.dataset["series"] ?? "") ? "none" : "inline");
  }
}

/** The set with a series switched. */
export function switched(hidden: ReadonlySet<string>, series: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(series)) next.add(series);
  return next;
}

/** Saves a file from the page. */
export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
