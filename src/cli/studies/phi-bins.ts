import { type Command, Option } from "commander";
import { PHI_REGIONS, parseParameters, type PhiRegion } from "../../studies/index.js";
import { wholeNumber } from "../options.js";
import { parseBins } from "./bins.js";
import { type StudyCommand, type StudyOptions } from "./study-command.js";

interface PhiBinsOptions extends StudyOptions {
  region: PhiRegion;
  parameters: string;
  seed: number;
  maxSweeps: number;
  geometry?: string;
}

export const PHI_BINS_COMMAND: StudyCommand = {
  name: "phi-bins",
  about: "trigger cells moved between phi bins, so that fewer clusters split: how far, and what it costs",
  examples: [
    "bye-splits study phi-bins --in photons --region Si --parameters 0:1:11 --out phi",
    "bye-splits study phi-bins report --study phi --out phi.html",
    "bye-splits run default --in photons --tc-map phi --parameter 0.5 --out moved",
  ],
  addOptions(command: Command) {
    command
      .addOption(
        new Option(
          "--region <name>",
          `whose trigger cells move: ${PHI_REGIONS.map(({ name, about }) => `${name} (${about})`).join(", ")}`,
        )
          .choices(PHI_REGIONS.map(({ name }) => name))
          .default("Si"),
      )
      .option(
        "--parameters <list>",
        "0 (as flat as possible) to 1 (nothing moves): start:stop:number, or 0,0.5,1",
        "0:1:11",
      )
      .addOption(
        new Option("--seed <n>", "of the choice which border moves").argParser(wholeNumber(0, 2 ** 31)).default(1),
      )
      .addOption(
        new Option("--max-sweeps <n>", "an R/z row that still changes then is left as it is")
          .argParser(wholeNumber(1, 1e6))
          .default(1000),
      )
      .option("--geometry <file>", "trigger cell positions of `geometry import`, where the samples have these");
  },
  chains: () => ["default"],
  read(_, options) {
    const { region, parameters, seed, maxSweeps, geometry, by } = options as PhiBinsOptions;
    return {
      options: {
        ...{ region, parameters: parseParameters(parameters), seed, maxSweeps, bins: parseBins(by ?? []) },
        ...(geometry === undefined ? {} : { geometry }),
      },
    };
  },
};
