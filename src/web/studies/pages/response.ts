/** How much of a particle's energy its cluster holds, and how equally. */
import { groupInBins, sortedOf } from "../../../core/index.js";
import { CENTRES, GAUSSIANITY, RESOLUTION, RMS, type Statistic } from "../statistics.js";
import { dodged, type Plot, pointsOf, type Series } from "../../../plots/index.js";
import {
  againstRadius,
  atRadius,
  describeSelection,
  edgesOf,
  type Lane,
  lanesOf,
  type PageContext,
  radiusCurve,
  ruleAt,
  seriesOf,
  type StudyPage,
  type StudyPlot,
  trendVariables,
} from "./page.js";

const BARS = "Bars: 68 % interval (bootstrap over particles).";

const ratio = ({ state }: PageContext): string => (state.measure === "pt" ? "pT / generated pT" : "E / generated E");

/** A statistic of the responses against the radius. */
function curvesOf(
  context: PageContext,
  statistic: Statistic,
  lanes: readonly Lane[],
  look: Partial<Series> = {},
): Series[] {
  const { state, patience } = context;
  return lanes.map((lane) => ({
    ...seriesOf(lane, [
      radiusCurve(context, lane, (rows) => rows.estimate(lane.version.column(state.measure), statistic, patience)),
    ]),
    ...look,
    ...(look.name === undefined ? {} : { name: `${lane.name}, ${look.name}` }),
  }));
}

/** The same in bins of the generated particle, at the point that is looked at. */
function trendsOf(
  context: PageContext,
  plot: {
    readonly id: string;
    readonly title: string;
    readonly note: string;
    readonly y: Plot["panels"][0]["y"];
    readonly rule?: number;
  },
  statistics: readonly { readonly statistic: Statistic; readonly look?: Partial<Series> }[],
): StudyPlot[] {
  const { data, cuts, point, state, patience } = context;
  const lanes = lanesOf(context);
  return trendVariables(context).map(({ id, axis }) => {
    const edges = edgesOf(context, id);
    const series = lanes.flatMap((lane, i) => {
      const rows = data.rows(point, lane.sample, cuts);
      const column = lane.version.column(state.measure);
      const groups = groupInBins(edges, rows.values(id), rows.responses(column));
      const name = `${column} by ${id} ${edges.join()}`;
      return statistics.map(({ statistic, look = {} }): Series => ({
        ...seriesOf(lane, [
          pointsOf(
            edges,
            groups,
            (values, bin) => rows.estimateOf(`${name} ${bin}`, () => sortedOf(values), statistic, patience),
            dodged(edges, i, lanes.length),
          ),
        ]),
        ...look,
        ...(look.name === undefined ? {} : { name: `${lane.name}, ${look.name}` }),
      }));
    });
    return {
      id: `${plot.id}-${id.replace("_", "-")}`,
      bins: { of: id, edges },
      title: `${plot.title} against ${axis.label}${atRadius(context)}`,
      notes: [plot.note, describeSelection(context)],
      panels: [{ x: axis, y: plot.y, series: [...ruleAt(plot.rule), ...series] }],
    };
  });
}

export const RESPONSE: StudyPage = {
  id: "response",
  title: "Response",
  sentence:
    "What the most energetic matched cluster of a particle has, over what was generated: its median, its mean, or the middle of its Gaussian core (for electrons, whose bremsstrahlung makes a tail).",
  controls: ["radius", "samples", "versions", "eta", "pt", "only", "measure", "centre"],
  isFor: () => true,
  make(context) {
    const centre = CENTRES[context.state.centre];
    const y = { label: `${centre.name} of ${ratio(context)}`, includes: [1] };
    const plot = { id: "response", note: BARS, y, rule: 1 };
    return {
      plots: [
        ...againstRadius(
          context,
          { ...plot, title: "Response against the radius" },
          curvesOf(context, centre, lanesOf(context)),
        ),
        ...trendsOf(context, { ...plot, title: "Response" }, [{ statistic: centre }]),
      ],
    };
  },
};

/** Lanes whose effective width and RMS are drawn in one plot. */
const MOST_TOGETHER = 3;

export const RESOLUTION_PAGE: StudyPage = {
  id: "resolution",
  title: "Resolution",
  sentence:
    "How much responses differ from particle to particle: half of the shortest window with 68 % of them, over their median (full), and their standard deviation (n - 1) over their mean (RMS, dotted), which tails pull. Gaussianity is |RMS − effective width / mean| / RMS: 0 where both say the same.",
  controls: ["radius", "samples", "versions", "eta", "pt", "only", "measure"],
  isFor: () => true,
  make(context) {
    const lanes = lanesOf(context);
    const rms = { dash: "1 3", name: "RMS", marker: "cross" } as const;
    const y = { label: `resolution of ${context.state.measure === "pt" ? "pT" : "E"}` };
    // More curves in one plot nobody tells apart.
    const isTogether = lanes.length <= MOST_TOGETHER;
    const note = `${isTogether ? "Full: effective; dotted: RMS. " : ""}${BARS}`;
    const effective = { id: "resolution", title: "Resolution", note, y: { ...y, includes: [0] } };
    const alone = { id: "rms", title: "RMS / mean", note, y: { label: `RMS / mean of ${y.label.slice(14)}` } };
    return {
      plots: [
        ...againstRadius(context, { ...effective, title: "Resolution against the radius", y: { ...y, log: true } }, [
          ...curvesOf(context, RESOLUTION, lanes),
          ...(isTogether ? curvesOf(context, RMS, lanes, rms) : []),
        ]),
        ...trendsOf(context, effective, [
          { statistic: RESOLUTION },
          ...(isTogether ? [{ statistic: RMS, look: rms }] : []),
        ]),
        ...(isTogether
          ? []
          : [
              ...againstRadius(
                context,
                { ...alone, title: "RMS / mean against the radius", y: { ...alone.y, log: true } },
                curvesOf(context, RMS, lanes),
              ),
              ...trendsOf(context, { ...alone, y: { ...alone.y, includes: [0] } }, [{ statistic: RMS }]),
            ]),
        ...againstRadius(
          context,
          {
            id: "gaussianity",
            title: "Gaussianity against the radius",
            note: BARS,
            y: { label: "Gaussianity", includes: [0] },
          },
          curvesOf(context, GAUSSIANITY, lanes),
        ),
      ],
    };
  },
};
