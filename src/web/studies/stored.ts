/** Studies whose pages are made of their tables of points: scans, layer weights, phi bins. The same pages as in their reports. */
import { FormatError } from "../../core/index.js";
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
import { counted } from "../ui/numbers.js";
import { commandOf, importedAbout, type StudyJson } from "./command.js";
import { type OpenStudy } from "./opened.js";
import { type PageInfo } from "./protocol.js";

interface Stored {
  readonly pages: readonly Page[];
  /** Figures of points, any two of which can be drawn against each other on each page. */
  readonly figures?: NonNullable<PageInfo["figures"]>;
  /** The first plot of a page, of two of these; "" for the usual one. */
  choose?(page: number, x: string, y: string): Figure;
}

type Opener = (run: Run, json: StudyJson) => Promise<Stored>;

const OPENERS: Readonly<Record<string, Opener>> = {
  async scan(run, { options, samples, chains, selection }) {
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
    return {
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
  const { pages, figures, choose } = await OPENERS[json.study](run, json);
  return {
    info: {
      name: run.name,
      about:
        json.imported === undefined
          ? `Study ${json.study}, chains ${json.chains.join(", ")}, selection ${json.selection}, ${counted(json.points.length, "point")}.`
          : `Study ${json.study}, imported from ${json.imported.file}, ${counted(json.points.length, "point")}.`,
      samples: json.samples,
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
    command: (state) => commandOf(json, run.name, state),
    async show(id, { at, x, y }) {
      const number = Math.max(
        0,
        pages.findIndex((each) => each.id === id),
      );
      const page = pages[number];
      const step = Math.min(at, (page.slider?.steps.length ?? 1) - 1);
      return {
        sentence: page.intro,
        plots: page.figures
          .filter((figure) => figure.step === undefined || figure.step === step)
          .map((figure, i) => (i === 0 && choose !== undefined ? choose(number, x, y) : figure).plot),
        tables: page.tables ?? [],
        numbers: null,
        radius: Number.NaN,
      };
    },
  };
}
