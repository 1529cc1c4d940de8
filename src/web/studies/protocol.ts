/** What the pages of studies and their worker say to each other. */
import { type ChainName, type ChainParams } from "../../chain/index.js";
import { type PageTable, type PanelFrame } from "../../plots/index.js";
import { type SourceSpec } from "../data/protocol.js";
import { type KeptPoint } from "../model/kept-points.js";
import { type Settings } from "../model/parameters.js";
import { type ControlName } from "./pages/page.js";
import { type Pickable } from "./picks.js";
import { type StudyState } from "./state.js";
import { type ShownAs } from "./study-data.js";

/** A sample, and what makes clusters of it. */
export interface LiveLane {
  /** In the catalog; "embedded", or "dropped: NAME". */
  readonly id: string;
  readonly name: string;
  readonly spec: SourceSpec;
  readonly chain: ChainName;
  readonly params: ChainParams;
  /** What of them differs from the defaults, as links have it. */
  readonly settings: Settings;
}

/** Samples that are read and clustered in the page. */
export interface LiveSource {
  readonly kind: "live";
  readonly lanes: readonly LiveLane[];
  /** Ascending; null: as the parameters say, layer by layer. */
  readonly radii: readonly number[] | null;
  /** Entries of each, from the first one on. */
  readonly limit: number;
}

/** Where a study comes from. */
export type StudySource =
  | LiveSource
  /** Points that were kept in the display. */
  | { readonly kind: "kept"; readonly points: readonly KeptPoint[] }
  /** `parts`: where the server says which of its parts are there. */
  | { readonly kind: "study"; readonly id: string; readonly url: string; readonly parts?: string }
  | { readonly kind: "files"; readonly name: string; readonly files: readonly File[] };

export interface PageInfo {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly ControlName[];
  /** Number of plots that it shows at once. */
  readonly plots: number;
  /** Of a page that draws one figure of points against another: what there is. */
  readonly figures?: readonly { readonly id: string; readonly name: string }[];
  /** Of a page with positions of its own. */
  readonly slider?: { readonly label: string; readonly steps: readonly string[] };
}

export interface StudyInfo {
  readonly name: string;
  /** Kind of study, chains, selection: a line. */
  readonly about: string;
  /** What else is to be known of it: sentences. */
  readonly note?: string;
  /** `path`: of the folder, from that of the study. */
  readonly samples: readonly {
    readonly name: string;
    readonly particles?: string;
    readonly pileup?: number;
    readonly path?: string;
    /** Of samples that are read in the page. */
    readonly shown?: ShownAs;
  }[];
  /** Whose clusters they are at each radius; absent where no single radius makes them. */
  readonly chain?: string;
  /** What of its parameters differs from the defaults, but for the radius. */
  readonly settings?: Settings;
  /** Empty where points are no radii. */
  readonly radii: readonly number[];
  readonly versions: readonly { readonly id: string; readonly name: string }[];
  readonly pages: readonly PageInfo[];
  /** Of a study that is not combined yet: how many of its parts were there when it was opened. */
  readonly parts?: { readonly there: number; readonly all: number };
}

/** A plot as it is shown. */
export interface DrawnFigure extends Pickable {
  readonly id: string;
  readonly title: string;
  readonly svg: string;
  readonly csv: string;
  readonly width: number;
  readonly height: number;
  /** It takes a whole row. */
  readonly isWide: boolean;
  readonly panels: readonly (PanelFrame & { readonly isRadius: boolean })[];
}

/** What is known at the point that is looked at: a column for each sample; "" for what says nothing of it. */
export interface NumbersTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly name: string; readonly title: string; readonly values: readonly string[] }[];
}

/** Particles that a page's numbers are about, by the entry that each is in. */
export interface EventsBehind {
  readonly caption: string;
  /** What makes their clusters, where it is not what makes those of the whole study. */
  readonly shown?: { readonly chain: string; readonly settings: Settings };
  /** `sample`: its number in the study. */
  readonly rows: readonly { readonly sample: number; readonly entry: number; readonly text: string }[];
}

export interface PageAnswer {
  readonly page: string;
  readonly sentence: string;
  readonly figures: readonly DrawnFigure[];
  readonly tables: readonly PageTable[];
  readonly numbers: NumbersTable | null;
  readonly behind: EventsBehind | null;
  /** The radius that is looked at; NaN for none. */
  readonly radius: number;
  /** False: without the intervals that take long; another answer follows. */
  readonly exact: boolean;
  /** The same on the command line. */
  readonly command: string;
}

/** Part of an axis that is shown instead of all of it, by plot and panel. */
export type Zooms = Readonly<Record<string, readonly (readonly [low: number, high: number] | null)[]>>;

/** How far a live study is. */
export interface Scanned {
  readonly done: number;
  readonly total: number;
  readonly isDone: boolean;
  readonly info: StudyInfo;
  /** Why it goes no further; "" while nothing is wrong. */
  readonly problem: string;
}

export interface Calls {
  /** Of a live study: when the first entries are there; the others follow, and are told of by messages of their own. */
  open: { args: [source: StudySource]; result: StudyInfo };
  /** Loads what is needed later. */
  prefetch: { args: []; result: null };
  /** `patience` [ms] for intervals that take long: 0 for none, Infinity for all. */
  page: { args: [state: StudyState, zooms: Zooms, patience: number, isNarrow: boolean]; result: PageAnswer };
}

export type CallName = keyof Calls;

export interface CallMessage {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

export type AnswerMessage =
  | { readonly scanned: Scanned }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string; readonly expected: boolean };
