/** The events behind the numbers of a page: particles that are split, lost, or far from the others, the most remarkable first. */
import { noun } from "../../core/index.js";
import { formatNumber } from "../../plots/index.js";
import { type PageContext, pickedBin } from "./pages/page.js";
import { type PointRows } from "./point-rows.js";
import { type EventsBehind } from "./protocol.js";
import { CENTRES } from "./statistics.js";

/** Events that are named. */
const MOST = 20;
/** Of a bin. */
const MOST_OF_BIN = 200;

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
  caption: "matched particles, those whose response is farthest from the median first",
  score: ({ response }, middle) => Math.abs(response - middle),
};

const BY_PAGE: Readonly<Record<string, Remarkable>> = {
  splits: SPLIT,
  efficiency: LOST,
  response: FAR,
  resolution: FAR,
  distributions: FAR,
};

/** Null for a page that is not of particles. Of a bin that was clicked all are named, those first that the page is about. */
export function eventsBehind(page: string, context: PageContext): EventsBehind | null {
  if (!Object.hasOwn(BY_PAGE, page)) return null;
  const { caption, score } = BY_PAGE[page];
  const { data, point, samples, state, versions } = context;
  const column = (versions[0] ?? data.versions[0]).column(state.measure);
  const picked = pickedBin(state);
  const found = samples.flatMap((sample) => {
    const rows = data.rows(point, sample, context.cuts);
    const { columns } = data.events(point, sample);
    const responses = columns[column] ?? columns.response_pt ?? [];
    const middle = rows.estimate(column, CENTRES.median).value;
    const isPicked = picked === undefined ? () => true : inBin(picked, rows, responses);
    return Array.from(rows.rows.filter(isPicked), (row) => {
      const particle = {
        isSplit: columns.is_split[row] === 1,
        isMatched: columns.n_matched[row] > 0,
        response: responses[row],
        pt: columns.gen_pt[row],
      };
      return { sample, row, ...particle, score: score(particle, middle) };
    });
  });
  const remarkable = found.filter((each) => !Number.isNaN(each.score)).toSorted((a, b) => b.score - a.score);
  const others = picked === undefined ? [] : found.filter((each) => Number.isNaN(each.score));
  const rows = [...remarkable, ...others]
    .slice(0, picked === undefined ? MOST : MOST_OF_BIN)
    .map(({ sample, row, isSplit, isMatched, response, pt }) => {
      const { entry, gen_eta } = data.events(point, sample).columns;
      const about = [
        `pT ${formatNumber(pt, 3)} GeV`,
        `η ${formatNumber(gen_eta[row], 3)}`,
        isMatched ? `response ${formatNumber(response, 3)}` : "no matched cluster",
        ...(isSplit ? ["split"] : []),
      ];
      return { sample, entry: entry[row], text: about.join(", ") };
    });
  const few = (of: readonly unknown[]): string => (rows.length < of.length ? `, ${rows.length} of them` : "");
  if (picked === undefined) return { caption: `${formatNumber(remarkable.length)} ${caption}${few(remarkable)}`, rows };
  const name = {
    gen_pt: "generated pT [GeV]",
    gen_en: "generated E [GeV]",
    gen_eta: "generated |η|",
    response: "response",
  };
  const { of, low, high } = picked;
  const range = `${name[of]} from ${formatNumber(low, 4)} to ${formatNumber(high, 4)}`;
  return {
    caption: `${formatNumber(found.length)} ${noun(found.length, "particle")} with ${range}${few(found)}`,
    rows,
  };
}

/** Whether a row is in the bin. The last bin has its upper border, as those of plots. */
function inBin(
  { of, low, high }: NonNullable<ReturnType<typeof pickedBin>>,
  rows: PointRows,
  responses: ArrayLike<number>,
): (row: number) => boolean {
  const value = (row: number): number => (of === "response" ? responses[row] : rows.value(of, row));
  const most = rows.rows.reduce((all, row) => Math.max(all, value(row) || -Infinity), -Infinity);
  return (row) => value(row) >= low && (value(row) < high || (value(row) === high && high >= most));
}
