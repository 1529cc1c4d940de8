import { Argument, Command, Option } from "commander";
import { CHAIN_NAMES } from "../chain/index.js";
import { ConfigError } from "../core/index.js";
import { addChainOptions, type ChainOptions, chainTask } from "./chain-options.js";
import { chainSummaryText, SUMMARY_HELP } from "./chain-summary.js";
import { report } from "./globals.js";
import { type Io, warn } from "./io.js";
import { realNumber, workersOption } from "./options.js";
import { createProgress, withProgress } from "./progress.js";
import { VERSION } from "./version.js";
import { type Workers } from "../pipeline/index.js";
import { type Version, VERSIONS } from "../studies/index.js";

interface RunOptions extends ChainOptions {
  in: string;
  out: string;
  saveSteps?: boolean;
  hdf5?: boolean;
  workers: Workers;
  weights?: string;
  weightsOf?: string;
  calibration?: Version;
  tcMap?: string;
  parameter?: number;
}

export function runCommand(io: Io): Command {
  const command = new Command("run")
    .description("run a chain on a sample: trigger cells to seeds, clusters and validation records")
    .addArgument(new Argument("<chain>", "which chain").choices([...CHAIN_NAMES, "both"]))
    .requiredOption("--in <sample>", "sample folder")
    .requiredOption("--out <run>", "run folder to write");
  return addChainOptions(command)
    .option("--save-steps", "also write the tables in between: fill, smooth and coarse_seeds")
    .option("--hdf5", "also write the clusters for pandas: clusters.hdf5")
    .option(
      "--weights <study>",
      "calibrate clusters as a study of weights has it, for the sample's particles and pile-up",
    )
    .option("--weights-of <particles>", "whose weights, where the sample does not say")
    .addOption(
      new Option("--calibration <version>", "which corrections of the study (default: all there are)").choices(
        VERSIONS.slice(1),
      ),
    )
    .option("--tc-map <study>", "move trigger cells as a study phi-bins has it")
    .addOption(new Option("--parameter <p>", "with which parameter").argParser(realNumber))
    .addOption(workersOption(io))
    .addHelpText(
      "after",
      `\n${SUMMARY_HELP}\n\nExamples:\n  bye-splits run default --in sample --out run\n  bye-splits run default --in sample --out run20 --radius 0.02 --sel above_eta_2.3\n  bye-splits run both --in sample --out part --entries 0:500`,
    )
    .action(async (chain: string, options: RunOptions) => {
      const chains = CHAIN_NAMES.filter((name) => chain === "both" || chain === name);
      const { notes, ...task } = await studiesOf(options, await chainTask(io, options, chains));
      const { runChains } = await import("../pipeline/run.js");
      const result = await withProgress(createProgress(io, "run", "events", options.quiet), (onProgress) =>
        runChains({
          ...task,
          sample: options.in,
          out: options.out,
          chains,
          saveSteps: options.saveSteps ?? false,
          hdf5: options.hdf5 ?? false,
          workers: options.workers,
          force: options.force ?? false,
          version: VERSION,
          signal: io.interrupt.signal(),
          onProgress,
        }),
      );
      for (const note of [...notes, ...result.notes]) warn(io, note);
      report(io, options, result, [
        ...chainSummaryText(result.chains, result.acceptance, result.eventsPerSecond),
        `written to ${result.out}`,
      ]);
    });
}

type Task = Awaited<ReturnType<typeof chainTask>>;

/** What `--weights` and `--tc-map` say. ConfigError for options that belong to one of them. */
async function studiesOf(options: RunOptions, task: Task): Promise<Task & { readonly notes: readonly string[] }> {
  const { weights, weightsOf, calibration, tcMap, parameter } = options;
  if (weights === undefined && (weightsOf !== undefined || calibration !== undefined)) {
    throw new ConfigError("--weights-of and --calibration say what to take of a study: name it with --weights");
  }
  if ((tcMap === undefined) !== (parameter === undefined)) {
    throw new ConfigError("--tc-map STUDY and --parameter P go together: the map of a parameter");
  }
  const [{ applyWeights }, { storeTcMap }] = await Promise.all([
    import("../pipeline/apply-weights.js"),
    import("../pipeline/tc-map.js"),
  ]);
  const choice = { particles: weightsOf, version: calibration };
  return {
    ...task,
    notes: [],
    ...(tcMap === undefined || parameter === undefined
      ? {}
      : { tcMap: await storeTcMap(options.out, tcMap, parameter) }),
    ...(weights === undefined ? {} : await applyWeights(weights, choice, options.in, task.params, options.out)),
  };
}
