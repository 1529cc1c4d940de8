/** A study that is still being computed: what its parts say, as far as they are there. */
import {
  concurrently,
  createTable,
  InputError,
  partsInWords,
  type Schema,
  type Table,
  TableBuilder,
} from "../../core/index.js";
import { openRun, type ParquetCodecs, type Run, type SourceFolder } from "../../io/index.js";
import { type Bin, BY_COLUMNS, FigureBuilder, FIGURES, PART_EVENTS, SCAN_KEYS } from "../../studies/index.js";
import { type StudyJson } from "./command.js";

/** The folder of a part, and its number in the study. */
export interface PartFolder {
  readonly number: number;
  readonly folder: SourceFolder;
}

interface Part {
  readonly point: number;
  readonly sample: number;
  readonly run: Run;
}

/** Parts whose files are read at the same time. */
const TOGETHER = 8;

export class UnfinishedStudy {
  readonly #parts: readonly Part[];
  /** Numbers of the points of which there is a part, ascending. */
  readonly points: readonly number[];
  readonly parts: { readonly there: number; readonly all: number };

  private constructor(parts: readonly Part[], all: number) {
    this.#parts = parts;
    this.points = [...new Set(parts.map(({ point }) => point))].toSorted((a, b) => a - b);
    this.parts = { there: parts.length, all };
  }

  /** `folders`: null where they cannot be read. InputError for one of which no part is there, or whose pages need all parts. */
  static async open(
    name: string,
    json: StudyJson,
    folders: readonly PartFolder[] | null,
    codecs: ParquetCodecs,
  ): Promise<UnfinishedStudy> {
    if (folders === null) {
      throw new InputError(
        `${name} has no results yet, and of a folder that is dropped only its own files are read, not its parts: run bye-splits study ${json.study} combine --study ${name}, or open it with bye-splits serve`,
      );
    }
    const list = Array.isArray(json.parts) ? (json.parts as NonNullable<StudyJson["parts"]>) : [];
    const found = await concurrently(
      folders.filter(({ number }) => number in list).toSorted((a, b) => a.number - b.number),
      TOGETHER,
      // A part may be computed anew in this moment.
      async ({ number, folder }) => {
        const run = await openRun(folder, codecs, "part").catch(() => undefined);
        const { point, sample } = list[number];
        return run === undefined ? [] : [{ point, sample, run }];
      },
    );
    const parts = found.flat();
    const isDrawn = json.study === "radius" || json.study === "scan";
    if (parts.length === 0 || !isDrawn) {
      throw new InputError(
        `${name} has no results yet, ${partsInWords(parts.length, list.length)}: run bye-splits study ${json.study} combine --study ${name} when ${list.length === 1 ? "it is" : "all are"} done`,
      );
    }
    return new UnfinishedStudy(parts, list.length);
  }

  /** A table of all parts, one behind the other; points have their places in `points`. */
  async readTable<S extends Schema>(name: string, schema: S): Promise<Table<S>> {
    const tables = await concurrently(this.#parts, TOGETHER, async ({ point, run }) => {
      const table = await run.readTable(name, schema);
      if (Object.hasOwn(schema, "point")) (table.columns["point"] as Int32Array).fill(this.points.indexOf(point));
      return table;
    });
    const all = new TableBuilder(schema);
    for (const table of tables) all.append(table);
    return all.finish();
  }

  /** What the pages of a scan are made of: its points as far as they go, and nothing of what mends what. */
  scan(run: Run, json: StudyJson): [Run, StudyJson] {
    const readTable = async (): Promise<Table> => this.#scanPoints(json);
    return [
      { ...run, readTable: readTable as Run["readTable"] },
      { ...json, options: { ...json.options, heal: false } },
    ];
  }

  /** A row for each part, and for each of its bins. */
  async #scanPoints({ points, options }: StudyJson): Promise<Table> {
    const bins = options["bins"] as readonly Bin[];
    const rows = await concurrently(
      this.#parts.filter(({ point }) => points[point].role === "grid"),
      TOGETHER,
      async ({ point, sample, run }) => {
        const events = await run.readTable("events", PART_EVENTS);
        const { chain = "", settings = "" } = points[point];
        return [undefined, ...bins].map((bin) => {
          const builder = new FigureBuilder(bin);
          builder.add(events);
          return { point, chain, settings, sample, ...builder.finish() };
        });
      },
    );
    const all = rows.flat();
    const schema: Schema = { ...SCAN_KEYS, ...(bins.length > 0 ? BY_COLUMNS : {}), ...FIGURES };
    const table = createTable(schema, all.length);
    for (const [row, values] of all.entries()) {
      for (const name of Object.keys(schema)) table.columns[name][row] = values[name as keyof typeof values];
    }
    return table as Table;
  }
}
