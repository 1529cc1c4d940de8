/** The options that say what a chain does: the same for `run` and for the first step of a chain. */
import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import {
  type ChainParams,
  CLUSTER_ALGOS,
  type ClusterAlgo,
  SMOOTH_KERNELS,
  type SmoothKernel,
} from "../chain/index.js";
import { InputError } from "../core/index.js";
import { type RunTask } from "../pipeline/run-task.js";
import { type Globals, warnIgnored } from "./globals.js";
import { type Io } from "./io.js";
import { realNumber, setOption, wholeNumber } from "./options.js";

export interface ChainOptions extends Globals {
  sel: string;
  seedWindow?: number;
  smoothKernel?: SmoothKernel;
  clusterAlgo?: ClusterAlgo;
  radius?: number;
  first?: number;
  events?: string;
  skipBadEvents?: boolean;
  set: string[];
}

export function addChainOptions(command: Command): Command {
  return command
    .option("--sel <selection>", "all, splits_only, no_splits or above_eta_X", "all")
    .addOption(new Option("--seed-window <n>", "phi columns on each side of a seed").argParser(wholeNumber(1)))
    .addOption(new Option("--smooth-kernel <name>", "smoothing kernel").choices(SMOOTH_KERNELS))
    .addOption(new Option("--cluster-algo <name>", "which seed a trigger cell goes to").choices(CLUSTER_ALGOS))
    .addOption(new Option("--radius <r>", "the same cluster radius in every layer").argParser(realNumber))
    .addOption(new Option("--first <n>", "only the first n entries").argParser(wholeNumber(1)).conflicts("events"))
    .option("--events <list>", "only these event numbers: 12,57 or @file")
    .option("--skip-bad-events", "leave out and count events with NaN or infinite values")
    .addOption(setOption());
}

/** The configuration file, `--set` and the options, in this order. */
export async function chainTask(io: Io, options: ChainOptions): Promise<Omit<RunTask, "chains">> {
  const { loadConfig } = await import("./config.js");
  const { config, ignored } = loadConfig(options.config, options.set);
  warnIgnored(io, ignored, options);
  return {
    params: applyOptions(config, options),
    selection: options.sel,
    skipBadEvents: options.skipBadEvents ?? false,
    ...(options.first === undefined ? {} : { first: options.first }),
    ...(options.events === undefined ? {} : { events: eventNumbers(options.events) }),
  };
}

/** The options of the command line over the configuration. */
function applyOptions(params: ChainParams, options: ChainOptions): ChainParams {
  const { smooth, seed, cluster } = params;
  const { radius } = options;
  return {
    ...params,
    smooth: { ...smooth, kernel: options.smoothKernel ?? smooth.kernel },
    seed: { ...seed, window: options.seedWindow ?? seed.window },
    cluster: {
      ...cluster,
      algo: options.clusterAlgo ?? cluster.algo,
      CoeffA: radius === undefined ? cluster.CoeffA : cluster.CoeffA.map(() => radius),
    },
  };
}

/** Event numbers of `12,57` or of a file of numbers separated by commas, spaces or lines. */
export function eventNumbers(list: string): bigint[] {
  let text = list;
  if (list.startsWith("@")) {
    try {
      text = readFileSync(list.slice(1), "utf8");
    } catch (cause) {
      throw new InputError(`--events: cannot read ${list.slice(1)}: ${(cause as Error).message}`, { cause });
    }
  }
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => {
      if (!/^-?\d+$/.test(word)) throw new InputError(`--events: expected event numbers such as 12,57, got "${word}"`);
      return BigInt(word);
    });
}
