/** What the server answers, shared with the pages. */

/** A sample below one of the data folders. Its files are at `data/<id>/<file>`. */
export interface CatalogSample {
  /** Path below the data folder, with slashes; "." for the data folder itself. */
  readonly id: string;
  /** What sample.json says about how it was made. */
  readonly particles?: string;
  readonly pileup?: number;
  readonly command?: string;
  /** Made by the fast simulation of this program. */
  readonly simulated: boolean;
}

export interface CatalogRun {
  readonly id: string;
  readonly chains: readonly string[];
  /** The path of its sample as the run was made. */
  readonly sample?: string;
  /** What it says about the content of that sample. */
  readonly sampleHash?: string;
}

/** What a study of weights calibrates clusters with: values of parameters of the cluster step. */
export interface CatalogWeights {
  /** The folder of the study. */
  readonly id: string;
  readonly particle: string;
  /** Of clusters, in all layers. */
  readonly radius: number;
  readonly pileup?: number;
  readonly version: string;
  readonly LayerWeights: readonly number[];
  readonly PileUpPt: readonly number[];
  readonly EnergyResponse: readonly number[];
}

/** A study, as its study.json says. Its tables are at `data/<id>/<table>.parquet`. */
export interface CatalogStudy {
  readonly id: string;
  /** scan, radius, weights or phi-bins. */
  readonly study: string;
  readonly samples: readonly { readonly name: string; readonly particles?: string; readonly pileup?: number }[];
  readonly points: number;
  /** False: begun, and not combined yet. */
  readonly hasResults: boolean;
  /** How many parts it is computed in, and how many of them are there; 0 for one that says nothing of parts. */
  readonly parts: number;
  readonly partsDone: number;
  /** Why nothing is known of it. */
  readonly problem?: string;
}

/** Parts of a study that are there and belong to it, at `api/parts/<id>`: its pages open them before they are combined. */
export interface StudyParts {
  /** `folder`: in that of the study. */
  readonly there: readonly { readonly number: number; readonly folder: string }[];
}

/** A job of a batch system, as its markers say. */
export interface CatalogJob {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly tasks: number;
  readonly done: number;
  readonly failed: number;
  /** Of those that are neither: what a process says that it is at. */
  readonly running: number;
  /** Why its tasks are not known. */
  readonly problem?: string;
}

/** Events that the configuration names for samples of some kind. */
export interface DefaultEvents {
  readonly particles: string;
  /** Undefined: any. */
  readonly pileup?: number;
  /** Event numbers. */
  readonly events: readonly number[];
}

export interface Catalog {
  /** Of the program. */
  readonly version: string;
  /** Name of the file with imported positions of trigger cells, which is at `api/geometry`; null without one. */
  readonly geometry: string | null;
  readonly defaultEvents: readonly DefaultEvents[];
  readonly samples: readonly CatalogSample[];
  readonly runs: readonly CatalogRun[];
  readonly studies: readonly CatalogStudy[];
  readonly jobs: readonly CatalogJob[];
  readonly weights: readonly CatalogWeights[];
}

export interface ApiError {
  readonly error: string;
}
