/** Files of what the page shows. Loaded when somebody exports. */
import embedded from "virtual:embedded";
import { eventJson, type EventSource, phoenixEvent } from "../../../io/index.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { type Model } from "../../model/model.js";
import { VIEWS } from "../views.js";
import { captionOf, sideInWords } from "./caption.js";
import { drawingOf } from "./drawing.js";
import { overlaySvg } from "./overlay-svg.js";
import { type Colours, createSheet, type Sheet, sheetSvg } from "./sheet.js";
import { type Chains, type TableFormat, TABLES } from "./tables.js";

export type Format = TableFormat | "png" | "svg" | "json" | "phoenix" | "glb";

export interface Page {
  /** A, and B in a comparison. */
  readonly models: readonly Model[];
  /** Holds the panes. */
  readonly root: Element;
}

const PROGRAM = `bye-splits ${embedded.version}`;

/** A file's name and content. Throws an error that says what is missing. `factor`: pixels of a PNG for one of CSS. */
export async function exportFile(
  format: Format,
  page: Page,
  factor = 1,
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const { event, chains } = shownOf(page);
  const [model] = page.models;
  const { view, source } = model;
  const name = `bye-splits-event${event.number}`;
  const about: EventSource = { ...need(source(), "No sample is open"), program: PROGRAM };
  const picture = `${name}-${view.view}${page.models.length > 1 ? "-ab" : ""}`;
  const file = (fileName: string, type: string, content: BlobPart) => ({
    name: fileName,
    blob: new Blob([content], { type }),
  });
  switch (format) {
    case "png":
      return { name: `${picture}.png`, blob: await writePng(page, factor) };
    case "svg":
      return file(`${picture}.svg`, "image/svg+xml", writeSvg(page));
    case "json":
      return file(`${name}.json`, "application/json", JSON.stringify(eventJson(about, event, chains)));
    case "phoenix": {
      const endcap = event.zside === -1 ? "−" : "+";
      const words = `${about.name}, ${about.description}, endcap ${endcap}`;
      const events = { [`event ${event.number}`]: phoenixEvent(event, chains, words) };
      return file(`${name}-phoenix.json`, "application/json", JSON.stringify(events));
    }
    case "glb": {
      const { sceneToGltf } = await import("../detector/gltf.js");
      const bytes = await sceneToGltf(event, model.chain(), view, model.colourOf);
      return file(`${name}.glb`, "model/gltf-binary", bytes);
    }
    default:
      return file(`${name}-${format}.csv`, "text/csv", TABLES[format](event, chains, view));
  }
}

function need<T>(value: T | null, otherwise: string): T {
  if (value === null) throw new Error(otherwise);
  return value;
}

/** The event and its chains by their names in files: of the chain, or A and B. */
function shownOf({ models }: Page): { readonly event: EventView; readonly chains: Chains } {
  const [model] = models;
  const event = need(model.event(), "No event is shown yet");
  const chains = models.map((each): [string, ChainView] => {
    const chain = need(each.chain(), `${each.side} has no clusters`);
    const isOld = JSON.stringify(chain.params) !== JSON.stringify(each.params());
    if (isOld) throw new Error("The event is still being computed: try again when it is shown");
    return [models.length > 1 ? each.side : chain.chain, chain];
  });
  return { event, chains: Object.fromEntries(chains) };
}

function sheetOf({ models, root }: Page): Sheet {
  const panes = [...root.querySelectorAll(".pane")];
  const pictures = panes.flatMap((pane, side) =>
    [...pane.querySelectorAll("canvas")].flatMap((canvas) => {
      const drawing = drawingOf(canvas);
      if (drawing === null) return [];
      const part = canvas.closest(".coarse-part")?.querySelector("header h2")?.textContent ?? "";
      const { [side]: model, length } = models;
      const title = length === 1 ? part : `${model.side}: ${part === "" ? sideInWords(model) : part}`;
      const overlay = canvas.parentElement?.querySelector<SVGSVGElement>("svg.overlay") ?? null;
      return [{ drawing, overlay, title }];
    }),
  );
  if (pictures.length === 0) throw new Error("There is no picture in this view yet");
  return createSheet(
    pictures,
    captionOf(models, VIEWS[models[0].view.view], need(models[0].source(), "No sample is open"), PROGRAM),
  );
}

function coloursOf(root: Element): Colours {
  const style = getComputedStyle(root);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { ink: token("ink"), soft: token("soft"), paper: token("paper") };
}

const fontOf = (root: Element): string => getComputedStyle(root).fontFamily;

/** In the light colours, whatever the page has: for paper. */
function writeSvg(page: Page): string {
  const { dataset } = document.documentElement;
  const theme = dataset["theme"];
  // Nothing is drawn before it is set back.
  dataset["theme"] = "light";
  try {
    return sheetSvg(
      sheetOf(page),
      "everything",
      { colours: coloursOf(page.root), font: fontOf(page.root) },
      overlaySvg,
    );
  } finally {
    dataset["theme"] = theme;
  }
}

/** In the colours of the page. */
async function writePng(page: Page, factor: number): Promise<Blob> {
  const sheet = sheetOf(page);
  const colours = coloursOf(page.root);
  const canvas = document.createElement("canvas");
  canvas.width = sheet.width * factor;
  canvas.height = sheet.height * factor;
  const context = need(canvas.getContext("2d"), "The browser gives no canvas");
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const { drawing, x, y } of sheet.parts) {
    const { width, height } = drawing.size;
    drawing.painter?.snapshot(factor, (painted) => {
      const across = painted.getContext("webgl2")?.drawingBufferWidth ?? 0;
      if (across < painted.width) {
        throw new Error(`The browser paints at most ${across} pixels across: choose a smaller factor`);
      }
      context.drawImage(painted, x * factor, y * factor, width * factor, height * factor);
    });
  }
  const svg = sheetSvg(sheet, "on top", { colours, font: fontOf(page.root), scale: factor }, overlaySvg);
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    context.drawImage(image, 0, 0);
  } finally {
    URL.revokeObjectURL(url);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return need(
    blob,
    `The browser makes no picture of ${canvas.width} × ${canvas.height} pixels: choose a smaller factor`,
  );
}
