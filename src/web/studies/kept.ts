/** The points that were kept in the display, as a scan: the same pages, ranked, against each other, along each parameter. */
import { counted, InputError, type Schema, TableBuilder } from "../../core/index.js";
import { scanFigures, type ScanInput, scanPages, scanTradeOff } from "../../plots/index.js";
import { FIGURES, SCAN_KEYS } from "../../studies/index.js";
import { type KeptPoint } from "../model/kept-points.js";
import { defaultText } from "../model/parameters.js";
import { type OpenStudy } from "./opened.js";
import { openPages } from "./stored.js";

const POINTS = { ...SCAN_KEYS, ...FIGURES };

/** Of the radius there is no one default. */
const usual = (key: string): string => defaultText(key) || "by layer";

/** InputError without points. */
export function openKept(kept: readonly KeptPoint[]): OpenStudy {
  if (kept.length === 0) throw new InputError("no point is kept in this browser");
  // The same setting again, of the same events, is the same point: the newest stays.
  const points = [...new Map(kept.map((point) => [keyOf(point), point])).values()];
  const samples = [...new Set(points.map(({ sample }) => sample))];
  const keys = [...new Set(points.flatMap(({ settings }) => Object.keys(settings)))];
  const valueOf = ({ settings }: KeptPoint, key: string): string => settings[key] ?? usual(key);
  const builder = new TableBuilder<Schema>(POINTS);
  for (const [number, point] of points.entries()) {
    const row = builder.add(1);
    const columns = builder.columns as unknown as Record<string, Record<number, number | string>>;
    columns["point"][row] = number;
    columns["sample"][row] = samples.indexOf(point.sample);
    columns["chain"][row] = point.chain;
    // A value may have semicolons, which separate settings, as little as a parameter's name has.
    columns["settings"][row] = keys.map((key) => `${key}=${valueOf(point, key).replaceAll(";", ",")}`).join(";");
    for (const name of Object.keys(FIGURES)) columns[name][row] = point.figures[name] ?? Number.NaN;
  }
  const axes = keys.map((key) => {
    const texts = [...new Set(points.map((point) => valueOf(point, key)))];
    const isNumbers = texts.every((text) => text.trim() !== "" && Number.isFinite(Number(text)));
    return { key, values: isNumbers ? texts.map(Number) : texts };
  });
  const input = {
    about: "Points that were kept in the event display of this browser.",
    samples: samples.map((name) => ({ name })),
    axes,
    points: builder.finish() as unknown as ScanInput["points"],
  };
  return openPages(
    {
      name: "kept points",
      about: `${counted(points.length, "point")} kept, of ${counted(samples.length, "sample")}.`,
      samples: input.samples,
    },
    { pages: scanPages(input), figures: scanFigures(input), choose: (page, x, y) => scanTradeOff(input, page, x, y) },
    () => [...new Set(points.map(({ command }) => command))].join("; "),
  );
}

const keyOf = ({ sample, chain, settings }: KeptPoint): string =>
  JSON.stringify([sample, chain, Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
