import { type Command, InvalidArgumentError, Option } from "commander";
import { CHAIN_NAMES, type ChainName } from "../../chain/index.js";
import { ConfigError } from "../../core/index.js";
import { parseRadii, WEIGHT_LAYERS } from "../../studies/index.js";
import { realNumber, wholeNumber } from "../options.js";
import { type StudyCommand, type StudyOptions } from "./study-command.js";

interface WeightsOptions extends StudyOptions {
  radii?: string;
  radius?: number;
  chain: ChainName;
  maxWeight: number;
  fitShare: number;
  seed: number;
  minGenPt: number;
  minPt: number;
  minClusters: number;
  fixedLayers: number[];
  ptWindow?: boolean;
  replicas: number;
}

export const WEIGHTS_COMMAND: StudyCommand = {
  name: "weights",
  about: "weights of layers, pile-up and energy corrections: what makes the pt of clusters that of their particles",
  examples: [
    "bye-splits study weights --in photons photons-pu200 --radius 0.01 --out weights",
    "bye-splits run default --in photons-pu200 --weights weights --out calibrated",
    "bye-splits study weights --in pions --radii 0.015,0.02,0.03 --max-weight 3 --fit-share 0.7 --out pion-weights",
    "bye-splits study weights report --study weights --out weights.html",
  ],
  addOptions(command: Command) {
    command
      .addOption(
        new Option("--radius <r>", "cluster radius in all layers (default: photons 0.01, electrons 0.015, pions 0.02)")
          .argParser(realNumber)
          .conflicts("radii"),
      )
      .option("--radii <list>", "several: start:stop:number, or 0.01,0.02")
      .addOption(new Option("--chain <name>", "whose seeds").choices(CHAIN_NAMES).default("default"))
      .addOption(new Option("--max-weight <w>", "weights are from 0 to this").argParser(within(0, 1000)).default(5))
      .addOption(
        new Option("--fit-share <share>", "of the events that is fitted; the others test")
          .argParser(within(0, 1))
          .default(0.5),
      )
      .addOption(
        new Option("--seed <n>", "which events these are, and the bootstrap")
          .argParser(wholeNumber(0, 2 ** 31))
          .default(1),
      )
      .addOption(new Option("--min-gen-pt <pt>", "particles have more [GeV]").argParser(atLeast0).default(5))
      .addOption(new Option("--min-pt <pt>", "clusters that are fitted have more [GeV]").argParser(atLeast0).default(3))
      .addOption(
        new Option("--min-clusters <n>", "a layer in which fewer clusters have pt keeps the weight 1")
          .argParser(wholeNumber(1))
          .default(20),
      )
      .addOption(
        new Option("--fixed-layers <list>", "layers whose weight stays 1, as in 1,3")
          .argParser(layerList)
          .default([], "none"),
      )
      .option("--pt-window", "fit clusters within one effective width around the mean pt alone, as the reference does")
      .addOption(new Option("--replicas <n>", "of the bootstrap").argParser(wholeNumber(10, 100_000)).default(200));
  },
  chains: (options) => [(options as WeightsOptions).chain],
  read(_, options) {
    const own = options as WeightsOptions;
    if ((own.by ?? []).length > 0) throw new ConfigError("--by: study weights has no figures in bins");
    const { maxWeight, fitShare, seed, minGenPt, minPt, minClusters, fixedLayers, replicas } = own;
    const radii = own.radii === undefined ? own.radius : undefined;
    const list =
      own.radii === undefined
        ? radii === undefined
          ? undefined
          : parseRadii(String(radii), "--radius")
        : parseRadii(own.radii);
    return {
      options: {
        ...(list === undefined ? {} : { radii: list }),
        ...{ maxWeight, fitShare, seed, minGenPt, minPt, minClusters, fixedLayers, replicas },
        ptWindow: own.ptWindow === true,
      },
    };
  },
};

/** Above `low`, at most `high`. */
function within(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = realNumber(text);
    if (!(value > low && value <= high))
      throw new InvalidArgumentError(`expected a number above ${low}, at most ${high}`);
    return value;
  };
}

function atLeast0(text: string): number {
  const value = realNumber(text);
  if (value < 0) throw new InvalidArgumentError("expected a number of at least 0");
  return value;
}

function layerList(text: string): number[] {
  const layers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const wrong = layers.find((layer) => !WEIGHT_LAYERS.includes(layer));
  if (wrong !== undefined)
    throw new InvalidArgumentError("expected numbers of layers that the trigger reads, as in 1,3");
  return layers;
}
