/** The responses themselves, and the spectra of clusters and particles. */
import { mean, noun } from "../../../core/index.js";
import {
  type Axis,
  formatNumber,
  histogram,
  type PageTable,
  type Plot,
  roundEdges,
  type Series,
} from "../../../plots/index.js";
import { type ClusterColumn } from "../study-data.js";
import { CENTRES, GAUSSIANITY, RESOLUTION, RMS } from "../statistics.js";
import { isIn } from "../../model/selection.js";
import {
  atRadius,
  describeSelection,
  lanesOf,
  type PageContext,
  type PageContent,
  sampleLanes,
  seriesOf,
  type StudyPage,
  type StudyPlot,
} from "./page.js";

/** Histograms show the responses between 0 and this, or the largest where that is less. */
const LARGEST_RESPONSE = 3;

export const DISTRIBUTIONS: StudyPage = {
  id: "distributions",
  title: "Distributions",
  sentence:
    "The most energetic matched cluster over the generated particle, particle by particle, in each version of its pT: as it is, with layer weights, or what the particle itself left in it. Dashed: the centre.",
  controls: ["radius", "samples", "versions", "eta", "pt", "only", "measure", "centre", "bins"],
  isFor: () => true,
  make(context) {
    const { data, state } = context;
    // Versions are compared within a sample, samples with each other where there is one version.
    const groups = context.versions.length > 1 ? context.samples.map((sample) => [sample]) : [context.samples];
    return {
      plots: groups.map((samples) => distribution({ ...context, samples })),
      tables: [widthsTable(context)],
    } satisfies PageContent;

    function distribution(part: PageContext): StudyPlot {
      const lanes = lanesOf(part);
      const column = (lane: (typeof lanes)[number]) => lane.version.column(state.measure);
      const all = lanes.map((lane) => data.rows(part.point, lane.sample, part.cuts).sorted(column(lane)));
      const top = Math.min(LARGEST_RESPONSE, Math.max(1.2, ...all.map((sorted) => sorted.at(-1) ?? 0)));
      const edges = roundEdges(0, top, state.bins);
      const notes: string[] = [];
      const series = lanes.flatMap((lane, i): Series[] => {
        const values = Array.from(all[i]);
        const { mark, outside } = histogram(edges, values, values.length);
        const centre = CENTRES[state.centre].of(all[i]);
        if (outside > 0) notes.push(`${lane.name}: ${formatNumber(outside)} beyond ${formatNumber(edges.at(-1) ?? 0)}`);
        const rule = { kind: "rule", x: centre } as const;
        return [
          seriesOf(lane, [mark]),
          ...(Number.isNaN(centre) ? [] : [{ color: lane.color, dash: "5 4", marks: [rule] }]),
        ];
      });
      const label = state.measure === "pt" ? "pT / generated pT" : "E / generated E";
      const one = part.samples.length === 1 ? `${data.samples[part.samples[0]].name}: ` : "";
      return {
        id: `distribution-${part.samples.join("-")}`,
        bins: { of: "response", edges },
        title: `${one}${label}${atRadius(part)}`,
        notes: [
          `Shares of the particles with a matched cluster; no bars. Dashed: ${CENTRES[state.centre].name}.${notes.length === 0 ? "" : ` ${notes.join("; ")}.`}`,
          describeSelection(part),
        ],
        panels: [{ x: { label }, y: { label: "share per bin", log: true }, series }],
      };
    }
  },
};

/** What the reference's page of widths says, of each curve. */
function widthsTable(context: PageContext): PageTable {
  const { data, cuts, point, state } = context;
  const rows = lanesOf(context).map((lane) => {
    const sorted = data.rows(point, lane.sample, cuts).sorted(lane.version.column(state.measure));
    const values = Array.from(sorted);
    return [
      lane.name,
      formatNumber(sorted.length),
      ...[CENTRES.median.of(sorted), mean(values), CENTRES.core.of(sorted), RMS.of(sorted), RESOLUTION.of(sorted)].map(
        (value) => formatNumber(value, 4),
      ),
      formatNumber(GAUSSIANITY.of(sorted), 3),
    ];
  });
  return {
    caption: `Centres and widths${atRadius(context)}`,
    header: ["", "matched", "median", "mean", "Gaussian core", "RMS / mean", "effective / median", "Gaussianity"],
    rows,
  };
}

interface Spectrum {
  readonly id: string;
  readonly axis: Axis;
  readonly reco: "pt" | "en" | "eta" | "phi";
  readonly gen: "gen_pt" | "gen_en" | "gen_eta" | "gen_phi";
}

const SPECTRA: readonly Spectrum[] = [
  { id: "pt", axis: { label: "pT", unit: "GeV" }, reco: "pt", gen: "gen_pt" },
  { id: "energy", axis: { label: "E", unit: "GeV" }, reco: "en", gen: "gen_en" },
  { id: "eta", axis: { label: "η" }, reco: "eta", gen: "gen_eta" },
  { id: "phi", axis: { label: "φ", unit: "rad" }, reco: "phi", gen: "gen_phi" },
];

const GENERATED = ["entry", "gen_pt", "gen_en", "gen_eta", "gen_phi"] as const;
const RECONSTRUCTED = ["pt", "en", "eta", "phi"] as const;

/** Clusters without a particle count too: with pile-up they are most. */
export const SPECTRA_PAGE: StudyPage = {
  id: "spectra",
  title: "Spectra and pile-up",
  sentence:
    "All clusters, whether a particle made them or pile-up, or the generated particles beside them; and how many clusters an endcap of an event has. The range of |η| and pT is that of what is drawn.",
  controls: ["radius", "samples", "eta", "pt", "what", "bins"],
  isFor: ({ hasClusters }) => hasClusters,
  async make(context) {
    const { data, cuts, point, state } = context;
    const lanes = sampleLanes(context);
    const isGen = state.what === "gen";
    await data.need(["n_clusters"]);
    const names = isGen ? GENERATED : RECONSTRUCTED;
    const tables = await Promise.all(lanes.map(({ sample }) => data.clusters<ClusterColumn>(point, sample, names)));
    // A particle once, however many clusters are beside it.
    const kept = tables.map(({ rows, columns }) => {
      const [pt, eta] = isGen ? [columns.gen_pt, columns.gen_eta] : [columns.pt, columns.eta];
      const list: number[] = [];
      for (let row = 0; row < rows; row++) {
        const isAgain =
          isGen &&
          row > 0 &&
          columns.entry[row] === columns.entry[row - 1] &&
          columns.gen_phi[row] === columns.gen_phi[row - 1];
        if (!isAgain && isIn(pt[row], cuts.pt) && isIn(Math.abs(eta[row]), cuts.eta)) list.push(row);
      }
      return list;
    });
    const what = isGen ? "generated particles beside a cluster" : "clusters";
    const sizes = lanes.map((lane, i) => `${lane.name}: ${formatNumber(kept[i].length)} ${what}`).join("; ");
    const plots = SPECTRA.map(({ id, axis, reco, gen }): Plot => {
      const name = isGen ? gen : reco;
      const values = lanes.map((_, i) => kept[i].map((row) => tables[i].columns[name][row]).filter(Number.isFinite));
      const all = values.flat();
      const [low, high] = all.reduce(
        ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
        [Infinity, -Infinity],
      );
      const edges = low < high ? roundEdges(low, high, state.bins) : [low - 0.5, low + 0.5];
      const isSpectrum = id === "pt" || id === "energy";
      return {
        id: `spectrum-${id}`,
        title: `${axis.label} of ${what}${atRadius(context)}`,
        notes: [`Numbers per bin; no bars. ${sizes}`],
        panels: [
          {
            x: { ...axis, label: isGen ? `generated ${axis.label}` : axis.label },
            y: {
              label: `${isGen ? "particles" : "clusters"} per bin`,
              ...(isSpectrum ? { log: true as const } : { includes: [0] }),
            },
            series: all.length === 0 ? [] : lanes.map((lane, i) => seriesOf(lane, [histogram(edges, values[i]).mark])),
          },
        ],
      };
    });
    return { plots: [...plots, multiplicity(context)] };
  },
};

/** Clusters of an entry, those without any included. */
function multiplicity(context: PageContext): Plot {
  const { data, point } = context;
  const lanes = sampleLanes(context);
  const counts = lanes.map(({ sample }) => {
    const { rows, columns } = data.events(point, sample);
    const { entry, n_clusters = [] } = columns;
    const list: number[] = [];
    for (let row = 0; row < rows; row++) {
      if (row === 0 || entry[row] !== entry[row - 1]) list.push(n_clusters[row]);
    }
    return list;
  });
  const most = counts.flat().reduce((a, b) => Math.max(a, b), 0);
  const step = Math.max(1, Math.ceil((most + 1) / 60));
  const edges = Array.from({ length: Math.floor(most / step) + 2 }, (_, i) => i * step - 0.5);
  return {
    id: "multiplicity",
    title: `Clusters of an endcap${atRadius(context)}`,
    notes: [
      `Shares of the entries (event and endcap)${data.knowsAll ? "" : " that have a cluster at some radius"}; no bars. ${lanes.map((lane, i) => `${lane.name}: ${formatNumber(counts[i].length)} ${noun(counts[i].length, "entry", "entries")}`).join("; ")}`,
    ],
    panels: [
      {
        x: { label: "clusters", whole: true },
        y: { label: "share of the entries", includes: [0] },
        series: lanes.map((lane, i) => seriesOf(lane, [histogram(edges, counts[i], counts[i].length).mark])),
      },
    ],
  };
}
