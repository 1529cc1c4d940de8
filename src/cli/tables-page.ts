/** docs/tables.md, written from the schemas. */
import { type Schema } from "../core/index.js";
import { RUN_TABLES, SAMPLE_TABLES, TC_TRUTH } from "../events/index.js";
import {
  BY_COLUMNS,
  CORRECTIONS,
  FIGURES,
  HEAL,
  PART_EVENTS,
  PHI_COUNTS,
  PHI_EVENTS,
  PHI_KEYS,
  PHI_ROWS,
  RADIUS_CLUSTERS,
  RADIUS_KEYS,
  SCAN_KEYS,
  STUDY_EVENTS,
  TC_MAP,
  WEIGHT_POINTS,
  WEIGHTED_COLUMNS,
  WEIGHTED_RESPONSES,
  WEIGHTS,
} from "../studies/index.js";
import { pageTable } from "./page-table.js";

const HEAD = `# Tables

The columns of every table, written from the program. All files are flat Parquet, every column is required, reals are NaN where there is no value;
[how to read them](formats.md#read-them-from-python) with pandas, polars, DuckDB. \`entry\`, one event and one endcap, is the key of all tables of a
sample and of its runs: join on it, not on \`event\`, which may repeat.
`;

/** What stands above the tables of a run. */
const ABOUT_RUN: Readonly<Record<string, string>> = {
  seeds: "One row a seed.",
  clusters: "One row a cluster.",
  assignment: "Trigger cells that belong to a seed.",
  events: "One row an entry, chain and particle: what became of it.",
  fill: "With `--save-steps`: the filled bins.",
  smooth: "With `--save-steps`: the smoothed map where it is not 0.",
  coarse_seeds: "With `--save-steps`: wafers of the coarse-seeding chain.",
  tcdr: "With thresholds in `valid_cluster.tcDeltaRthresh`: energy by distance to the particle.",
};

/** Titles, what stands above the table, and the columns. */
const PARTS: readonly (readonly [string, readonly (readonly [string, string, Schema])[]])[] = [
  [
    "Sample",
    [
      ["entries.parquet", "One row an entry.", SAMPLE_TABLES.entries],
      ["gen.parquet", "Generated particles at the front face of the calorimeter.", SAMPLE_TABLES.gen],
      [
        "cl3d.parquet",
        "Clusters of the ntuple: CMSSW's, or what stands for them in simulated samples.",
        SAMPLE_TABLES.cl3d,
      ],
      ["tc.parquet", "Trigger cells.", SAMPLE_TABLES.tc],
      ["tc.parquet of simulated samples", "What deposits are known.", TC_TRUTH],
    ],
  ],
  [
    "Run",
    Object.entries<Schema>(RUN_TABLES).map(
      ([name, schema]) => [`${name}.parquet`, ABOUT_RUN[name] ?? "", schema] as const,
    ),
  ],
  [
    "Study: points",
    [
      ["points.parquet of study scan", "One row a point and sample: these columns, then the figures.", SCAN_KEYS],
      ["points.parquet of study radius", "The same by radius.", RADIUS_KEYS],
      ["points.parquet of study phi-bins", "The same by parameter.", PHI_KEYS],
      ["with --by", "The bin of a row.", BY_COLUMNS],
      ["figures", "Of the three above.", FIGURES],
      ["points.parquet of study weights", "One row a radius, sample, version and set.", WEIGHT_POINTS],
    ],
  ],
  [
    "Study: more",
    [
      ["events.parquet", "One row a point, sample, entry and particle.", STUDY_EVENTS],
      ["events.parquet of study radius", "With all that figures are made of.", PART_EVENTS],
      ["events.parquet of study radius --weights", "From weighted sums of trigger cells.", WEIGHTED_RESPONSES],
      ["heal.parquet of study scan --heal", "Which single change mends which split.", HEAL],
      ["clusters.parquet of study radius", "Each cluster beside the particle nearest to it.", RADIUS_CLUSTERS],
      ["clusters.parquet of study radius --weights", "From weighted sums of trigger cells.", WEIGHTED_COLUMNS],
      ["weights.parquet of study weights", "", WEIGHTS],
      ["corrections.parquet of study weights", "", CORRECTIONS],
      ["tc_map.parquet of study phi-bins", "Where trigger cells were and are.", TC_MAP],
      ["rows.parquet of study phi-bins", "How the sweeps of each R/z row went.", PHI_ROWS],
      ["counts.parquet of study phi-bins", "Trigger cells of the region in each bin.", PHI_COUNTS],
      ["events.parquet of study phi-bins", "With residuals.", PHI_EVENTS],
    ],
  ],
];

export function tablesPage(): string {
  const parts = PARTS.map(([part, tables]) => {
    const texts = tables.map(([title, about, schema]) => {
      const rows = Object.entries(schema).map(([name, { type, unit, doc, optional }]) => [
        `\`${name}\``,
        type,
        unit,
        `${doc}${optional === true ? " (others may lack it)" : ""}`,
      ]);
      return `### ${title}\n\n${about === "" ? "" : `${about}\n\n`}${pageTable(["column", "type", "unit", "is"], rows)}`;
    });
    return [`## ${part}\n`, ...texts].join("\n");
  });
  return [HEAD, ...parts].join("\n");
}
