import { Command, Option } from "commander";
import { InputError } from "../core/index.js";
import { type ParticleName } from "../events/index.js";
import { cutFlowText } from "./cut-flow.js";
import { type Globals, report, warnIgnored } from "./globals.js";
import { interruptSignal } from "./interrupt.js";
import { particlesOption, setOption, wholeNumber } from "./options.js";
import { createProgress } from "./progress.js";
import { VERSION } from "./version.js";

interface SkimOptions extends Globals {
  particles?: ParticleName;
  events: number;
  out: string;
  tree?: string;
  endcap: "positive" | "both";
  skipBadEvents?: boolean;
  allowDuplicates?: boolean;
  geometryCheck: boolean;
  set: string[];
}

export function skimCommand(): Command {
  return new Command("skim")
    .description("turn CMSSW ntuples (HGCalTriggerNtuple) into a sample")
    .argument("[input...]", "ROOT files, globs or lists @files.txt; default: io.production of the configuration")
    .addOption(particlesOption())
    .addOption(new Option("--events <n>", "events to read, -1 for all").argParser(wholeNumber(-1)).default(-1))
    .requiredOption("--out <sample>", "sample folder to write")
    .option("--tree <dir/tree>", "which tree, when several have the branches")
    .addOption(
      new Option("--endcap <which>", "endcaps to keep, each as an entry of its own")
        .choices(["positive", "both"])
        .default("positive"),
    )
    .option("--skip-bad-events", "leave out and count events with NaN or infinite values")
    .option("--allow-duplicates", "keep events of the same run, lumi and number")
    .option("--no-geometry-check", "accept trigger cells that are not where the geometry has them")
    .addOption(setOption())
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits skim ntuple.root --particles photons --out sample\n  bye-splits skim 'data/*.root' --particles pions --events 1000 --out pions --set selection.mipThreshold=1",
    )
    .action(async (inputs: string[], options: SkimOptions) => {
      const { loadConfig } = await import("./config.js");
      const { config, ignored } = loadConfig(options.config, options.set);
      warnIgnored(ignored, options);
      const particles = options.particles ?? config.selection.particles;
      const production = config.io.production[particles];
      if (inputs.length === 0 && production === undefined) {
        throw new InputError(
          `no input: name ROOT files, or set io.production.${particles}.infile in the configuration`,
        );
      }
      const { skimFiles } = await import("../pipeline/skim.js");
      const progress = createProgress("skim", "bytes", options.quiet);
      const { mipThreshold, maxLayer, reachedEE, deltarThreshold } = config.selection;
      const fromConfig = inputs.length === 0 ? production : undefined;
      const tree =
        options.tree ??
        (fromConfig?.tree === undefined ? undefined : [fromConfig.dir, fromConfig.tree].filter(Boolean).join("/"));
      try {
        const result = await skimFiles({
          inputs: fromConfig === undefined ? inputs : [fromConfig.infile].flat(),
          ...(tree === undefined ? {} : { tree }),
          particles,
          mipThreshold,
          maxLayer,
          reachedEE,
          deltarThreshold,
          endcap: options.endcap,
          skipBadEvents: options.skipBadEvents ?? false,
          allowDuplicates: options.allowDuplicates ?? false,
          checkGeometry: options.geometryCheck,
          events: options.events,
          out: options.out,
          force: options.force ?? false,
          version: VERSION,
          signal: interruptSignal(),
          onProgress: (done, total) => progress.update(Math.round(done), total),
        });
        progress.stop();
        report(options, result, `${cutFlowText(result.cutFlow)}\nwritten to ${options.out}`);
      } finally {
        progress.stop();
      }
    });
}
