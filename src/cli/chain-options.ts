/** The options that say what a chain does: the same for `run` and for the first step of a chain. */
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ChainName, CLUSTER_ALGOS, type ClusterAlgo, SMOOTH_KERNELS, type SmoothKernel } from "../chain/index.js";
import { InputError } from "../core/index.js";
import { type EventName, parseEventName } from "../events/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { type EntryRange, type RunTask } from "../pipeline/index.js";
import { type Globals } from "./globals.js";
import { type Io } from "./io.js";
import { presetOption, realNumber, setOption, wholeNumber } from "./options.js";

export interface ChainOptions extends Globals {
  sel: string;
  seedWindow?: number;
  smoothKernel?: SmoothKernel;
  clusterAlgo?: ClusterAlgo;
  radius?: number;
  first?: number;
  entries?: EntryRange;
  events?: string;
  skipBadEvents?: boolean;
  preset: string[];
  set: string[];
}

export function addChainOptions(command: Command): Command {
  command
    .option("--sel <selection>", SEL_ABOUT, "all")
    .addOption(new Option("--seed-window <n>", "phi columns on each side of a seed").argParser(wholeNumber(1)))
    .addOption(new Option("--smooth-kernel <name>", "smoothing kernel").choices(SMOOTH_KERNELS))
    .addOption(new Option("--cluster-algo <name>", "which seed a trigger cell goes to").choices(CLUSTER_ALGOS))
    .addOption(new Option("--radius <r>", "the same cluster radius in every layer").argParser(realNumber));
  return addEntryOptions(command).addOption(presetOption()).addOption(setOption());
}

export const SEL_ABOUT = "all, splits_only, no_splits or above_eta_X";

/** The options that say which entries; `--events` is another option for some. */
export function addEntryOptions(command: Command, hasEvents = true): Command {
  command
    .addOption(
      new Option("--first <n>", "only the first n entries")
        .argParser(wholeNumber(1))
        .conflicts(hasEvents ? ["events", "entries"] : ["entries"]),
    )
    .addOption(
      new Option("--entries <a:b>", "only the entries from a on, before b, for merge: 0:100, or 100: to the end")
        .argParser(entryRange)
        .conflicts(hasEvents ? ["events"] : []),
    );
  if (hasEvents) {
    command.option("--events <list>", "only these events, by number or run:lumi:event: 12,57 or 1:3:12 or @file");
  }
  return command.option("--skip-bad-events", "leave out and count events with NaN or infinite values");
}

/** Presets, the configuration file, `--set` and the options, in this order. ConfigError for what none of the chains reads. */
export async function chainTask(
  io: Io,
  options: ChainOptions,
  chains: readonly ChainName[],
): Promise<Omit<RunTask, "chains">> {
  const { chainReader, loadConfig } = await import("./config.js");
  const values = SHORTCUTS.flatMap(({ option, key, of }) => {
    const value = of(options);
    return value === undefined ? [] : [{ option, key, value }];
  });
  const { config } = loadConfig(io, { ...options, values }, chainReader(chains));
  const entries = options.first === undefined ? options.entries : { from: 0, to: options.first };
  return {
    params: config,
    selection: options.sel,
    skipBadEvents: options.skipBadEvents ?? false,
    ...(entries === undefined ? {} : { entries }),
    ...(options.events === undefined ? {} : { events: eventNames(options.events) }),
  };
}

/** Options that set one parameter; of a list all of its values. */
const SHORTCUTS: readonly {
  readonly option: string;
  readonly key: string;
  of(options: ChainOptions): string | number | undefined;
}[] = [
  { option: "--seed-window", key: "seed.window", of: ({ seedWindow }) => seedWindow },
  { option: "--smooth-kernel", key: "smooth.kernel", of: ({ smoothKernel }) => smoothKernel },
  { option: "--cluster-algo", key: "cluster.algo", of: ({ clusterAlgo }) => clusterAlgo },
  { option: "--radius", key: "cluster.CoeffA", of: ({ radius }) => radius },
];

/** Events of `12,1:3:57` or of a file of such names separated by commas, spaces or lines. */
export function eventNames(list: string): EventName[] {
  let text = list;
  if (list.startsWith("@")) {
    try {
      text = readFileSync(list.slice(1), "utf8");
    } catch (cause) {
      throw new InputError(`--events: cannot read ${list.slice(1)}: ${reasonOf(cause)}`, { cause });
    }
  }
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) throw new InputError("--events: no event is named; without the option all are meant");
  return words.map((word) => {
    const name = parseEventName(word);
    if (name !== undefined) return name;
    throw new InputError(`--events: expected event numbers such as 12,57, or run:lumi:event, got "${word}"`);
  });
}

function entryRange(text: string): EntryRange {
  const match = /^(\d*):(\d*)$/.exec(text);
  const range = { from: Number(match?.[1]), to: match?.[2] === "" ? Number.MAX_SAFE_INTEGER : Number(match?.[2]) };
  if (match !== null && range.from < range.to && range.to <= Number.MAX_SAFE_INTEGER) return range;
  throw new InvalidArgumentError("expected two whole numbers, the first less than the second, as in 0:100");
}
