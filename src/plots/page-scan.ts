/** Pages of scans of parameters. */
import { noun, type Table } from "../core/index.js";
import { BY_COLUMNS, costOf, FIGURES, HEAL, paretoFront, ranked, SCAN_KEYS } from "../studies/index.js";
import { createFigure, type Figure, type Page, type PageTable } from "./figure.js";
import { type Series } from "./plot.js";
import { rowsOfSample, studyLanes } from "./study-lanes.js";
import { formatNumber } from "./ticks.js";

const POINTS = { ...SCAN_KEYS, ...FIGURES };
const BIN_POINTS = { ...POINTS, ...BY_COLUMNS };

export interface ScanInput {
  readonly about: string;
  readonly samples: readonly { readonly name: string }[];
  /** Parameters of the grid, in its order. */
  readonly axes: readonly { readonly key: string; readonly values: readonly unknown[] }[];
  readonly points: Table<typeof POINTS> | Table<typeof BIN_POINTS>;
  readonly heal?: Table<typeof HEAL>;
  /** Column by which tables are ranked; absent: the truest split fraction. */
  readonly rank?: string;
}

type Figured = keyof typeof FIGURES;

/** The settings of a point by parameter. */
function settingsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(";")
      .filter((each) => each !== "")
      .map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]),
  );
}

export function scanPages(input: ScanInput): Page[] {
  return input.samples.map(({ name }, sample) => {
    const rows = rowsOfSample(input.points, sample);
    const split = splitColumn(input, rows);
    const heal = input.heal === undefined ? [] : healTables(input.heal, sample);
    return {
      id: `scan-${sample}`,
      title: `Scan: ${name}`,
      intro: `Which setting stops particles from splitting, and what it costs. ${input.about}`,
      tables: [rankedPoints(input, rows, split), ...heal],
      figures: [
        scanTradeOff(input, sample),
        ...input.axes
          .filter(({ values }) => values.length > 1)
          .map((axis) => alongAxis(input, sample, rows, split, axis)),
      ],
    };
  });
}

/** Truth where it is known, else the net fraction. */
function splitColumn({ points }: ScanInput, rows: readonly number[]): "true_split_fraction" | "split_net" {
  return rows.some((row) => !Number.isNaN(points.columns.true_split_fraction[row]))
    ? "true_split_fraction"
    : "split_net";
}

/** What a column of points is called. */
const inWords = (column: string): string =>
  TABLE_COLUMNS.find(([name]) => name === column)?.[1] ?? column.replaceAll("_", " ");

const WORDS: Partial<Record<Figured, string>> = {
  true_split_fraction: "truly split particles",
  split_net: "split particles, net",
  split_fraction: "split particles",
  resolution_en: "energy resolution",
  resolution_pt: "pT resolution",
  response_en: "median E / generated E",
  response_pt: "median pT / generated pT",
  false_clusters: "false clusters an entry",
  clusters: "clusters an entry",
  seeds: "seeds an entry",
};

const nameOf = (figure: Figured): string => WORDS[figure] ?? figure.replaceAll("_", " ");

/** Figures of which something is known, but for the ends of intervals and plain counts: what settings can be compared by. */
export function scanFigures({ points }: ScanInput): { readonly id: string; readonly name: string }[] {
  return (Object.keys(FIGURES) as Figured[])
    .filter((id) => !/_(lo|hi)$|^(particles|matched|split)$/.test(id))
    .filter((id) => points.columns[id].some((value) => !Number.isNaN(value)))
    .map((id) => ({ id, name: nameOf(id) }));
}

/** Every point: one figure against another, and the front of those that no other point beats in both. */
export function scanTradeOff(input: ScanInput, sample: number, x?: string, y?: string): Figure {
  const { points, samples } = input;
  const rows = rowsOfSample(points, sample);
  const { columns } = points;
  const isFigure = (name: string | undefined): name is Figured => name !== undefined && Object.hasOwn(FIGURES, name);
  const xFigure = isFigure(x) ? x : splitColumn(input, rows);
  const yFigure = isFigure(y) ? y : "resolution_en";
  const has = (figure: Figured): boolean => Object.hasOwn(FIGURES, `${figure}_lo`);
  const chains = [...new Set(rows.map((row) => columns.chain[row]))];
  const lanes = studyLanes(chains);
  const series = chains.map((chain, k): Series => {
    const own = rows.filter((row) => columns.chain[row] === chain);
    const of = (column: string): number[] => own.map((row) => columns[column as Figured][row]);
    return {
      name: chain,
      ...lanes[k],
      marks: [
        {
          kind: "points",
          x: of(xFigure),
          y: of(yFigure),
          ...(has(yFigure) ? { low: of(`${yFigure}_lo`), high: of(`${yFigure}_hi`) } : {}),
          labels: own.map((row) => columns.settings[row] || "as configured"),
          entries: of("particles"),
        },
      ],
    };
  });
  const places = rows.map((row) => ({ x: columns[xFigure][row], y: columns[yFigure][row] }));
  const front = paretoFront(places, [xFigure, yFigure]).map((at) => places[at]);
  const line = { kind: "line", x: front.map((each) => each.x), y: front.map((each) => each.y) } as const;
  const isFraction = /split/.test(xFigure);
  return createFigure({
    id: `scan-${sample}-price`,
    title:
      isFraction && yFigure === "resolution_en"
        ? `${samples[sample].name}: the price of splitting less`
        : `${samples[sample].name}: ${nameOf(yFigure)} against ${nameOf(xFigure)}`,
    notes: [
      `One point a setting; hover for which. Pareto front: those that no other one beats in both (${better(xFigure)}; ${better(yFigure)}).`,
      has(yFigure) ? "Bars: 68 % intervals." : "No bars.",
    ],
    panels: [
      {
        x: { label: nameOf(xFigure), ...(isFraction ? { includes: [0, 0.01] } : {}) },
        y: { label: nameOf(yFigure) },
        series: [
          ...(front.length > 1 ? [{ name: "Pareto front", color: "grey", dash: "4 3", marks: [line] } as const] : []),
          ...series,
        ],
      },
    ],
  });
}

/** Which values are good. */
function better(figure: Figured): string {
  const good = figure.startsWith("response") ? "near 1" : costOf(figure, 1) < 0 ? "more" : "less";
  return `${nameOf(figure)}: ${good} is better`;
}

/** Curves that a figure can hold. */
const MOST_CURVES = 8;

/** Split fraction, resolution and false clusters against one parameter; a curve for each setting of the others. */
function alongAxis(
  { points, samples }: ScanInput,
  sample: number,
  rows: readonly number[],
  split: "true_split_fraction" | "split_net",
  { key, values }: ScanInput["axes"][number],
): Figure {
  const { columns } = points;
  const isNumber = values.every((value) => typeof value === "number");
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const settings = new Map(settingsOf(columns.settings[row]));
    if (!settings.has(key)) continue;
    settings.delete(key);
    const name = [columns.chain[row], ...[...settings].map(([other, value]) => `${other}=${value}`)].join(", ");
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const kept = [...groups].slice(0, MOST_CURVES);
  const lanes = studyLanes(kept);
  const texts = values.map((value) => (Array.isArray(value) ? settingText(value) : String(value)));
  const xOf = (row: number): number => {
    const text = settingsOf(columns.settings[row]).get(key) ?? "";
    return isNumber ? Number(text) : texts.indexOf(text);
  };
  const curves = (column: Figured, interval?: readonly [Figured, Figured]): Series[] =>
    kept.map(([name, own], k): Series => ({
      name,
      ...lanes[k],
      marks: [
        {
          kind: "points",
          x: own.map(xOf),
          y: own.map((row) => columns[column][row]),
          ...(interval === undefined
            ? {}
            : { low: own.map((row) => columns[interval[0]][row]), high: own.map((row) => columns[interval[1]][row]) }),
          joined: true,
        },
      ],
    }));
  const isWhole = isNumber && values.every(Number.isInteger);
  const x = isNumber
    ? { label: key, ...(isWhole ? { whole: true as const } : {}) }
    : { label: `${key}: number of the value`, whole: true as const, range: [-0.5, values.length - 0.5] as const };
  return createFigure({
    id: `scan-${sample}-${key.replaceAll(/[^A-Za-z0-9]+/g, "-")}`,
    title: `${samples[sample].name} against ${key}`,
    notes: [
      "Bars: 68 %.",
      ...(isNumber ? [] : [texts.map((text, i) => `${i}: ${text}`).join("; ")]),
      ...(groups.size > kept.length
        ? [
            `${kept.length} of ${groups.size} settings of the other parameters ${noun(kept.length, "is", "are")} drawn; the table has all.`,
          ]
        : []),
    ],
    columns: 3,
    width: 370,
    height: 250,
    panels: [
      { x, y: { label: nameOf(split), includes: [0] }, series: curves(split, [`${split}_lo`, `${split}_hi`]) },
      {
        x,
        y: { label: "energy resolution" },
        series: curves("resolution_en", ["resolution_en_lo", "resolution_en_hi"]),
      },
      { x, y: { label: "false clusters an entry", includes: [0, 1] }, series: curves("false_clusters") },
    ],
  });
}

function settingText(value: readonly unknown[]): string {
  return value.every((each) => each === value[0]) ? String(value[0]) : JSON.stringify(value);
}

const TABLE_COLUMNS: readonly (readonly [Figured, string])[] = [
  ["split_fraction", "split"],
  ["split_net", "net"],
  ["true_split_fraction", "truly split"],
  ["efficiency", "efficiency"],
  ["response_en", "response"],
  ["resolution_en", "resolution"],
  ["seeds", "seeds"],
  ["clusters", "clusters"],
  ["false_clusters", "false"],
];

function rankedPoints({ points, rank }: ScanInput, rows: readonly number[], split: Figured): PageTable {
  const { columns } = points;
  const by = rank ?? split;
  const shown = TABLE_COLUMNS.filter(([column]) => rows.some((row) => !Number.isNaN(columns[column][row])));
  const order = ranked(
    rows.map((row) => ({ row, point: columns.point[row], [by]: columns[by as Figured][row] })),
    by,
  ).map((each) => Number(each["row"]));
  return {
    caption: `All settings, by ${inWords(by)}: the best first`,
    header: ["chain", "settings", ...shown.map(([, title]) => title)],
    rows: order.map((row) => [
      columns.chain[row],
      columns.settings[row] || "as configured",
      ...shown.map(([column]) => formatNumber(columns[column][row], 3)),
    ]),
  };
}

/** How many of the splits each single change mends. */
function healTables({ rows, columns }: Table<typeof HEAL>, sample: number): PageTable[] {
  const tallies = new Map<string, { chain: string; setting: string; split: number; healed: number }>();
  for (let row = 0; row < rows; row++) {
    if (columns.sample[row] !== sample) continue;
    const [chain, setting] = [columns.chain[row], columns.setting[row]];
    const tally = tallies.get(`${chain} ${setting}`) ?? { chain, setting, split: 0, healed: 0 };
    tally.split++;
    if (columns.split[row] === 0) tally.healed++;
    tallies.set(`${chain} ${setting}`, tally);
  }
  if (tallies.size === 0) return [];
  return [
    {
      caption: "Splits as configured, and how many of them each single change mends",
      header: ["chain", "change", "split", "mended"],
      rows: [...tallies.values()].map(({ chain, setting, split, healed }) => [
        chain,
        setting,
        String(split),
        String(healed),
      ]),
    },
  ];
}
