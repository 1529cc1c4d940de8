/** What a plot is: data and words. `plotSvg` draws it, `plotCsv` writes the same data down. */
import { type ColorName } from "./colors.js";

export type Numbers = ArrayLike<number>;

/** A histogram: values[i] between edges[i] and edges[i + 1]. */
export interface StepsMark {
  readonly kind: "steps";
  readonly edges: Numbers;
  readonly values: Numbers;
  readonly fill?: true;
}

/** Points, with vertical bars from low to high. NaN leaves a gap. */
export interface PointsMark {
  readonly kind: "points";
  readonly x: Numbers;
  readonly y: Numbers;
  readonly low?: Numbers;
  readonly high?: Numbers;
  /** The bin that a point stands for: shown on hover and in the CSV. */
  readonly xLow?: Numbers;
  readonly xHigh?: Numbers;
  /** Number of entries behind each point. */
  readonly entries?: Numbers;
  /** A thin line joins the points. */
  readonly joined?: true;
  /** What each point is called on hover and in the CSV. */
  readonly labels?: readonly string[];
  /** Half the size of the marker [px], default 3. */
  readonly size?: number;
  /** Drawn so far to the right [px], where the points of several series would cover each other; values and CSV are the true ones. */
  readonly shift?: number;
  /** A rim in the colour of the paper sets markers off from a map. */
  readonly halo?: true;
}

export interface LineMark {
  readonly kind: "line";
  readonly x: Numbers;
  readonly y: Numbers;
}

export interface BandMark {
  readonly kind: "band";
  readonly x: Numbers;
  readonly low: Numbers;
  readonly high: Numbers;
}

/** Densities along y around x = at[i], the widest value `halfWidth` wide to either side. */
export interface ViolinsMark {
  readonly kind: "violins";
  readonly at: Numbers;
  readonly halfWidth: number;
  readonly shapes: readonly { readonly y: Numbers; readonly density: Numbers }[];
}

/** Cells of a grid coloured by value, values[iy * nx + ix]; NaN stays empty. */
export interface HeatMark {
  readonly kind: "heat";
  readonly xEdges: Numbers;
  readonly yEdges: Numbers;
  readonly values: Numbers;
}

/** Polygons x0, y0, x1, y1, ...; filled by value where there are values, else outlined in the series' colour. */
export interface ShapesMark {
  readonly kind: "shapes";
  readonly outlines: readonly Numbers[];
  readonly values?: Numbers;
  readonly labels?: readonly string[];
}

/** A reference line right through the plot. */
export interface RuleMark {
  readonly kind: "rule";
  readonly x?: number;
  readonly y?: number;
}

/** A bar of a length in units of x in the lower left corner. */
export interface ScaleBarMark {
  readonly kind: "scalebar";
  readonly length: number;
  readonly label: string;
}

export type Mark =
  | StepsMark
  | PointsMark
  | LineMark
  | BandMark
  | ViolinsMark
  | HeatMark
  | ShapesMark
  | RuleMark
  | ScaleBarMark;

export type Marker = "circle" | "square" | "triangle" | "diamond" | "cross" | "plus" | "ring";

export interface Series {
  /** In the legend; a series without a name is not listed. */
  readonly name?: string;
  readonly color: ColorName;
  readonly marker?: Marker;
  /** SVG's stroke-dasharray. */
  readonly dash?: string;
  readonly marks: readonly Mark[];
}

export interface Axis {
  readonly label: string;
  /** Without one the quantity is a plain number. */
  readonly unit?: string;
  readonly log?: true;
  /** Ticks on whole numbers only. */
  readonly whole?: true;
  /** What is shown; data beyond are cut off. Default: all data and what `includes` lists. */
  readonly range?: readonly [number, number];
  readonly includes?: readonly number[];
}

export interface Panel {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** What colours of heat maps and shapes mean: drawn as a colour bar. */
  readonly color?: Axis;
  /** x and y in the same scale: the height follows from the width. */
  readonly isotropic?: true;
}

export interface Plot {
  /** Unique in a page: letters, digits, hyphens. */
  readonly id: string;
  readonly title: string;
  /** Under the title: definition, selection, numbers of entries, what bars mean. */
  readonly notes: readonly string[];
  readonly panels: readonly Panel[];
  /** Panels in a row, default 1. */
  readonly columns?: number;
  /** Of one panel with its labels [px], default 480 x 300. */
  readonly width?: number;
  readonly height?: number;
}
