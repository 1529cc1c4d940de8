import { createEffect, createSignal, onCleanup, onMount, Show } from "solid-js";
import { attachPlot, type PlotEvents, saveBlob, showToggles, switched } from "../../plots/interact/index.js";
import { pickAt } from "./picks.js";
import { type DrawnFigure } from "./protocol.js";
import { pngOf } from "./save.js";

interface Props {
  readonly figure: DrawnFigure;
  readonly isZoomed: boolean;
  onRadius(value: number): void;
  /** A bin of particles, or a point of the study, was clicked. */
  onPick(picked: string): void;
  onZoom(panel: number, range: readonly [number, number] | null): void;
  onHover(text: string, x: number, y: number): void;
  onProblem(text: string): void;
}

/** Plots that have more room than they need do not grow beyond this. */
const LARGEST = 1.3;

/** One plot, with what can be done with it. */
export function PlotFigure(props: Props) {
  let holder!: HTMLDivElement;
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>(new Set());
  const [band, setBand] = createSignal<Parameters<NonNullable<PlotEvents["band"]>>[0]>(null);
  onMount(() => {
    onCleanup(
      attachPlot(holder, () => props.figure, {
        hover: (text, x, y) => props.onHover(text, x, y),
        radius: (value) => props.onRadius(value),
        zoom: (panel, range) => props.onZoom(panel, range),
        pick(_, x, __, words) {
          const picked = pickAt(props.figure, x, words);
          if (picked !== "") props.onPick(picked);
        },
        toggle: (series) => setHidden(switched(hidden(), series)),
        band: setBand,
      }),
    );
  });
  createEffect(() => {
    // Of our own making: data in it are escaped.
    holder.innerHTML = props.figure.svg;
  });
  createEffect(() => {
    // After it, so that an entry of the legend keeps the focus when it is switched.
    void props.figure.svg;
    showToggles(holder, hidden());
  });
  const save = (kind: "svg" | "csv" | "png"): void => {
    const { id, svg, csv, width, height } = props.figure;
    const name = `${id}.${kind}`;
    if (kind === "svg") saveBlob(name, new Blob([svg], { type: "image/svg+xml" }));
    else if (kind === "csv") saveBlob(name, new Blob([csv], { type: "text/csv" }));
    else {
      pngOf(svg, width, height).then(
        (blob) => saveBlob(name, blob),
        (error: unknown) => props.onProblem(`${name} cannot be made: ${String(error)}`),
      );
    }
  };
  const percent = (share: number): string => `${100 * share}%`;
  return (
    <figure class="plot" classList={{ wide: props.figure.isWide }} id={`plot-${props.figure.id}`}>
      <div
        class="plot-svg"
        classList={{
          binned: props.figure.bins !== undefined || props.figure.points !== undefined,
          dragged: props.figure.panels.some(({ isRadius }) => isRadius),
        }}
        style={{ "max-width": `${LARGEST * props.figure.width}px` }}
      >
        <div ref={(element) => (holder = element)} />
        <Show when={band()}>
          {(box) => (
            <div
              class="plot-band"
              style={{
                left: percent(box().left),
                top: percent(box().top),
                width: percent(box().width),
                height: percent(box().height),
              }}
            />
          )}
        </Show>
      </div>
      <figcaption>
        <button type="button" aria-label={`SVG of ${props.figure.title}`} onClick={() => save("svg")}>
          SVG
        </button>
        <button type="button" aria-label={`PNG of ${props.figure.title}`} onClick={() => save("png")}>
          PNG
        </button>
        <button type="button" aria-label={`CSV of ${props.figure.title}`} onClick={() => save("csv")}>
          CSV
        </button>
        <Show when={props.isZoomed}>
          <button type="button" onClick={() => props.figure.panels.forEach((_, panel) => props.onZoom(panel, null))}>
            whole axis
          </button>
        </Show>
      </figcaption>
    </figure>
  );
}
