/** What is asked of every kind of mark. */
import { type Mark, type Panel, type Series } from "./plot.js";
import { type Box } from "./text.js";

/** Pixels of the data area, and the way from data to them. */
export interface Frame extends Box {
  x(value: number): number;
  y(value: number): number;
  color(value: number): string;
}

/** What a mark looks like, and the boxes that a legend has to keep clear of. */
export interface Drawn {
  readonly svg: string;
  readonly boxes: readonly Box[];
}

/** One line of the CSV. */
export interface Row {
  readonly label?: string;
  readonly x?: number;
  readonly xLow?: number;
  readonly xHigh?: number;
  readonly y?: number;
  readonly yLow?: number;
  readonly yHigh?: number;
  readonly value?: number;
  readonly entries?: number;
}

/** Everything that is asked of a kind of mark. */
export interface MarkKind<M extends Mark> {
  /** The values that axes have to show. */
  xs(mark: M): Iterable<number>;
  ys(mark: M): Iterable<number>;
  draw(mark: M, frame: Frame, series: Series, panel: Panel): Drawn;
  rows(mark: M): Row[];
}
