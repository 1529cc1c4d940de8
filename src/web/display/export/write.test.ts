/** Files of what the page shows: their names and content, and what has to be there for them. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_PARAMS } from "../../../chain/index.js";
import { type Model } from "../../model/model.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";
import { TOY_BINS, TOY_EVENT, TOY_UV } from "../toy.test-data.js";
import { type Drawing, publish } from "./drawing.js";
import { exportFile, type Format, type Page } from "./write.js";

// Views are components, which only browsers can show.
vi.mock("../views.js", () => ({ VIEWS: { layer: { caption: () => "all layers", marksDifferences: false } } }));

const modelOf = (side: "A" | "B", more: object = {}): Model =>
  ({
    ...{ side, view: { ...DEFAULT_VIEW, view: "layer" }, colourOf: () => [0, 0, 0] },
    ...{ event: () => TOY_EVENT, chain: () => (side === "A" ? TOY_BINS : TOY_UV), params: () => DEFAULT_PARAMS },
    ...{ chainName: () => "default", settings: () => ({}), settingsError: () => "" },
    source: () => ({ name: "photons", description: "toys", geometry: "V11" }),
    ...more,
  }) as unknown as Model;

/** A pane with canvases that are so drawn; `part`: the heading of a part of a coarse view. */
function paneOf(drawings: readonly (Drawing | null)[], part?: string) {
  const canvases = drawings.map((drawing) => {
    const canvas = {
      closest: () => (part === undefined ? null : { querySelector: () => ({ textContent: part }) }),
      parentElement: { querySelector: () => null },
    } as unknown as HTMLCanvasElement;
    publish(canvas, () => drawing);
    return canvas;
  });
  return { querySelectorAll: () => canvases };
}
const plain = (width: number, height: number, painter: Drawing["painter"] = null): Drawing => ({ size: { width, height }, shapes: null, painter, range: null }); // prettier-ignore
const pageOf = (models: readonly Model[], panes: readonly object[] = []): Page => ({ models, root: { querySelectorAll: () => panes } as unknown as Element }); // prettier-ignore
const written = async (format: Format, page: Page, factor?: number) => {
  const { name, blob } = await exportFile(format, page, factor);
  return { name, type: blob.type, text: await blob.text() };
};

let dataset: Record<string, string>;
let drawn: unknown[][];
let made: Blob | null;
beforeEach(() => {
  [dataset, drawn, made] = [{ theme: "dark" }, [], new Blob(["png"], { type: "image/png" })];
  const canvas = {
    ...{ width: 0, height: 0 },
    getContext: () => ({
      fillRect: (...args: unknown[]) => drawn.push(["fill", ...args]),
      drawImage: (of: { name?: string; src?: string }, ...args: unknown[]) => drawn.push([of.name ?? "svg", ...args]),
    }),
    toBlob: (take: (blob: Blob | null) => void) => take(made),
  };
  vi.stubGlobal("document", { documentElement: { dataset }, createElement: () => canvas });
  vi.stubGlobal("getComputedStyle", () => ({
    fontFamily: "Sans",
    getPropertyValue: (name: string) => ` ${name.slice(2)}-${dataset["theme"]} `,
  }));
  vi.stubGlobal("Image", class { decode = async () => undefined; }); // prettier-ignore
  vi.stubGlobal("URL", { createObjectURL: () => "blob:1", revokeObjectURL: () => drawn.push(["revoked"]) });
});
afterEach(() => vi.unstubAllGlobals());

test("files are named by the event, those of pictures by the view, and by both sides", async () => {
  const one = pageOf([modelOf("A")], [paneOf([plain(300, 200)])]);
  const two = pageOf([modelOf("A"), modelOf("B")], [paneOf([plain(300, 200)]), paneOf([plain(300, 200)])]);
  const names: [Format, string, string, string][] = [
    ["svg", "-layer.svg", "-layer-ab.svg", "image/svg+xml"],
    ["png", "-layer.png", "-layer-ab.png", "image/png"],
    ["json", ".json", ".json", "application/json"],
    ["phoenix", "-phoenix.json", "-phoenix.json", "application/json"],
    ["clusters", "-clusters.csv", "-clusters.csv", "text/csv"],
  ];
  for (const [format, ofOne, ofTwo, type] of names) {
    const [a, b] = [await written(format, one), await written(format, two)];
    expect([a.name, b.name, a.type]).toEqual([`bye-splits-event345${ofOne}`, `bye-splits-event345${ofTwo}`, type]);
  }
});

test("an event with its chains by name, of a comparison by side; with the program that wrote it", async () => {
  const read = async (...models: Model[]) => JSON.parse((await written("json", pageOf(models))).text) as { source: object; chains: object }; // prettier-ignore
  const [one, two] = [await read(modelOf("A")), await read(modelOf("A"), modelOf("B"))];
  expect([Object.keys(one.chains), Object.keys(two.chains)]).toEqual([["default"], ["A", "B"]]);
  expect(one.source).toMatchObject({ name: "photons", description: "toys", program: "bye-splits 0.0.0" });
  const phoenix = JSON.parse((await written("phoenix", pageOf([modelOf("A")]))).text) as object;
  expect(Object.keys(phoenix)).toEqual(["event 345"]);
  expect(JSON.stringify(phoenix)).toContain("photons, toys, endcap −");
  const plus = modelOf("A", { event: () => ({ ...TOY_EVENT, zside: 1 }) });
  expect((await written("phoenix", pageOf([plus]))).text).toContain("photons, toys, endcap +");
});

test.each([
  { name: "no event", more: { event: () => null }, said: "No event is shown yet" },
  { name: "no sample", more: { source: () => null }, said: "No sample is open" },
  { name: "no clusters", more: { chain: () => null }, said: "B has no clusters" },
  {
    name: "clusters of other parameters",
    more: { params: () => ({ ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, window: 3 } }) },
    said: "The event is still being computed: try again when it is shown",
  },
])("with $name nothing is written", async ({ more, said }) => {
  await expect(written("json", pageOf([modelOf("B", more)]))).rejects.toThrow(said);
});

test("a vector picture has the light colours, whatever the page has; titles say what is what", async () => {
  const titles = async (models: readonly Model[], ...panes: object[]): Promise<string[]> => {
    const { text } = await written("svg", pageOf(models, panes));
    expect([dataset["theme"], text.includes('fill="paper-light"'), text.includes('font-family="Sans"')]).toEqual(["dark", true, true]); // prettier-ignore
    return [...text.matchAll(/font-weight="600">([^<]*)</g)].map(([, title]) => title);
  };
  const [a, b] = [modelOf("A"), modelOf("B")];
  const size = plain(600, 200);
  expect(await titles([a], paneOf([size]))).toEqual([]);
  expect(await titles([a], paneOf([size, null, size], "Wafers"))).toEqual(["Wafers", "Wafers"]);
  expect(await titles([a, b], paneOf([size]), paneOf([size], "Wafers"))).toEqual([
    expect.stringMatching(/^A: .*, default parameters$/),
    "B: Wafers",
  ]);
  await expect(written("svg", pageOf([a], [paneOf([null])]))).rejects.toThrow("There is no picture in this view yet");
  expect(dataset["theme"]).toBe("dark");
});

test("a picture of pixels: what painters draw at its place, so many times larger, and the rest on top", async () => {
  const ratios: number[] = [];
  /** Paints at most so many pixels across. */
  const painter = (name: string, most: number) => ({
    snapshot(ratio: number, read: (canvas: HTMLCanvasElement) => void): void {
      ratios.push(ratio);
      read({ name, width: 300 * ratio, getContext: () => ({ drawingBufferWidth: most }) } as unknown as HTMLCanvasElement);
    },
  });
  const panes = (most: number) => [paneOf([plain(300, 200, painter("left", most)), plain(100, 50, painter("right", 900))])];
  await written("png", pageOf([modelOf("A")], panes(900)), 3);
  expect(ratios).toEqual([3, 3]);
  // The second one stands 8 px beside the first.
  expect(drawn.slice(1)).toEqual([["left", 0, 0, 900, 600], ["right", 924, 0, 300, 150], ["svg", 0, 0], ["revoked"]]);
  expect(drawn[0].slice(0, 4)).toEqual(["fill", 0, 0, 408 * 3]);
  await expect(written("png", pageOf([modelOf("A")], panes(899)), 3)).rejects.toThrow("The browser paints at most 899 pixels across: choose a smaller factor");
  made = null;
  await expect(written("png", pageOf([modelOf("A")], panes(900)), 3)).rejects.toThrow(/^The browser makes no picture of 1224 × \d+ pixels: choose a smaller factor$/);
}); // prettier-ignore
