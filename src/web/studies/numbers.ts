/** The numbers at the point that is looked at, with their intervals. */
import { formatNumber } from "../../plots/index.js";
import { atRadius, fraction, type PageContext, versionsOf } from "./pages/page.js";
import { type PointRows } from "./point-rows.js";
import { type NumbersTable } from "./protocol.js";
import { type Estimated, CENTRES, GAUSSIANITY, RESOLUTION, RMS } from "./statistics.js";
import { type Version } from "./study-data.js";

interface Line {
  readonly name: string;
  readonly title: string;
  text(rows: PointRows, version: Version, context: PageContext): string;
  /** A share of all particles. */
  readonly ofAll?: true;
  /** A line for each version that is shown. */
  readonly byVersion?: true;
  isFor?(rows: PointRows): boolean;
}

/** With its interval in brackets, where there is one. */
export function withInterval({ value, low, high }: Estimated, scale = 1, unit = ""): string {
  if (Number.isNaN(value)) return "–";
  const short = (number: number): string => formatNumber(scale * number, scale === 1 ? 4 : 3);
  const ends = Number.isNaN(low + high) ? "" : ` [${short(low)}, ${short(high)}]`;
  return `${short(value)}${unit}${ends}`;
}

const percent = (estimated: Estimated): string => withInterval(estimated, 100, " %");

const LINES: readonly Line[] = [
  { name: "particles", title: "Generated particles that are kept", text: ({ length }) => formatNumber(length) },
  {
    name: "efficiency",
    title: "With a matched cluster / particles; 68 % Clopper-Pearson",
    text: ({ counts }) => percent(fraction(counts.matched, counts.particles)),
    ofAll: true,
  },
  {
    name: "match control",
    title: "Directions without the particle that have a cluster: what pile-up alone would match",
    text: ({ counts }) => percent({ value: counts.matchControl, low: Number.NaN, high: Number.NaN }),
    isFor: ({ counts }) => counts.matchControl > 0,
  },
  {
    name: "split",
    title: "Split particles / particles, as observed; 68 % Clopper-Pearson",
    text: ({ counts }) => percent(fraction(counts.split, counts.particles)),
    ofAll: true,
  },
  {
    name: "split, net",
    title: "(split - control) / (1 - control); 68 %, bootstrap over entries",
    text: ({ counts }) =>
      percent({ value: counts.splitNet, low: counts.splitNetInterval.low, high: counts.splitNetInterval.high }),
    isFor: ({ counts }) => counts.splitControl > 0,
  },
  {
    name: "truly split",
    title: "Particles of whose deposits two clusters hold much (simulated samples); 68 % Clopper-Pearson",
    text: ({ counts }) =>
      percent(fraction(Math.round((counts.trueSplitFraction ?? 0) * counts.withTruth), counts.withTruth)),
    isFor: ({ counts }) => counts.withTruth > 0,
  },
  {
    name: "response",
    title: "Centre of the responses, as chosen; 68 %, bootstrap over particles",
    text: (rows, version, { state, patience }) =>
      withInterval(rows.estimate(version.column(state.measure), CENTRES[state.centre], patience)),
    byVersion: true,
  },
  {
    name: "resolution",
    title: "Half of the shortest window with 68 % of the responses, over their median; 68 %, bootstrap over particles",
    text: (rows, version, { state, patience }) =>
      percent(rows.estimate(version.column(state.measure), RESOLUTION, patience)),
    byVersion: true,
  },
  {
    name: "RMS / mean",
    title: "Standard deviation of the responses over their mean; 68 %, bootstrap over particles",
    text: (rows, version, { state, patience }) => percent(rows.estimate(version.column(state.measure), RMS, patience)),
    byVersion: true,
  },
  {
    name: "Gaussianity",
    title: "|RMS - effective width / mean| / RMS: 0 where both widths say the same; 68 %, bootstrap over particles",
    text: (rows, version, { state, patience }) =>
      withInterval(rows.estimate(version.column(state.measure), GAUSSIANITY, patience)),
    byVersion: true,
  },
];

export function numbersOf(context: PageContext): NumbersTable {
  const { data, cuts, point, samples, versions } = context;
  const all = samples.map((sample) => data.rows(point, sample, cuts));
  const known = LINES.filter(({ ofAll }) => ofAll !== true || data.knowsAll);
  const rows = known
    .filter(({ isFor }) => isFor === undefined || all.some((each) => isFor(each)))
    .flatMap((line) =>
      (line.byVersion ? versions : versions.slice(0, 1)).map((version) => ({
        name: line.byVersion && versions.length > 1 ? `${line.name}, ${version.name}` : line.name,
        title: line.title,
        values: all.map((each, i) =>
          (line.byVersion && versionsOf(data, samples[i], [version]).length === 0) || line.isFor?.(each) === false
            ? ""
            : line.text(each, version, context),
        ),
      })),
    );
  return {
    caption: `Numbers${atRadius(context)}`,
    header: samples.map((sample) => data.samples[sample].name),
    rows,
  };
}
