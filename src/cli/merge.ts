import { counted } from "../core/index.js";
import { Command } from "commander";
import { chainSummaryText } from "./chain-summary.js";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";

export function mergeCommand(io: Io): Command {
  return new Command("merge")
    .description("runs of ranges of one sample (run --entries A:B) to one: the tables are those of a single run")
    .argument("<run...>", "run folders, in any order; their ranges must neither overlap nor leave a gap")
    .requiredOption("--out <run>", "run folder to write")
    .option("--sample <folder>", "where the sample is, when it is not where run.json says (for runs with --hdf5)")
    .addHelpText(
      "after",
      "\nExample:\n  bye-splits run both --in sample --out part-1 --entries 0:500\n  bye-splits run both --in sample --out part-2 --entries 500:\n  bye-splits merge part-1 part-2 --out run",
    )
    .action(async (runs: string[], options: Globals & { out: string; sample?: string }) => {
      const { mergeRuns } = await import("../pipeline/merge-runs.js");
      const { out, sample, force = false } = options;
      const result = await mergeRuns({
        runs,
        out,
        force,
        ...(sample === undefined ? {} : { sample }),
        signal: io.interrupt.signal(),
      });
      const { from, to, of } = result.range;
      const part = to - from < of ? `, ${from}:${to} of ${of} of the sample` : "";
      report(io, options, result, [
        ...chainSummaryText(result.chains, result.acceptance),
        `${counted(to - from, "entry", "entries")}${part} of ${counted(runs.length, "run")} written to ${out}`,
      ]);
    });
}
