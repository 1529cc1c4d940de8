import { Command, Option } from "commander";
import { type ParticleName, type Range } from "../events/index.js";
import { type Workers } from "../pipeline/index.js";
import { cutFlowText, warnWithoutEntries } from "./cut-flow.js";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";
import { numberRange, particlesOption, realNumber, wholeNumber, workersOption } from "./options.js";
import { createProgress, withProgress } from "./progress.js";
import { VERSION } from "./version.js";

interface SimulateOptions extends Globals {
  particles: ParticleName | "none";
  eta?: Range;
  pt?: Range;
  phi?: Range;
  count?: number;
  distance?: number;
  requireCl3d?: boolean;
  pileup: number;
  events: number;
  seed: number;
  out: string;
  root?: string;
  workers: Workers;
  endcap: "positive" | "both";
}

export function simulateCommand(io: Io): Command {
  return new Command("simulate")
    .description("generate a sample: exactly what `skim` makes of the ROOT file that --root writes")
    .addOption(particlesOption().choices(["photons", "electrons", "pions", "none"]).makeOptionMandatory())
    .addOption(
      new Option("--pileup <n>", "mean number of simultaneous collisions").argParser(wholeNumber(0, 300)).default(0),
    )
    .addOption(new Option("--eta <lo,hi>", "|eta| of the particles").argParser(numberRange))
    .addOption(new Option("--pt <lo,hi>", "their pT in GeV").argParser(numberRange))
    .addOption(new Option("--phi <lo,hi>", "their phi").argParser(numberRange))
    .addOption(new Option("--count <n>", "particles in each endcap").argParser(wholeNumber(1)))
    .addOption(
      new Option("--distance <d>", "between the first particle and each other one, in (x/z, y/z)").argParser(
        realNumber,
      ),
    )
    .addOption(new Option("--events <n>", "generated events").argParser(wholeNumber(1)).default(1000))
    .addOption(new Option("--seed <n>", "seed of the random numbers").argParser(wholeNumber(0)).default(1))
    .requiredOption("--out <sample>", "sample folder to write")
    .option("--root <file>", "also write the events as a CMSSW ntuple")
    .addOption(
      new Option("--endcap <which>", "endcaps to keep, each as an entry of its own")
        .choices(["positive", "both"])
        .default("positive"),
    )
    .addOption(workersOption(io))
    .option("--require-cl3d", "drop events without a cluster (cl3d) in the endcap, as the reference does")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits simulate --particles photons --events 1000 --out photons\n  bye-splits simulate --particles pions --pileup 200 --events 100 --seed 7 --out pions-pu200 --root pions.root\n  bye-splits simulate --particles photons --count 2 --distance 0.03 --pt 20,50 --events 500 --out pairs\n  bye-splits simulate --particles none --pileup 200 --events 100 --out minimum-bias",
    )
    .action(async (options: SimulateOptions) => {
      const { simulateSample } = await import("../pipeline/simulate.js");
      const { particles, pileup, events, seed, endcap, out, root } = options;
      const { eta, pt, phi, count, distance, requireCl3d = false } = options;
      const result = await withProgress(createProgress(io, "simulate", "events", options.quiet), (onProgress) =>
        simulateSample({
          particles,
          requireCl3d,
          ...(eta === undefined ? {} : { eta }),
          ...(pt === undefined ? {} : { pt }),
          ...(phi === undefined ? {} : { phi }),
          ...(count === undefined ? {} : { count }),
          ...(distance === undefined ? {} : { distance }),
          pileup,
          events,
          seed,
          endcap,
          workers: options.workers,
          out,
          ...(root === undefined ? {} : { root }),
          force: options.force ?? false,
          version: VERSION,
          signal: io.interrupt.signal(),
          onProgress,
        }),
      );
      const written = [out, root].filter((path) => path !== undefined).join(" and ");
      warnWithoutEntries(io, out, result.cutFlow);
      report(io, options, result, [...cutFlowText(result.cutFlow), `written to ${written}`]);
    });
}
