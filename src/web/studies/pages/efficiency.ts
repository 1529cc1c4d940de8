/** How many particles have a cluster. */
import { groupInBins } from "../../../core/index.js";
import { dodged, estimateFraction, type Plot, pointsOf, type Series } from "../../../plots/index.js";
import {
  againstRadius,
  atRadius,
  describeSelection,
  edgesOf,
  fraction,
  type PageContext,
  radiusCurve,
  sampleLanes,
  seriesOf,
  type StudyPage,
  type StudyPlot,
  trendVariables,
} from "./page.js";

const Y = { label: "efficiency", includes: [0, 1] };
const BARS = "Bars: 68 % interval (Clopper-Pearson).";

/** What pile-up alone would match, where there is pile-up. */
function controls(context: PageContext): Series[] {
  return sampleLanes(context)
    .filter(({ sample }) => (context.data.samples[sample].pileup ?? 0) > 0)
    .map((lane) => ({
      name: `${lane.name}, control`,
      color: lane.color,
      marker: "ring",
      dash: "2 2",
      marks: [
        radiusCurve(context, lane, ({ counts }) => ({ value: counts.matchControl, low: Number.NaN, high: Number.NaN })),
      ],
    }));
}

export const EFFICIENCY: StudyPage = {
  id: "efficiency",
  title: "Efficiency",
  sentence:
    "Generated particles in acceptance with at least one matched cluster, over all of them: a particle without any cluster lowers it, one that is split counts once. With pile-up the control says how often a direction without a particle has a cluster.",
  controls: ["radius", "samples", "eta", "pt", "only", "measure"],
  isFor: ({ knowsAll }) => knowsAll,
  async make(context) {
    const { data, cuts, point } = context;
    const lanes = sampleLanes(context);
    const matched = matchedClusters(context);
    const curves = lanes.map((lane) =>
      seriesOf(lane, [radiusCurve(context, lane, ({ counts }) => fraction(counts.matched, counts.particles))]),
    );
    const trends = trendVariables(context).map(({ id, axis }): StudyPlot => {
      const edges = edgesOf(context, id);
      return {
        id: `efficiency-${id.replace("_", "-")}`,
        bins: { of: id, edges },
        title: `Efficiency against ${axis.label}${atRadius(context)}`,
        notes: [BARS, describeSelection(context)],
        panels: [
          {
            x: axis,
            y: Y,
            series: lanes.map((lane, i) => {
              const rows = data.rows(point, lane.sample, cuts);
              const groups = groupInBins(edges, rows.values(id), rows.flags("is_matched"));
              return seriesOf(lane, [pointsOf(edges, groups, estimateFraction, dodged(edges, i, lanes.length))]);
            }),
          },
        ],
      };
    });
    const plot = { id: "efficiency", title: "Efficiency against the radius", note: BARS, y: Y };
    return {
      plots: [
        ...againstRadius(context, plot, [...curves, ...controls(context)]),
        ...trends,
        // The others need no clusters: they are shown while those are read.
        ...((await context.patience.isThere(matched)) ? await matched : matchedPlot(context, [])),
      ],
    };
  },
};

/** In place of the efficiency, where some of the particles are not known. */
export const MATCHED_CLUSTERS: StudyPage = {
  id: "matched-clusters",
  title: "Matched clusters",
  sentence:
    "Clusters near a particle over all clusters. It is no efficiency: that takes the particles without any cluster too.",
  controls: ["radius", "samples", "eta", "pt"],
  isFor: ({ knowsAll, hasClusters, radii }) => !knowsAll && hasClusters && radii.length > 1,
  make: async (context) => ({ plots: await matchedClusters(context) }),
};

/** What the reference calls efficiency: clusters, not particles. */
async function matchedClusters(context: PageContext): Promise<Plot[]> {
  const { data, cuts } = context;
  if (!data.hasClusters || data.radii.length < 2) return [];
  const series: Series[] = [];
  for (const lane of sampleLanes(context)) {
    const found = await Promise.all(data.radii.map((_, point) => data.clusterCounts(point, lane.sample, cuts)));
    const shares = found.map(({ matched, n }) => fraction(matched, n));
    const curve = seriesOf(lane, [
      {
        kind: "points",
        x: data.radii,
        y: shares.map(({ value }) => value),
        low: shares.map(({ low }) => low),
        high: shares.map(({ high }) => high),
        entries: found.map(({ n }) => n),
        joined: true,
        size: 2.5,
      },
    ]);
    series.push(curve);
  }
  return matchedPlot(context, series);
}

function matchedPlot(context: PageContext, series: readonly Series[]): Plot[] {
  const { data } = context;
  if (!data.hasClusters || data.radii.length < 2) return [];
  return againstRadius(
    context,
    {
      id: "matched-clusters",
      title: "Matched clusters / clusters against the radius",
      note: `Clusters within ΔR of the particle nearest to them, over all clusters: what the reference's pages call efficiency. An event without clusters does not count, a split one counts twice. ${BARS}`,
      y: { label: "matched clusters / clusters", includes: [0, 1] },
    },
    series,
  );
}
