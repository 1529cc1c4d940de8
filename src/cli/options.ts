/** Parsers of option values: what they refuse, they refuse with the option's name and what is valid. */
import { InvalidArgumentError, Option } from "commander";
import { PRESETS } from "../chain/index.js";
import { PARTICLE_NAMES } from "../events/index.js";
import { type Workers } from "../pipeline/index.js";
import { type Io } from "./io.js";

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(
        `expected a whole number ${most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`}`,
      );
    }
    return value;
  };
}

export function realNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("expected a number");
  return value;
}

/** "LO,HI": two numbers. */
export function numberRange(text: string): [number, number] {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (parts.length !== 2 || !parts.every(Number.isFinite)) {
    throw new InvalidArgumentError("expected two numbers LO,HI, as in 1.7,2.8");
  }
  return [parts[0], parts[1]];
}

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
