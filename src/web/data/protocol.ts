/** What pages and workers say to each other. */
import { type CurveName } from "./curve-names.js";
import { type ChainName, type ChainParams, type UvCells, type WaferSums } from "../../chain/index.js";
import { type EventContent, type ParticleContent } from "../../io/index.js";

/** Where events come from. */
export type SourceSpec =
  | { readonly kind: "embedded" }
  | { readonly kind: "sample"; readonly id: string; readonly url: string }
  /** `tree`: the one to read of a file with several. */
  | { readonly kind: "files"; readonly name: string; readonly files: readonly File[]; readonly tree?: string };

/** An entry of an open source. */
export interface Place {
  readonly source: number;
  readonly entry: number;
}

/** The entries of an open source, one value each. */
export interface SourceInfo {
  readonly name: string;
  /** "fast simulation: photons, pile-up 0, seed 1", as far as known. */
  readonly description: string;
  /** Whose trigger cells are drawn. */
  readonly geometry: string;
  /** How many it has. */
  readonly layers: number;
  /** How many of them are CE-E. */
  readonly ceeLayers: number;
  readonly run: BigInt64Array;
  readonly lumi: BigInt64Array;
  readonly event: BigInt64Array;
  readonly zside: Int8Array;
  /** What a run says about the sample that it was made from; empty where files are not a sample. */
  readonly hash: string;
  /** The worker's own, by which it is called. */
  readonly number: number;
  /** NaN until a survey has read the event. */
  readonly nTc: Float64Array;
}

/** One entry: its trigger cells with their outlines. */
export interface EventView extends EventContent {
  /** The event's number, exact, as a text. */
  readonly number: string;
  /** Of this endcap, the most energetic first. */
  readonly cl3d: readonly Cl3dView[];
  /** TCs whose name the geometry does not know: drawn as squares at their position. */
  readonly unknown: number;
}

/** A cluster that the ntuple has from CMSSW. */
export interface Cl3dView {
  readonly energy: number;
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
}

export interface ClusterView {
  readonly seed: number;
  readonly energy: number;
  readonly pt: number;
  readonly mipPt: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly eta: number;
  readonly phi: number;
  readonly nTc: number;
}

export interface SeedView {
  readonly energy: number;
  readonly x: number;
  readonly y: number;
  readonly rzBin: number;
  readonly phiBin: number;
  readonly u: number;
  readonly v: number;
}

/** What the record of a particle says. */
export interface RecordView {
  readonly isSplit: boolean;
  readonly nMatched: number;
  /** Energy of the most energetic matched cluster over the particle's; NaN without. */
  readonly response: number;
  /** Of a split particle: the energies of its two seeds and the lowest on the line between them [MIP_T]. */
  readonly valley: { readonly a: number; readonly b: number; readonly min: number } | null;
  /** The other particles of the entry, and how many of them are split. */
  readonly others: { readonly particles: number; readonly split: number };
}

/** What the coarse-seeding chain looks at before it has seeds. */
export interface CoarseView {
  /** The layers that are summed. */
  readonly layers: readonly number[];
  /** All wafers of these layers, by (u, v). */
  readonly wafers: WaferSums & {
    /** Position among the coarse seeds, -1 for none. */
    readonly csId: Int32Array;
    /** x/|z|, y/|z| of 6 corners each. */
    readonly corners: Float32Array;
  };
  /** Coarse seeds by cs_id: the wafer, and its own cs_id above threshold, else that of the neighbour that brought it. */
  readonly coarse: readonly { readonly wafer: number; readonly origin: number }[];
  /** Seeds are looked for in all trigger cells, as one region. */
  readonly everywhere: boolean;
  /** The (U, V) map: the cells of all coarse seeds. */
  readonly cells: UvCells & {
    /** The seed that each is, -1 for none. */
    readonly seed: Int32Array;
  };
  /** Cell of the map of each TC, -1 for none. */
  readonly cellOfTc: Int32Array;
  /** (cu, cv) of the trigger cells of a wafer. */
  readonly slots: readonly (readonly [cu: number, cv: number])[];
}

/** The chain on one entry. */
export interface ChainView {
  readonly chain: ChainName;
  readonly params: ChainParams;
  readonly seeds: readonly SeedView[];
  readonly clusters: readonly ClusterView[];
  /** Seed of each TC, -1 for none. */
  readonly assignment: Int32Array;
  readonly record: RecordView | null;
  /** nRz x nPhi [MIP_T], and the bin of each TC (-1: outside). The maps are those of the default chain. */
  readonly filled: Float64Array;
  readonly smoothed: Float64Array;
  readonly bin: Int32Array;
  /** Null for a chain whose seeds are bins. */
  readonly coarse: CoarseView | null;
  /** Of the chain alone [ms]. */
  readonly milliseconds: number;
}

/** How clusters are made: by a chain, now, or as a stored run has them. */
export type Setting =
  | { readonly kind: "chain"; readonly chain: ChainName; readonly params: ChainParams }
  | { readonly kind: "run"; readonly id: string; readonly url: string; readonly chain: ChainName };

/** What a setting makes of an entry. */
export interface SurveySide {
  readonly seeds: number;
  readonly clusters: number;
  /** Of these, that no generated particle made. */
  readonly falseClusters: number;
  readonly particles: readonly SurveyParticle[];
}

export interface SurveyParticle {
  /** Generated; energy and pt in GeV. */
  readonly eta: number;
  readonly phi: number;
  readonly energy: number;
  readonly pt: number;
  readonly isSplit: boolean;
  readonly isMatched: boolean;
  /** Energy and pt of its most energetic matched cluster over its own; NaN without. */
  readonly response: number;
  readonly responsePt: number;
  /** Control directions; those with a cluster; those whose clusters would make it split. */
  readonly controls: number;
  readonly controlsMatched: number;
  readonly controlsSplit: number;
  /** What its deposits say; null where the sample, or the run, does not know them. */
  readonly truth: { readonly isSplit: boolean; readonly isFound: boolean } | null;
}

/** A row of the event table. */
export interface SurveyRow {
  readonly index: number;
  readonly nTc: number;
  readonly particle: ParticleContent | null;
  /** Why no chain can be run, as that its cells have values that are no numbers; empty: it can. */
  readonly bad: string;
  readonly a: SurveySide;
  /** Null: there is none, or it is a run that did not select this entry. */
  readonly b: SurveySide | null;
  /** TCs whose cluster differs between a and b, and their share of the energy in clusters. */
  readonly differing: number;
  readonly share: number;
}

export interface SurveyRequest {
  readonly source: number;
  readonly a: Setting;
  readonly b: Setting | null;
  /** Entries from the first on. */
  readonly limit: number;
  /** This worker's part of them. */
  readonly shard: number;
  readonly shards: number;
}

/** What one side says for a curve. */
export interface CurveSide {
  readonly name: string;
  readonly chain: ChainName;
  readonly params: ChainParams;
  /** Of each entry that counts, the particles that do. */
  readonly entries: readonly (readonly SurveyParticle[])[];
}

export interface CurveRequest {
  readonly curve: CurveName;
  readonly sides: readonly CurveSide[];
  /** The sample, as notes say it. */
  readonly what: string;
}

/** Segments of wafer outlines and of the borders of the layer [cm], and the z of its silicon. */
export interface LayerOutline {
  readonly layer: number;
  readonly z: number;
  readonly segments: Float32Array;
}

/** A change of parameters that makes one cluster of a split particle, by its name on the command line. */
export interface Remedy {
  readonly label: string;
  readonly settings: Readonly<Record<string, string>>;
}

export interface Calls {
  /** `geometry`: address of a file with imported positions of trigger cells, null for our own. */
  open: { args: [source: SourceSpec, geometry: string | null]; result: SourceInfo };
  /** Closes all other sources. */
  keep: { args: [source: number]; result: null };
  event: { args: [at: Place]; result: EventView };
  chain: { args: [at: Place, setting: Setting]; result: ChainView };
  remedy: { args: [at: Place, chain: ChainName, params: ChainParams]; result: Remedy | null };
  outline: { args: [source: number, layer: number]; result: LayerOutline };
  /** Rows arrive as `progress`; ends early when another survey begins. `withoutB`: why rows have no B, empty where they do. */
  survey: { args: [request: SurveyRequest]; result: { readonly withoutB: string } };
  /** A curve of the statistics, as SVG. */
  curve: { args: [source: number, request: CurveRequest]; result: string };
  /** Ends the surveys that are under way. */
  stop: { args: []; result: null };
  /** Loads everything that later calls may need. */
  prefetch: { args: []; result: null };
}

export type CallName = keyof Calls;

export interface CallMessage {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

export type AnswerMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly progress: readonly SurveyRow[] }
  /** `expected`: the message is for people; else it is a bug. `trees`: of a file with several, those to choose from. */
  | { readonly id: number; readonly error: string; readonly expected: boolean; readonly trees: readonly string[] };
