/** What every kind of study is to the pages. */
import { type PageTable } from "../../plots/index.js";
import { type StudyPlot } from "./pages/page.js";
import { type EventsBehind, type NumbersTable, type StudyInfo } from "./protocol.js";
import { type StudyState } from "./state.js";
import { type Patience } from "./statistics.js";

/** What a page shows before it is drawn. */
export interface Shown {
  readonly sentence: string;
  readonly plots: readonly StudyPlot[];
  readonly tables: readonly PageTable[];
  readonly numbers: NumbersTable | null;
  readonly behind?: EventsBehind | null;
  readonly radius: number;
}

export interface OpenStudy {
  readonly info: StudyInfo;
  show(page: string, state: StudyState, patience: Patience): Promise<Shown>;
  command(state: StudyState): string;
}
