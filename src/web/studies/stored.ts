/** Studies whose pages are made of their tables of points: scans, layer weights, phi bins. The same pages as in their reports. */
import { counted, FormatError } from "../../core/index.js";
import { type Run } from "../../io/index.js";
import {
  type Figure,
  type Page,
  phiBinsPages,
  scanFigures,
  type ScanInput,
  scanPages,
  scanTradeOff,
  weightsPages,
} from "../../plots/index.js";
import {
  BY_COLUMNS,
  FIGURES,
  HEAL,
  PHI_COUNTS,
  PHI_EVENTS,
  PHI_POINTS,
  PHI_ROWS,
  SCAN_KEYS,
  WEIGHT_POINTS,
  WEIGHTS,
} from "../../studies/index.js";
import { commandOf, importedAbout, type StudyJson } from "./command.js";
import { type OpenStudy } from "./opened.js";
import { type StudyPlot } from "./pages/page.js";
import { type PageInfo, type StudyInfo } from "./protocol.js";
import { type BehindPoint, createBehindPoint } from "./scan-events.js";

/** What pages are made of that do not change with the selection. */
export interface Stored {
  readonly pages: readonly Page[];
  /** Figures of points, any two of which can be drawn against each other on each page. */
  readonly figures?: NonNullable<PageInfo["figures"]>;
  /** The first plot of a page, of two of these; "" for the usual one. */
  choose?(page: number, x: string, y: string): Figure;
  /** Of the first plot of each page: its marks by their words. */
  readonly points?: StudyPlot["points"];
  /** The particles of a point; the page is the number of the sample. */
  readonly behindPoint?: BehindPoint;
}

/** As `scanTradeOff` calls its marks. */
const wordsOf = ({ points }: StudyJson): StudyPlot["points"] =>
  points.map(({ chain = "", settings = "" }, point) => ({ words: `${chain}\n${settings || "as configured"}`, point }));

type Opener = (run: Run, json: StudyJson) => Promise<Stored>;

const OPENERS: Readonly<Record<string, Opener>> = {
  async scan(run, json) {
    const { options, samples, chains, selection } = json;
    const { axes, bins, heal, rank } = options as {
      readonly axes: Parameters<typeof scanPages>[0]["axes"];
      readonly bins: readonly unknown[];
      readonly heal: boolean;
      readonly rank?: string;
    };
    const schema = { ...SCAN_KEYS, ...FIGURES };
    const points = await (bins.length > 0
      ? run.readTable("points", { ...schema, ...BY_COLUMNS })
      : run.readTable("points", schema));
    const input: ScanInput = {
      about: `Chains ${chains.join(", ")}, selection ${selection}.`,
      samples,
      axes,
      points,
      ...(heal ? { heal: await run.readTable("heal", HEAL) } : {}),
      ...(rank === undefined ? {} : { rank }),
    };
    const behindPoint = createBehindPoint(run, json);
    return {
      ...(behindPoint === undefined ? {} : { behindPoint, points: wordsOf(json) }),
      pages: scanPages(input),
      figures: scanFigures(input),
      choose: (page, x, y) => scanTradeOff(input, page, x, y),
    };
  },
  async weights(run, { samples, options }) {
    const [weights, points] = await Promise.all([
      run.readTable("weights", WEIGHTS),
      run.readTable("points", WEIGHT_POINTS),
    ]);
    const about = `Fit share ${String(options["fitShare"])}, seed ${String(options["seed"])}.`;
    return { pages: weightsPages({ about, samples: samples.map(({ name }) => name), weights, points }) };
  },
  async "phi-bins"(run, json) {
    const { samples, options, points: keys } = json;
    const [points, rows, counts, events] = await Promise.all([
      run.readTable("points", PHI_POINTS),
      run.readTable("rows", PHI_ROWS),
      run.readTable("counts", PHI_COUNTS),
      run.readTable("events", PHI_EVENTS),
    ]);
    const parameters = (keys as readonly { readonly parameter?: unknown }[]).map(({ parameter }) => Number(parameter));
    const about = json.imported === undefined ? `Region ${String(options["region"])}.` : importedAbout(json);
    const names = samples.map(({ name }) => name);
    return { pages: phiBinsPages({ about, samples: names, parameters, points, rows, counts, events }) };
  },
};

/** FormatError for a kind of study that this version does not know. */
export async function openStored(run: Run, json: StudyJson): Promise<OpenStudy> {
  if (!Object.hasOwn(OPENERS, json.study)) {
    throw new FormatError(`${run.name} is a study "${json.study}", which this version does not know`);
  }
  const about =
    json.imported === undefined
      ? `Study ${json.study}, chains ${json.chains.join(", ")}, selection ${json.selection}, ${counted(json.points.length, "point")}.`
      : `Study ${json.study}, imported from ${json.imported.file}, ${counted(json.points.length, "point")}.`;
  const { name } = run;
  const { samples } = json;
  return openPages({ name, about, samples }, await OPENERS[json.study](run, json), (state) =>
    commandOf(json, name, state),
  );
}

export function openPages(
  about: Pick<StudyInfo, "name" | "about" | "samples">,
  { pages, figures, choose, points, behindPoint }: Stored,
  command: OpenStudy["command"],
): OpenStudy {
  return {
    info: {
      ...about,
      radii: [],
      versions: [],
      pages: pages.map(({ id, title, figures: drawn, slider }) => ({
        id,
        title,
        controls: [
          ...(slider === undefined ? [] : (["at"] as const)),
          ...(figures === undefined ? [] : (["figures"] as const)),
        ],
        ...(figures === undefined ? {} : { figures }),
        plots: drawn.filter(({ step = 0 }) => step === 0).length,
        ...(slider === undefined ? {} : { slider }),
      })),
    },
    command,
    async show(id, { at, x, y, bin }) {
      const number = Math.max(
        0,
        pages.findIndex((each) => each.id === id),
      );
      const page = pages[number];
      const picked = bin.startsWith("point:") ? Number(bin.slice("point:".length)) : undefined;
      const step = Math.min(at, (page.slider?.steps.length ?? 1) - 1);
      return {
        sentence: page.intro,
        plots: page.figures
          .filter((figure) => figure.step === undefined || figure.step === step)
          .map((figure, i): StudyPlot => {
            if (i > 0 || choose === undefined) return figure.plot;
            return { ...choose(number, x, y).plot, ...(points === undefined ? {} : { points }) };
          }),
        tables: page.tables ?? [],
        numbers: null,
        behind: picked === undefined ? null : ((await behindPoint?.(number, picked)) ?? null),
        radius: Number.NaN,
      };
    },
  };
}
