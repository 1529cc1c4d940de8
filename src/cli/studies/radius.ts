import { type Command, InvalidArgumentError, Option } from "commander";
import { CHAIN_NAMES, type ChainName } from "../../chain/index.js";
import { ConfigError } from "../../core/index.js";
import { PARTICLE_NAMES } from "../../events/index.js";
import { type StudyPlan } from "../../pipeline/index.js";
import { findRadius, type LayerRange, parseRadii, radiiOfCoeffs, type RadiusPoint } from "../../studies/index.js";
import { warn } from "../io.js";
import { realNumber } from "../options.js";
import { parseBins } from "./bins.js";
import { type StudyCommand, type StudyOptions } from "./study-command.js";

interface RadiusOptions extends StudyOptions {
  radii?: string;
  layers?: LayerRange;
  chain: ChainName;
  weights?: string;
  weightsRadius?: number;
  radius?: number;
  particles?: string;
  pileup?: number;
}

export const RADIUS_COMMAND: StudyCommand = {
  name: "radius",
  about: "clusters at many radii, each beside its particle: which radius collects the energy of which particle",
  examples: [
    "bye-splits study radius --in photons pions --radii 0.001:0.05:50 --out radii",
    "bye-splits inspect radii",
    "bye-splits report radii --out radii.html",
    "",
    "In parts, each of which a batch task can compute:",
    "bye-splits study radius init --in photons --radii 0.001:0.05:50 --out radii",
    "bye-splits study radius run --study radii --radius 0.01 --particles photons --pileup PU0",
    "bye-splits study radius run --study radii --part 0,1,2",
    "bye-splits study radius combine --study radii",
    "",
    "More radii: the parts that are there stay, the new ones are to be run:",
    "bye-splits study radius init --in photons --radii 0.001:0.07:70 --extend --out radii",
  ],
  addOptions(command: Command) {
    command
      .option("--radii <list>", "radii to scan: start:stop:number, or 0.01,0.02 (default: clusterStudies.coeffs)")
      .addOption(new Option("--layers <a:b>", "only the radii of these layers change, both included").argParser(layers))
      .option("--extend", "init: a study that is there gets these radii; what is computed of it stays")
      .option("--weights <study>", "columns *_weighted beside the others, with the layer weights of a study weights")
      .addOption(
        new Option("--weights-radius <r>", "the radius that these were fitted for, where there are several").argParser(
          realNumber,
        ),
      )
      .addOption(new Option("--chain <name>", "whose seeds").choices(CHAIN_NAMES).default("default"));
  },
  picks: ["radius", "particles", "pileup"],
  addPicks(command: Command) {
    command
      .addOption(new Option("--radius <r>", "run: the parts of this radius").argParser(aboveZero))
      .addOption(new Option("--particles <name>", "run: the parts of samples of these").choices(PARTICLE_NAMES))
      .addOption(
        new Option("--pileup <n>", "run: the parts of samples with this pile-up, PU0 or PU200").argParser(pileup),
      );
  },
  chains: (options) => [(options as RadiusOptions).chain],
  async read(io, options, config) {
    const own = options as RadiusOptions;
    const { readLayerWeights } = await import("../../pipeline/studies/layer-weights.js");
    const weights = own.weights === undefined ? undefined : await readLayerWeights(own.weights, own.weightsRadius);
    let radii: readonly number[];
    if (own.radii === undefined) {
      const found = radiiOfCoeffs(config.clusterStudies.coeffs);
      for (const note of found.notes) warn(io, note);
      ({ radii } = found);
    } else radii = parseRadii(own.radii);
    const { nevents } = config.clusterStudies;
    const isChosen = own.first !== undefined || own.entries !== undefined || own.events !== undefined;
    return {
      options: {
        radii,
        ...(own.layers === undefined ? {} : { layers: own.layers }),
        ...(weights === undefined ? {} : { weights }),
        bins: parseBins(own.by ?? []),
        deltarThreshold: config.selection.deltarThreshold,
      },
      ...(isChosen || nevents < 0 ? {} : { entries: { from: 0, to: Math.max(1, nevents) } }),
    };
  },
  pick({ points, parts, samples }: StudyPlan<object, RadiusPoint>, options) {
    const own = options as RadiusOptions;
    const radii = points.map(({ radius }) => radius);
    const at = own.radius === undefined ? -1 : findRadius(radii, own.radius);
    if (own.radius !== undefined && at < 0) {
      throw new ConfigError(`--radius ${own.radius}: the study has the radii ${radii.join(", ")}`);
    }
    const wanted = samples.map(
      ({ particles, pileup: n }) =>
        (own.particles === undefined || particles === own.particles) && (own.pileup === undefined || n === own.pileup),
    );
    if (!wanted.includes(true)) {
      const there = samples.map(
        (sample) =>
          `${sample.name} (${sample.particles ?? "particles unknown"}, ${sample.pileup === undefined ? "pile-up unknown" : `PU${sample.pileup}`})`,
      );
      throw new ConfigError(`no sample of the study has these particles and pile-up; there are ${there.join(", ")}`);
    }
    return parts.flatMap(({ point, sample }, number) => (wanted[sample] && (at < 0 || point === at) ? [number] : []));
  },
};

function aboveZero(text: string): number {
  const value = realNumber(text);
  if (!(value > 0)) throw new InvalidArgumentError("expected one radius above 0");
  return value;
}

function layers(text: string): LayerRange {
  const match = /^(\d+):(\d+)$/.exec(text);
  const range = { from: Number(match?.[1]), to: Number(match?.[2]) };
  if (match === null || range.from < 1 || range.from > range.to) {
    throw new InvalidArgumentError("expected the first and the last layer, as in 1:14");
  }
  return range;
}

function pileup(text: string): number {
  const match = /^(?:PU)?(\d+)$/i.exec(text);
  if (match === null) throw new InvalidArgumentError("expected PU0, PU200 or another number");
  return Number(match[1]);
}
