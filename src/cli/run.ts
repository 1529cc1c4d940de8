import { readFileSync } from "node:fs";
import { Argument, Command, Option } from "commander";
import {
  CHAIN_NAMES,
  type ClusterAlgo,
  type ChainParams,
  CLUSTER_ALGOS,
  SMOOTH_KERNELS,
  type SmoothKernel,
} from "../chain/index.js";
import { InputError } from "../core/index.js";
import { formatTable, type Globals, report, short, warnIgnored } from "./globals.js";
import { interruptSignal } from "./interrupt.js";
import { realNumber, setOption, wholeNumber, workersOption } from "./options.js";
import { createProgress } from "./progress.js";
import { VERSION } from "./version.js";
import { type RunReport } from "../pipeline/run.js";

interface RunOptions extends Globals {
  in: string;
  out: string;
  sel: string;
  seedWindow?: number;
  smoothKernel?: SmoothKernel;
  clusterAlgo?: ClusterAlgo;
  radius?: number;
  first?: number;
  events?: string;
  saveSteps?: boolean;
  workers: number;
  skipBadEvents?: boolean;
  set: string[];
}

export function runCommand(): Command {
  return new Command("run")
    .description("run a chain on a sample: trigger cells to seeds, clusters and validation records")
    .addArgument(new Argument("<chain>", "which chain").choices([...CHAIN_NAMES, "both"]))
    .requiredOption("--in <sample>", "sample folder")
    .requiredOption("--out <run>", "run folder to write")
    .option("--sel <selection>", "all, splits_only, no_splits or above_eta_X", "all")
    .addOption(new Option("--seed-window <n>", "phi columns on each side of a seed").argParser(wholeNumber(1)))
    .addOption(new Option("--smooth-kernel <name>", "smoothing kernel").choices(SMOOTH_KERNELS))
    .addOption(new Option("--cluster-algo <name>", "which seed a trigger cell goes to").choices(CLUSTER_ALGOS))
    .addOption(new Option("--radius <r>", "the same cluster radius in every layer").argParser(realNumber))
    .addOption(new Option("--first <n>", "only the first n entries").argParser(wholeNumber(1)).conflicts("events"))
    .option("--events <list>", "only these event numbers: 12,57 or @file")
    .option("--save-steps", "also write the histograms: fill.parquet and smooth.parquet")
    .addOption(workersOption())
    .option("--skip-bad-events", "leave out and count events with NaN or infinite values")
    .addOption(setOption())
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits run default --in sample --out run\n  bye-splits run default --in sample --out run20 --radius 0.02 --sel above_eta_2.3",
    )
    .action(async (chain: string, options: RunOptions) => {
      const { loadConfig } = await import("./config.js");
      const { config, ignored } = loadConfig(options.config, options.set);
      warnIgnored(ignored, options);
      const params = applyOptions(config, options);
      const { runChains } = await import("../pipeline/run.js");
      const progress = createProgress("run", "events", options.quiet);
      let result: RunReport;
      try {
        result = await runChains({
          sample: options.in,
          out: options.out,
          chains: CHAIN_NAMES.filter((name) => chain === "both" || chain === name),
          params,
          selection: options.sel,
          saveSteps: options.saveSteps ?? false,
          skipBadEvents: options.skipBadEvents ?? false,
          ...(options.first === undefined ? {} : { first: options.first }),
          ...(options.events === undefined ? {} : { events: eventNumbers(options.events) }),
          workers: options.workers,
          force: options.force ?? false,
          version: VERSION,
          signal: interruptSignal(),
          onProgress: (done, total) => progress.update(done, total),
        });
      } finally {
        progress.stop();
      }
      report(options, result, summaryText(result));
    });
}

/** The options of the command line over the configuration. */
function applyOptions(params: ChainParams, options: RunOptions): ChainParams {
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
function eventNumbers(list: string): bigint[] {
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

function summaryText({ chains, eventsPerSecond, out }: RunReport): string {
  const percent = (value: number): string => `${short(100 * value)} %`;
  const rows = chains.map((chain) => {
    const { counts } = chain;
    return [
      chain.chain,
      String(counts.selected),
      String(counts.seeds),
      String(counts.clusters),
      `${counts.split} of ${counts.particles}`,
      `${percent(chain.splitFraction)} [${short(100 * chain.splitInterval.low)}, ${short(100 * chain.splitInterval.high)}]`,
      short(chain.response),
      percent(chain.resolution),
      short(eventsPerSecond),
    ];
  });
  const header = [
    "chain",
    "events",
    "seeds",
    "clusters",
    "split",
    "split fraction [68 %]",
    "response",
    "resolution",
    "events/s",
  ];
  const notes = chains.flatMap(({ chain, counts }) => [
    `${chain}: ${counts.entries} entries, ${counts.rowsOut} of ${counts.rowsIn} rows selected (${percent(counts.rowsOut / counts.rowsIn)}), ` +
      `${counts.selected - counts.withSeeds} without a seed, ${counts.selected - counts.withClusters} without a cluster` +
      (counts.bad > 0 ? `, ${counts.bad} bad events left out` : "") +
      (counts.withoutPosition > 0 ? `, ${counts.withoutPosition} clusters without a position dropped` : ""),
  ]);
  return `${formatTable(header, rows)}\n${notes.join("\n")}\nwritten to ${out}`;
}
