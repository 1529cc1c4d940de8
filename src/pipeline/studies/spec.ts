/**
 * What a study is to the engine: one row of the registry (studies.ts). All studies have the same verbs, which verbs.ts
 * does for them:
 *
 *   init     opens the samples, asks `plan` for points and parts, computes `shared` tables once, writes study.json
 *   run      computes parts (some, in any order, on any machine): each is a folder part-... of the STUDY
 *   combine  checks all parts, names what is missing or damaged, and lets `combine` write the tables of the STUDY
 *   (none)   the three in one go, into a folder that appears when all is done; then the same folder, byte for byte
 *   report   pages of figures (report.ts), from the tables of the STUDY
 *
 * To add a study: a row here (its computations in the room `studies`), a row of options in cli/studies, pages in plots.
 * Everything in a plan is plain data: it stands in study.json, and parts read it from there.
 */
import { type Fields, isListOf, isText, type Schema, type Table } from "../../core/index.js";
import { type Run, type RunWriter } from "../../io/index.js";
import { type Beside } from "../../io/node/index.js";
import { type Page } from "../../plots/index.js";
import { type ImportedStudy, type StudyPart, type StudySample } from "../../studies/index.js";
import { type ChosenEntries } from "../entries.js";
import { type RunTask } from "../run-task.js";

export type Schemas = Readonly<Record<string, Schema>>;

/** What the user asked for: `chains`, parameters, selection and entries as for a run, and the study's own options. */
export interface StudyTask<O extends object = object> extends RunTask {
  readonly options: O;
}

/** What study.json says: the task, and what `plan` made of it. Numbers of points and parts are places in the lists. */
export interface StudyPlan<O extends object = object, P extends object = object> extends StudyTask<O> {
  readonly study: string;
  readonly program: string;
  readonly samples: readonly StudySample[];
  readonly points: readonly P[];
  readonly parts: readonly StudyPart[];
  /** Of a study that was not computed here: it has no parts. */
  readonly imported?: ImportedStudy;
}

/** Where results of the reference are from, as a paragraph. */
export function importedAbout({ file, notes }: ImportedStudy): string {
  return `imported from ${file}. ${notes.map((note) => `${note}.`).join(" ")}`;
}

/** Of a result: lines for people. */
export const LINES_FIELD = ["a list of lines", isListOf(isText), true] as const;

/** What the work on a study may use. */
export interface StudyContext<O extends object = object, P extends object = object> {
  readonly plan: StudyPlan<O, P>;
  /** The STUDY folder: its `shared` tables. */
  readonly study: Run;
  readonly signal: AbortSignal;
  /** Opens a sample, by its number, at the chosen entries; the caller closes it. InputError when it is not there, or another one. */
  openSample(number: number): Promise<ChosenEntries>;
  /** Entries done and in all, of what is under way. */
  onProgress(done: number, total: number): void;
}

/** What `combine` may use. */
export interface CombineContext<O extends object = object, P extends object = object, D = unknown> extends StudyContext<
  O,
  P
> {
  /** What `digest` says of a part. Each part once, in the order of the list; another thread may be at it meanwhile. */
  digestOf(part: FinishedPart): Promise<D>;
}

/** A part that was computed. */
export interface FinishedPart extends StudyPart {
  readonly number: number;
  readonly run: Run;
}

/** Reads what it needs of a part, and may keep some of it for the parts that follow. Plain data. */
export type PartDigester<D = unknown> = (part: FinishedPart) => Promise<D>;

export type PartWriter = RunWriter<Schemas>;

/** What a batch of the sample gives for each of the parts, in their order. */
export type BatchOfParts = readonly {
  readonly tables: Readonly<Record<string, Table>>;
  /** Numbers that are added up over batches. */
  readonly counts: Readonly<Record<string, number>>;
}[];

export interface PartsProcessor {
  readonly batches: number;
  readonly entries: number;
  /** Entries of the batch, and what they give. Batches come in ascending order, not all of them to each processor. */
  process(batch: number): Promise<{ readonly entries: number; readonly parts: BatchOfParts }>;
  close(): Promise<void>;
}

/** Options, points, result and digests of a study. */
export interface StudySpec<
  O extends object = object,
  P extends object = object,
  R extends object = object,
  D = unknown,
> {
  readonly name: string;
  /** For help: what it answers. */
  readonly about: string;
  /** Points and parts of a task. ConfigError or InputError for what cannot work. */
  plan(
    task: StudyTask<O>,
    samples: readonly StudySample[],
  ): { readonly points: readonly P[]; readonly parts: readonly StudyPart[] };
  /** What study.json must say of a point. */
  readonly point: Fields<P>;
  /** What all parts need, computed once by `init`; absent where there is nothing. */
  readonly shared?: {
    schemas(plan: StudyPlan<O, P>): Schemas;
    /** Returns what study.json says of it, under `shared`. */
    fill(context: Omit<StudyContext<O, P>, "study">, writer: PartWriter): Promise<object>;
  };
  /** Tables of a part. */
  partSchemas(plan: StudyPlan<O, P>): Schemas;
  /**
   * For studies whose list of points may change after they have begun: the option that holds it. No part depends on which
   * others there are, nor on its number; what is done of a study that is extended stays.
   */
  readonly grows?: {
    readonly option: keyof O & string;
    /** Of the folder of a part, after `part-`: digits, p and -. The same whatever other points there are. */
    partName(plan: StudyPlan<O, P>, number: number): string;
  };
  /**
   * Opens parts of one sample, numbers in the order of the plan, to be computed together batch by batch, perhaps in several
   * threads: what they share is done once. The rows of a part must not depend on which others come with it.
   */
  process?(context: StudyContext<O, P>, parts: readonly number[]): Promise<PartsProcessor>;
  /**
   * In place of `process`, for parts that are not batches of a sample. Each appends to its own writer. Returns what
   * part.json says as `content`, by part.
   */
  run?(
    context: StudyContext<O, P>,
    parts: readonly number[],
    writers: ReadonlyMap<number, PartWriter>,
  ): Promise<ReadonlyMap<number, object>>;
  /** What `combine` asks for by `digestOf`, in a thread of its own where there is one. `parts`: numbers of all, in order. */
  digest?(plan: StudyPlan<O, P>, parts: readonly number[]): PartDigester<D>;
  /** Tables that `combine` writes. */
  schemas(plan: StudyPlan<O, P>): Schemas;
  /** Writes them from parts, all of them or those of `combine --file`; files in other formats with `beside`. Returns what study.json says, under `result`. */
  combine(
    context: CombineContext<O, P, D>,
    parts: readonly FinishedPart[],
    writer: RunWriter<Schemas>,
    beside: Beside,
  ): Promise<R>;
  /** What study.json must say under `result`. */
  readonly result: Fields<R>;
  /** Figures and tables, from the tables of a combined study and what `combine` returned; `name`: in titles. */
  pages(study: Run, plan: StudyPlan<O, P>, name: string, result: R): Promise<readonly Page[]>;
  /** The result in a few lines, from what `combine` returned. */
  lines(plan: StudyPlan<O, P>, result: R): readonly string[];
  /** It does not look at particles that have another one within splitDistance (`hasNeighbour` of the room chain). */
  readonly leavesNeighboursOut?: boolean;
}
