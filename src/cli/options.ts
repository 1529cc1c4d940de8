/** Parsers of option values: what they refuse, they refuse with the option's name and what is valid. */
import { InvalidArgumentError, Option } from "commander";
import { PRESETS } from "../chain/index.js";
import { PARTICLE_NAMES } from "../events/index.js";
import { type Workers } from "../pipeline/index.js";
import { type Io } from "./io.js";
import { collect, wholeNumber } from "./values.js";

export { collect, numberRange, realNumber, wholeNumber } from "./values.js";

export const particlesOption = (): Option =>
  new Option("--particles <name>", "which particles").choices(PARTICLE_NAMES);

export const workersOption = (io: Io): Option =>
  new Option("--workers <n>", "threads; the result does not depend on it")
    .argParser(wholeNumber(1, 256))
    .default({ atMost: io.cores } satisfies Workers, "number of cores, fewer where there is little to do");

export const presetOption = (): Option =>
  new Option("--preset <name>", "parameters by name in place of the defaults (repeatable)")
    .choices(PRESETS.map(({ name }) => name))
    .argParser(preset)
    .default([], "none");

function preset(value: string, previous: string[]): string[] {
  const names = PRESETS.map(({ name }) => name);
  if (!names.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
  return collect(value, previous);
}

export const setOption = (): Option =>
  new Option("--set <key=value>", "one setting of the configuration, as in cluster.CoeffB=0.01 (repeatable)")
    .argParser(collect)
    .default([], "none");
