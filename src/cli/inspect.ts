import { Command, Option } from "commander";
import { ConfigError } from "../core/index.js";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";
import { collect } from "./options.js";

interface InspectOptions extends Globals {
  splits?: boolean;
  verify?: boolean;
  cmssw?: boolean;
  sort?: string;
  where: string[];
  sample?: string;
}

export function inspectCommand(io: Io): Command {
  return new Command("inspect")
    .description("what is in a ROOT or Parquet file, a sample, a run or a study")
    .argument("<path>", "file or folder")
    .option("--splits", "the split particles of a run, and what lies between their seeds")
    .option("--cmssw", "the clusters of a run beside those that its sample has from CMSSW, event by event")
    .option("--verify", "compare everything in a sample, a run, a study or a Parquet table with its checksums")
    .option("--sort <column>", "with --splits: sort by a column; the largest first with -COLUMN")
    .addOption(
      new Option("--where <condition>", "with --splits: only those with COLUMN>VALUE, or <, >=, <=, =, != (repeatable)")
        .argParser(collect)
        .default([], "all"),
    )
    .option("--sample <folder>", "with --splits or --cmssw: where the sample is, when it is not where run.json says")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits inspect ntuple.root\n  bye-splits inspect photons --json\n  bye-splits inspect run --splits --where 'd_rz>=2' --where 'geneta>2.5' --sort -share\n  bye-splits inspect run --cmssw",
    )
    .action(async (path: string, options: InspectOptions) => {
      const { splits = false, verify = false, cmssw = false, sort, where, sample } = options;
      if (Number(splits) + Number(verify) + Number(cmssw) > 1) {
        throw new ConfigError("--splits, --cmssw and --verify are different commands: give one of them");
      }
      if (splits) {
        const [{ listSplits }, { splitObjects, splitsText, viewRows }] = await Promise.all([
          import("../pipeline/splits.js"),
          import("./splits.js"),
        ]);
        const list = await listSplits(path, sample);
        const rows = viewRows(list.splits, { where, ...(sort === undefined ? {} : { sort }) });
        const objects = splitObjects(list.splits, rows);
        report(
          io,
          options,
          { path, kind: "splits", particles: list.particles, splits: objects },
          splitsText(list, rows),
        );
        return;
      }
      if (sort !== undefined || where.length > 0) throw new ConfigError("--sort and --where are options of --splits");
      if (cmssw) {
        const [{ compareRunWithCmssw }, { comparisonText, differenceObjects, eventsOf }] = await Promise.all([
          import("../pipeline/cmssw.js"),
          import("./cmssw.js"),
        ]);
        const differences = await compareRunWithCmssw(path, sample);
        const events = eventsOf(differences);
        const content = { path, kind: "cmssw", events, differences: differenceObjects(differences) };
        report(io, options, content, comparisonText(events));
        return;
      }
      if (sample !== undefined) throw new ConfigError("--sample is an option of --splits and --cmssw");
      if (verify) {
        const result = await (await import("./verify.js")).verify(path);
        const { verified, without } = result;
        const lines = [`${path}: ${verified.join(", ")}: as they were written`];
        if (without.length > 0) lines.push(`without a checksum: ${without.join(", ")}`);
        report(io, options, { path, ...result }, lines);
        return;
      }
      const { describe } = await import("./describe.js");
      const { kind, content, lines } = await describe(path);
      report(io, options, { path, kind, ...content }, lines);
    });
}
