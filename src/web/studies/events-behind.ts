/** The events behind the numbers of a page: particles that are split, lost, or far from the others, the most remarkable first. */
import { formatNumber } from "../../plots/index.js";
import { type PageContext } from "./pages/page.js";
import { type EventsBehind } from "./protocol.js";
import { CENTRES } from "./statistics.js";

/** Events that are named. */
const MOST = 20;

interface Remarkable {
  readonly caption: string;
  /** The larger the more; NaN: not at all. `middle`: median of the responses. */
  score(
    particle: {
      readonly isSplit: boolean;
      readonly isMatched: boolean;
      readonly response: number;
      readonly pt: number;
    },
    middle: number,
  ): number;
}

const SPLIT: Remarkable = {
  caption: "split particles, those of highest pT first",
  score: ({ isSplit, pt }) => (isSplit ? pt : Number.NaN),
};
const LOST: Remarkable = {
  caption: "particles without a matched cluster, those of highest pT first",
  score: ({ isMatched, pt }) => (isMatched ? Number.NaN : pt),
};
const FAR: Remarkable = {
  caption: "particles whose response is farthest from the median",
  score: ({ response }, middle) => Math.abs(response - middle),
};

const BY_PAGE: Readonly<Record<string, Remarkable>> = {
  splits: SPLIT,
  efficiency: LOST,
  response: FAR,
  resolution: FAR,
  distributions: FAR,
};

/** Null for a page that is not of particles. */
export function eventsBehind(page: string, context: PageContext): EventsBehind | null {
  if (!Object.hasOwn(BY_PAGE, page)) return null;
  const { caption, score } = BY_PAGE[page];
  const { data, cuts, point, samples, state } = context;
  const found = samples.flatMap((sample) => {
    const rows = data.rows(point, sample, cuts);
    const { columns } = data.events(point, sample);
    const responses = columns[state.measure === "pt" ? "response_pt" : "response_en"];
    const middle = rows.estimate(state.measure === "pt" ? "response_pt" : "response_en", CENTRES.median).value;
    return Array.from(rows.rows, (row) => {
      const particle = {
        isSplit: columns.is_split[row] === 1,
        isMatched: columns.n_matched[row] > 0,
        response: responses[row],
        pt: columns.gen_pt[row],
      };
      return { sample, row, score: score(particle, middle) };
    }).filter((each) => !Number.isNaN(each.score));
  });
  const rows = found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ sample, row }) => {
      const { entry, gen_pt, gen_eta, n_matched } = data.events(point, sample).columns;
      const response = data.events(point, sample).columns[state.measure === "pt" ? "response_pt" : "response_en"][row];
      const about = [
        `pT ${formatNumber(gen_pt[row], 3)} GeV`,
        `η ${formatNumber(gen_eta[row], 3)}`,
        n_matched[row] === 0 ? "no matched cluster" : `response ${formatNumber(response, 3)}`,
      ];
      return { sample, entry: entry[row], text: about.join(", ") };
    });
  return { caption: `${formatNumber(found.length)} ${caption}`, rows };
}
