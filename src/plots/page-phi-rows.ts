/** Figures of the phi-bin study row by row of R/z: what was moved, and what it made of the bins. */
import { noun, rowsWhere, type Table } from "../core/index.js";
import { type PHI_COUNTS, type PHI_EVENTS, type PHI_POINTS, type PHI_ROWS } from "../studies/index.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { type Axis, type PointsMark, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";

export interface PhiBinsInput {
  /** Words on the study: region, sample names. */
  readonly about: string;
  readonly samples: readonly string[];
  /** Ascending. */
  readonly parameters: readonly number[];
  readonly points: Table<typeof PHI_POINTS>;
  readonly rows: Table<typeof PHI_ROWS>;
  readonly counts: Table<typeof PHI_COUNTS>;
  readonly events: Table<typeof PHI_EVENTS>;
}

/** Cells moved, how far, and how unequal the bins are, by R/z row. */
export function rowsFigure({ rows }: Pick<PhiBinsInput, "rows">, parameter: number, step: number): Figure {
  const { columns } = rows;
  const own = rowsWhere(rows.rows, (row) => columns.parameter[row] === parameter && columns.cells[row] > 0);
  const x = own.map((row) => columns.rz_bin[row]);
  const points = (y: readonly number[]): PointsMark => ({ kind: "points", x, y, joined: true });
  const list = (name: "spread_before" | "spread_after" | "mean_arc" | "max_arc"): number[] =>
    own.map((row) => columns[name][row]);
  const limited = own.filter((row) => columns.ended[row] === 0).length;
  const sweeps = own.reduce((most, row) => Math.max(most, columns.sweeps[row]), 0);
  const rz: Axis = { label: "R/z row", whole: true };
  return createFigure(
    {
      id: `phi-bins-rows-${step}`,
      title: `R/z rows at the parameter ${formatNumber(parameter)}`,
      notes: [
        `At most ${formatNumber(sweeps)} sweeps; ${limited === 0 ? "every row came to rest" : `${formatNumber(limited)} ${noun(limited, "row was", "rows were")} ended by the limit of sweeps`}. No bars.`,
      ],
      columns: 1,
      panels: [
        {
          x: rz,
          y: { label: "share of cells moved", includes: [0] },
          series: [{ color: "ink", marks: [points(own.map((row) => columns.moved[row] / columns.cells[row]))] }],
        },
        {
          x: rz,
          y: { label: "arc", unit: "cm", includes: [0] },
          series: [
            { name: "mean", color: "blue", marks: [points(list("mean_arc"))] },
            { name: "largest", color: "orange", marks: [points(list("max_arc"))] },
          ],
        },
        {
          x: rz,
          y: { label: "cells, fullest − emptiest bin", includes: [0] },
          series: [
            { name: "before", color: "grey", marks: [points(list("spread_before"))] },
            { name: "after", color: "blue", marks: [points(list("spread_after"))] },
          ],
        },
      ],
    },
    step,
  );
}

/** Cells by phi bin before and after, at the smallest parameter. One position of the slider a row. */
export function countsPage({ parameters, counts }: PhiBinsInput): Page {
  const { columns } = counts;
  const own = rowsWhere(counts.rows, (row) => columns.parameter[row] === parameters[0]);
  const byRow = new Map<number, number[]>();
  for (const row of own) byRow.set(columns.rz_bin[row], [...(byRow.get(columns.rz_bin[row]) ?? []), row]);
  const filled = [...byRow].filter(([, list]) => list.some((row) => columns.before[row] > 0));
  const figures = filled.map(([rz, list], step) => {
    const outline = (name: "before" | "after"): Series["marks"] => [
      {
        kind: "line",
        x: list.flatMap((row) => [columns.phi_bin[row], columns.phi_bin[row] + 1]),
        y: list.flatMap((row) => [columns[name][row], columns[name][row]]),
      },
    ];
    return createFigure(
      {
        id: `phi-bins-counts-${rz}`,
        title: `Trigger cells by φ bin, R/z row ${rz}`,
        notes: [`Of the region, all layers together; parameter ${formatNumber(parameters[0])}. No bars.`],
        width: 980,
        panels: [
          {
            x: { label: "φ bin", whole: true },
            y: { label: "trigger cells", includes: [0] },
            series: [
              { name: "before", color: "grey", marks: outline("before") },
              { name: "after", color: "blue", marks: outline("after") },
            ],
          },
        ],
      },
      step,
    );
  });
  const slider = { label: "R/z row", steps: filled.map(([rz]) => String(rz)) };
  return {
    id: "phi-bins-counts",
    title: "Cells by bin",
    intro: "Numbers of trigger cells that the sweeps make more equal; those of all parameters are in counts.parquet.",
    figures,
    ...(figures.length > 0 ? { slider } : {}),
  };
}
