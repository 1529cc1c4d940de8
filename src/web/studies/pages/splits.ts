/** Particles that become two clusters. */
import { groupInBins } from "../../../core/index.js";
import { dodged, estimateFraction, pointsOf } from "../../../plots/index.js";
import {
  againstRadius,
  atRadius,
  describeSelection,
  edgesOf,
  fraction,
  radiusCurve,
  sampleLanes,
  seriesOf,
  type StudyPage,
  type StudyPlot,
  trendVariables,
} from "./page.js";

const BARS = "Bars: 68 % interval (Clopper-Pearson; net: bootstrap over entries).";

export const SPLITS: StudyPage = {
  id: "splits",
  title: "Splits",
  sentence:
    "Particles near which at least two clusters have pT above 2 GeV and the second one 10 % of their sum. With pile-up the net fraction is without what pile-up alone would split, and the truth (dotted) says whose deposits two clusters really share.",
  controls: ["radius", "samples", "eta", "pt", "measure"],
  isFor: ({ knowsAll }) => knowsAll,
  make(context) {
    const { data, cuts, point } = context;
    const lanes = sampleLanes(context);
    const hasTruth = lanes.filter(({ sample }) => data.rows(point, sample, cuts).counts.withTruth > 0);
    const y = { label: "share of the particles", includes: [0] };
    const net = lanes.map((lane) =>
      seriesOf(lane, [
        radiusCurve(context, lane, ({ counts }) =>
          counts.particles === 0
            ? fraction(0, 0)
            : { value: counts.splitNet, low: counts.splitNetInterval.low, high: counts.splitNetInterval.high },
        ),
      ]),
    );
    const truth = hasTruth.map((lane) => ({
      ...seriesOf(lane, [
        radiusCurve(context, lane, ({ counts }) =>
          fraction(Math.round((counts.trueSplitFraction ?? 0) * counts.withTruth), counts.withTruth),
        ),
      ]),
      name: `${lane.name}, truth`,
      dash: "1 3",
      marker: "ring" as const,
    }));
    const trends = trendVariables(context).map(({ id, axis }): StudyPlot => {
      const edges = edgesOf(context, id);
      return {
        id: `splits-${id.replace("_", "-")}`,
        bins: { of: id, edges },
        title: `Split particles against ${axis.label}${atRadius(context)}`,
        notes: [`As observed, pile-up included. ${BARS}`, describeSelection(context)],
        panels: [
          {
            x: axis,
            y,
            series: lanes.map((lane, i) => {
              const rows = data.rows(point, lane.sample, cuts);
              const groups = groupInBins(edges, rows.values(id), rows.flags("is_split"));
              return seriesOf(lane, [pointsOf(edges, groups, estimateFraction, dodged(edges, i, lanes.length))]);
            }),
          },
        ],
      };
    });
    const plot = { id: "splits", title: "Split particles against the radius", note: `Net of pile-up. ${BARS}`, y };
    return { plots: [...againstRadius(context, plot, [...net, ...truth]), ...trends] };
  },
};
