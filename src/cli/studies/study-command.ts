/** What a study adds to the command line: one row each in rows.ts. */
import { type Command } from "commander";
import { type ChainName } from "../../chain/index.js";
import { type StudyPlan, type StudyTask, type Workers } from "../../pipeline/index.js";
import { type ChainOptions } from "../chain-options.js";
import { type Config } from "../config.js";
import { type Io } from "../io.js";

export interface StudyOptions extends Omit<ChainOptions, "events"> {
  /** A list of events; of `scan` whether rows of particles are written. */
  events?: string | boolean;
  in?: string[];
  out?: string;
  study?: string;
  part?: string[];
  file?: string;
  workers: Workers;
  by?: string[];
  [name: string]: unknown;
}

export interface StudyCommand {
  readonly name: string;
  /** For help: what it answers, and how. */
  readonly about: string;
  /** Lines of examples without the indent. */
  readonly examples: readonly string[];
  /** Adds its own options of `init`; those of all studies are there. */
  addOptions(command: Command): void;
  /** Adds options that name parts to `run`; their names must be in `picks`. */
  addPicks?(command: Command): void;
  readonly picks?: readonly string[];
  /** Chains that it runs. */
  chains(options: StudyOptions): readonly ChainName[];
  /** Values of `--set` that are a grid: the study takes them itself. */
  readonly takesGrid?: boolean;
  /** The study's own options, as study.json will have them, and entries where the configuration says. */
  read(
    io: Io,
    options: StudyOptions,
    config: Config,
  ): Pick<StudyTask, "options" | "entries"> | Promise<Pick<StudyTask, "options" | "entries">>;
  /** The parts that options of `run` other than `--part` name. */
  pick?(plan: StudyPlan, options: StudyOptions): number[];
}
