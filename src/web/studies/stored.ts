/** Studies whose pages are made of their tables of points: scans, layer weights, phi bins. The same pages as in their reports. */
import { FormatError } from "../../core/index.js";
import { type Run } from "../../io/index.js";
import { type Page, phiBinsPages, scanPages, weightsPages } from "../../plots/index.js";
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
import { commandOf, type StudyJson } from "./command.js";
import { type OpenStudy } from "./opened.js";

type PagesOf = (run: Run, json: StudyJson) => Promise<readonly Page[]>;

const OPENERS: Readonly<Record<string, PagesOf>> = {
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
    return scanPages({
      about: `Chains ${chains.join(", ")}, selection ${selection}.`,
      samples,
      axes,
      points,
      ...(heal ? { heal: await run.readTable("heal", HEAL) } : {}),
      ...(rank === undefined ? {} : { rank }),
    });
  },
  async weights(run, { samples, options }) {
    const [weights, points] = await Promise.all([
      run.readTable("weights", WEIGHTS),
      run.readTable("points", WEIGHT_POINTS),
    ]);
    const about = `Fit share ${String(options["fitShare"])}, seed ${String(options["seed"])}.`;
    return weightsPages({ about, samples: samples.map(({ name }) => name), weights, points });
  },
  async "phi-bins"(run, { samples, options, points: keys }) {
    const [points, rows, counts, events] = await Promise.all([
      run.readTable("points", PHI_POINTS),
      run.readTable("rows", PHI_ROWS),
      run.readTable("counts", PHI_COUNTS),
      run.readTable("events", PHI_EVENTS),
    ]);
    const parameters = (keys as readonly { readonly parameter?: unknown }[]).map(({ parameter }) => Number(parameter));
    const about = `Region ${String(options["region"])}.`;
    return phiBinsPages({ about, samples: samples.map(({ name }) => name), parameters, points, rows, counts, events });
  },
};

/** FormatError for a kind of study that this version does not know. */
export async function openStored(run: Run, json: StudyJson): Promise<OpenStudy> {
  if (!Object.hasOwn(OPENERS, json.study)) {
    throw new FormatError(`${run.name} is a study "${json.study}", which this version does not know`);
  }
  const pages = await OPENERS[json.study](run, json);
  return {
    info: {
      name: run.name,
      about: `Study ${json.study}, chains ${json.chains.join(", ")}, selection ${json.selection}, ${counted(json.points.length, "point")}.`,
      samples: json.samples,
      radii: [],
      versions: [],
      pages: pages.map(({ id, title, figures, slider }) => ({
        id,
        title,
        controls: slider === undefined ? [] : ["at"],
        plots: figures.filter(({ step = 0 }) => step === 0).length,
        ...(slider === undefined ? {} : { slider }),
      })),
    },
    command: (state) => commandOf(json, run.name, state),
    async show(id, { at }) {
      const page = pages.find((each) => each.id === id) ?? pages[0];
      const step = Math.min(at, (page.slider?.steps.length ?? 1) - 1);
      return {
        sentence: page.intro,
        plots: page.figures
          .filter((figure) => figure.step === undefined || figure.step === step)
          .map(({ plot }) => plot),
        tables: page.tables ?? [],
        numbers: null,
        radius: Number.NaN,
      };
    },
  };
}
