/** The reference's `stats` CSV: how many events have one and two clusters at each parameter of the phi bins, its own and CMSSW's. */
import { basename } from "node:path";
import { clopperPearson, InputError, TableBuilder } from "../core/index.js";
import { FIGURES, PHI_COUNTS, PHI_EVENTS, PHI_KEYS, PHI_ROWS } from "../studies/index.js";
import { type ImportedContent } from "./imported-content.js";
import { addRow, pointsSchema } from "./studies/points.js";

const COUNTS = ["c_loc1", "c_loc2", "c_rem1", "c_rem2"] as const;
const RATIOS = ["locrat1", "locrat2", "remrat1", "remrat2"] as const;
const NEEDED = ["ipar", ...COUNTS] as const;

/** Difference of a ratio and the counts that it is of, as digits of a text may make it. */
const ROUNDED = 1e-3;

type Row = Readonly<Record<string, number>> & { readonly ipar: number };

/** InputError that names the line of what cannot be. */
export function importStats(input: string, text: string): ImportedContent {
  const rows = readRows(input, text).toSorted((a, b) => a.ipar - b.ipar);
  const name = basename(input).replace(/\.csv$/i, "");
  const sides = [
    { name: `${name}: custom`, one: "c_loc1", two: "c_loc2" },
    { name: `${name}: CMSSW`, one: "c_rem1", two: "c_rem2" },
  ];
  const most = (side: (typeof sides)[0]): number => Math.max(...rows.map((row) => row[side.one] + row[side.two]));
  const schemas = { points: pointsSchema(PHI_KEYS, false), rows: PHI_ROWS, counts: PHI_COUNTS, events: PHI_EVENTS };
  return {
    study: "phi-bins",
    options: { region: "unknown", parameters: rows.map(({ ipar }) => ipar), seed: null, maxSweeps: null, bins: [] },
    points: rows.map(({ ipar }) => ({ parameter: ipar })),
    samples: sides.map((side) => ({ name: side.name, entries: most(side), gen: most(side) })),
    notes: [
      "Split: events with two clusters; events with none, or with three and more, are not in the file",
      "Its two samples are the same events: with the clusters of bye_splits (custom), and with those of CMSSW",
      "Resolutions, efficiency and what moved are not in the file",
    ],
    schemas,
    async fill(append) {
      const points = new TableBuilder(schemas.points);
      const empty = Object.fromEntries(
        Object.entries({ ...PHI_KEYS, ...FIGURES }).map(([column, { type }]) => [
          column,
          type === "int32" ? 0 : Number.NaN,
        ]),
      );
      const lines: string[] = [];
      for (const [sample, side] of sides.entries()) {
        for (const [point, row] of rows.entries()) {
          const split = row[side.two];
          const particles = row[side.one] + split;
          const { low, high } = clopperPearson(split, particles);
          addRow(points, {
            ...empty,
            ...{ point, parameter: row.ipar, sample, particles, matched: particles, split },
            ...{ split_fraction: split / particles, split_fraction_lo: low, split_fraction_hi: high },
          });
          lines.push(`${side.name}, parameter ${row.ipar}: ${split} of ${particles} events are split`);
        }
      }
      await append("points", points.finish());
      return { table: lines, limited: [] };
    },
  };
}

/** One a run; files of several runs, one behind the other, have their header again. */
function readRows(input: string, text: string): Row[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.split(",").map((field) => field.trim().replace(/^"(.*)"$/, "$1")));
  const [header] = lines;
  const lacks = NEEDED.filter((name) => !header.includes(name));
  if (lacks.length > 0)
    throw new InputError(`${input} is no stats file of the reference: it lacks the columns ${lacks.join(", ")}`);
  const rows: Row[] = [];
  const places = new Map<number, string>();
  for (const [i, fields] of lines.entries()) {
    if (fields.join() === "" || fields.join() === header.join()) continue;
    const place = `${input}, line ${i + 1}`;
    if (fields.length !== header.length) {
      throw new InputError(`${place} has ${fields.length} values, expected ${header.length}: is the file truncated?`);
    }
    const row = Object.fromEntries(header.map((name, c) => [name, fields[c] === "" ? Number.NaN : Number(fields[c])]));
    checkRow(row, place, (name) => fields[header.indexOf(name)]);
    const other = places.get(row["ipar"]);
    if (other !== undefined)
      throw new InputError(`${place}: the parameter ${row["ipar"]} is there twice, as in ${other}`);
    places.set(row["ipar"], `line ${i + 1}`);
    rows.push(row as Row);
  }
  if (rows.length === 0) throw new InputError(`${input} has no rows: there is nothing to import`);
  return rows;
}

function checkRow(row: Readonly<Record<string, number>>, place: string, text: (name: string) => string): void {
  if (!(row["ipar"] >= 0 && row["ipar"] <= 1)) {
    throw new InputError(`${place}: ipar is "${text("ipar")}", expected a number from 0 to 1`);
  }
  for (const name of COUNTS) {
    if (Number.isSafeInteger(row[name]) && row[name] >= 0) continue;
    throw new InputError(`${place}: ${name} is "${text(name)}", expected a number of events`);
  }
  for (const pair of [COUNTS.slice(0, 2), COUNTS.slice(2)]) {
    if (pair.every((name) => row[name] === 0)) throw new InputError(`${place}: ${pair.join(" and ")} are 0: no events`);
  }
  for (const [i, name] of RATIOS.entries()) {
    if (!Object.hasOwn(row, name)) continue;
    const pair = i < 2 ? (["c_loc1", "c_loc2"] as const) : (["c_rem1", "c_rem2"] as const);
    const ratio = row[COUNTS[i]] / (row[pair[0]] + row[pair[1]]);
    if (Math.abs(row[name] - ratio) <= ROUNDED) continue;
    throw new InputError(`${place}: ${name} is "${text(name)}", but ${COUNTS[i]} / (${pair.join(" + ")}) is ${ratio}`);
  }
}
