import { type Command, Option } from "commander";
import { CHAIN_NAMES, type ChainName } from "../../chain/index.js";
import { ConfigError } from "../../core/index.js";
import { type ScanAxis, checkRank, linspace } from "../../studies/index.js";
import { chainReader, loadConfig } from "../config.js";
import { type Io } from "../io.js";
import { parseBins } from "./bins.js";
import { type StudyCommand, type StudyOptions } from "./study-command.js";

interface ScanOptions extends StudyOptions {
  chain: string;
  heal?: boolean;
  rank?: string;
}

export const SCAN_COMMAND: StudyCommand = {
  name: "scan",
  about: "parameters on a grid: which setting stops particles from splitting, and what it costs",
  examples: [
    "bye-splits study scan --in photons --set seed.window=1,2,3 --set smooth.kernel=default,flat_top --out scan",
    "bye-splits study scan --in photons pions --set seed.histoThreshold=10:30:5 --chain default --by gen_pt=0,10,20,50,100 --out by-pt",
    "bye-splits study scan --in photons --set seed.window=1,2,3 --heal --out heal",
  ],
  takesGrid: true,
  addOptions(command: Command) {
    command
      .option("--chain <list>", `chains, of ${CHAIN_NAMES.join(", ")}`, "default")
      .option("--heal", "also heal.parquet: which single change mends which split")
      .option("--no-events", "leave out events.parquet, the rows of the particles")
      .addOption(new Option("--rank <figure>", "column of points by which the table is ranked, the best first"));
  },
  chains: (options) => chainList((options as ScanOptions).chain),
  read(io, options) {
    const own = options as ScanOptions;
    if (own.rank !== undefined) checkRank(own.rank);
    return {
      options: {
        axes: parseAxes(io, options, chainList(own.chain)),
        bins: parseBins(own.by ?? []),
        heal: own.heal ?? false,
        events: own.events !== false,
        ...(own.rank === undefined ? {} : { rank: own.rank }),
      },
    };
  },
};

function chainList(text: string): ChainName[] {
  const names = text === "both" ? CHAIN_NAMES : text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !(CHAIN_NAMES as readonly string[]).includes(name));
  if (wrong !== undefined)
    throw new ConfigError(`--chain ${text}: there is no chain "${wrong}"; there are ${CHAIN_NAMES.join(", ")}`);
  if (new Set(names).size < names.length) throw new ConfigError(`--chain ${text}: a chain is given twice`);
  return names as ChainName[];
}

/** KEY=V1,V2 or KEY=start:stop:number; each value is read and checked as `--set KEY=VALUE` of `run` is. */
function parseAxes(io: Io, options: StudyOptions, chains: readonly ChainName[]): ScanAxis[] {
  const axes = options.set.map((setting): ScanAxis => {
    const at = setting.indexOf("=");
    const key = setting.slice(0, at);
    const texts = at < 0 ? [] : valuesOf(setting, setting.slice(at + 1));
    const values = texts.map((text) => valueAt(io, options, chains, at < 0 ? setting : `${key}=${text}`));
    if (at < 0) valueAt(io, options, chains, setting);
    const twice = texts.find((_, i) =>
      values.slice(0, i).some((value) => JSON.stringify(value) === JSON.stringify(values[i])),
    );
    if (twice !== undefined) throw new ConfigError(`--set ${setting}: the value ${twice} is given twice`);
    return { key, values };
  });
  const twice = axes.find(({ key }, i) => axes.findIndex((each) => each.key === key) !== i);
  if (twice !== undefined)
    throw new ConfigError(`--set ${twice.key} is given twice: give all its values at once, as in ${twice.key}=1,2`);
  return axes;
}

/** Values between commas, those of a list in brackets together. */
export function valuesOf(setting: string, text: string): string[] {
  const range = text.split(":");
  if (range.length === 3 && range.every((part) => part.trim() !== "" && Number.isFinite(Number(part)))) {
    const [start, stop, number] = range.map(Number);
    if (!Number.isInteger(number) || number < 1 || number > 1000) {
      throw new ConfigError(`--set ${setting}: expected start:stop:number with a whole number from 1 to 1000`);
    }
    return linspace(start, stop, number).map(String);
  }
  const values: string[] = [];
  let depth = 0;
  let value = "";
  for (const character of text) {
    depth += character === "[" ? 1 : character === "]" ? -1 : 0;
    if (character === "," && depth === 0) {
      values.push(value);
      value = "";
    } else value += character;
  }
  const all = [...values, value].map((each) => each.trim());
  if (all.includes(""))
    throw new ConfigError(`--set ${setting}: a value is missing; expected KEY=V1,V2 or KEY=start:stop:number`);
  return all;
}

function valueAt(io: Io, options: StudyOptions, chains: readonly ChainName[], setting: string): unknown {
  const quiet: Io = { ...io, stderr: { write: () => true } };
  const [key, text] = [setting.slice(0, setting.indexOf("=")), setting.slice(setting.indexOf("=") + 1)];
  const { config, preset } = options;
  const given = { ...(config === undefined ? {} : { config }), preset };
  // A number for a parameter that is a list is all of its values, as with --radius.
  const isOne = text.trim() !== "" && Number.isFinite(Number(text));
  const before = loadConfig(quiet, given, chainReader(chains)).config as unknown as Record<
    string,
    Record<string, unknown>
  >;
  const [section, name] = key.split(".");
  const list = Object.hasOwn(before, section) ? before[section][name] : undefined;
  const whole = isOne && Array.isArray(list) ? `${key}=[${list.map(() => text).join(", ")}]` : setting;
  const after = loadConfig(quiet, { ...given, set: [whole] }, chainReader(chains)).config;
  return (after as unknown as Record<string, Record<string, unknown>>)[section][name];
}
