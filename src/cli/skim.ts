import { Command, Option } from "commander";
import { ExpectedError, InputError } from "../core/index.js";
import { type ParticleName } from "../events/index.js";
import { type Workers } from "../pipeline/index.js";
import { cutFlowText, warnWithoutEntries } from "./cut-flow.js";
import { type Config } from "./config.js";
import { type Globals, report } from "./globals.js";
import { type Io, warn } from "./io.js";
import { particlesOption, setOption, wholeNumber, workersOption } from "./options.js";
import { createProgress, withProgress } from "./progress.js";
import { VERSION } from "./version.js";

interface SkimOptions extends Globals {
  particles?: ParticleName;
  events: number;
  out: string;
  tree?: string;
  source?: string;
  workers: Workers;
  endcap: "positive" | "both";
  requireCl3d?: boolean;
  skipBadEvents?: boolean;
  skipBadFiles?: boolean;
  allowDuplicates?: boolean;
  geometryCheck: boolean;
  geometry?: string;
  set: string[];
}

export function skimCommand(io: Io): Command {
  return new Command("skim")
    .description("turn CMSSW ntuples (HGCalTriggerNtuple) into a sample")
    .argument(
      "[input...]",
      "ROOT files, folders of them, globs or lists @files.txt; default: io.production of the configuration",
    )
    .option("--source <name>", "the inputs of that name in the configuration's `sources:`")
    .addOption(particlesOption())
    .addOption(new Option("--events <n>", "events to read, -1 for all").argParser(wholeNumber(-1)).default(-1))
    .requiredOption("--out <sample>", "sample folder to write")
    .option("--tree <dir/tree>", "which tree, when several have the branches")
    .addOption(
      new Option("--endcap <which>", "endcaps to keep, each as an entry of its own")
        .choices(["positive", "both"])
        .default("positive"),
    )
    .addOption(workersOption(io))
    .option("--require-cl3d", "drop events without a CMSSW cluster in the endcap, as base.RequireCl3d=true does")
    .option("--skip-bad-events", "leave out and count events with NaN or infinite values")
    .option("--skip-bad-files", "leave out and list files that cannot be read")
    .option("--allow-duplicates", "keep events of the same run, lumi and number")
    .option("--geometry <file>", "trigger cell positions of `geometry import` to compare with, instead of V11")
    .option("--no-geometry-check", "accept trigger cells that are not where the geometry has them")
    .addOption(setOption())
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits skim ntuple.root --particles photons --out sample\n  bye-splits skim 'data/*.root' --particles pions --events 1000 --out pions --set selection.mipThreshold=1\n  bye-splits skim --config config.yaml --source pu200 --out pu200\n\nA skim that was killed goes on behind its last finished file when the same command is started again.",
    )
    .action(async (inputs: string[], options: SkimOptions) => {
      const { loadConfig, SKIM_READER } = await import("./config.js");
      const { config } = loadConfig(io, options, SKIM_READER);
      const chosen = chooseInputs(inputs, options, config);
      const { infile, tree, particles } = chosen;
      const { skimFiles } = await import("../pipeline/skim.js");
      const { mipThreshold, maxLayer, reachedEE, deltarThreshold } = config.selection;
      try {
        const result = await withProgress(createProgress(io, "skim", "MB", options.quiet), (update) =>
          skimFiles({
            inputs: infile,
            ...(tree === undefined ? {} : { tree }),
            particles,
            mipThreshold,
            maxLayer,
            reachedEE,
            deltarThreshold,
            endcap: options.endcap,
            requireCl3d: options.requireCl3d ?? config.base.RequireCl3d,
            skipBadEvents: options.skipBadEvents ?? false,
            skipBadFiles: options.skipBadFiles ?? false,
            allowDuplicates: options.allowDuplicates ?? false,
            checkGeometry: options.geometryCheck,
            ...(options.geometry === undefined ? {} : { geometry: options.geometry }),
            events: options.events,
            workers: options.workers,
            out: options.out,
            force: options.force ?? false,
            version: VERSION,
            signal: io.interrupt.signal(),
            onProgress: ({ events, bytes, totalBytes }) =>
              update(round(bytes / 1e6), round(totalBytes / 1e6), `, ${events} events`),
            onNotice: (message) => warn(io, message),
          }),
        );
        const { cutFlow, resumed, badFiles, inputs: all } = result;
        const left = badFiles.map(({ reason }) => `  ${reason}`);
        const bad =
          left.length === 0 ? [] : [`${left.length} of ${all.length} input files are bad and left out:`, ...left];
        const before = resumed === 0 ? [] : [`${resumed} input files were finished before the skim was killed`];
        warnWithoutEntries(io, options.out, result.cutFlow);
        report(io, options, result, [...before, ...bad, ...cutFlowText(cutFlow), `written to ${options.out}`]);
      } catch (error) {
        throw withKey(error, chosen);
      }
    });
}

/** One digit is enough for people. */
function round(megabytes: number): number {
  return Math.round(10 * megabytes) / 10;
}

interface Inputs {
  readonly infile: readonly string[];
  readonly tree: string | undefined;
  readonly particles: ParticleName;
  /** Where the configuration names them. */
  readonly key?: string;
}

/** What is wrong with inputs of the configuration names their key. */
function withKey(error: unknown, { key, infile, tree }: Inputs): unknown {
  if (key === undefined || !(error instanceof ExpectedError)) return error;
  if (![...infile, ...(tree === undefined ? [] : [tree])].some((name) => error.message.includes(name))) return error;
  return new ExpectedError(error.code, `${key} of the configuration: ${error.message}`, { cause: error });
}

/** Files of the command line, else those of `--source`, else those of `io.production` for the particles. */
function chooseInputs(inputs: readonly string[], options: SkimOptions, { io, sources, selection }: Config): Inputs {
  const { tree, source: name } = options;
  const particles = options.particles ?? selection.particles;
  if (inputs.length > 0 && name !== undefined)
    throw new InputError(`both files and --source ${name} are given: choose one`);
  if (inputs.length > 0) return { infile: inputs, tree, particles };
  if (name !== undefined) {
    if (!Object.hasOwn(sources, name)) {
      const names = Object.keys(sources);
      const valid = names.length === 0 ? "the configuration has no `sources:`" : `valid are: ${names.join(", ")}`;
      throw new InputError(`unknown source "${name}"; ${valid}`);
    }
    const source = sources[name];
    return {
      infile: [source.infile].flat(),
      tree: tree ?? source.tree,
      particles: options.particles ?? source.particles ?? selection.particles,
      key: `sources.${name}`,
    };
  }
  if (!Object.hasOwn(io.production, particles)) {
    throw new InputError(
      `no input: name ROOT files, or set io.production.${particles}.infile in the configuration, or name one of its sources with --source`,
    );
  }
  const { infile, dir, tree: treeName } = io.production[particles];
  return {
    infile: [infile].flat(),
    tree: tree ?? (treeName === undefined ? undefined : [dir, treeName].filter(Boolean).join("/")),
    particles,
    key: `io.production.${particles}`,
  };
}
