import { Command, Option } from "commander";
import { ConfigError } from "../core/index.js";
import { type Globals, report } from "./globals.js";
import { type Io, say, warn } from "./io.js";
import { collect } from "./options.js";
import { VERSION } from "./version.js";

interface ReportOptions extends Globals {
  label: string[];
  out: string;
  sample?: string;
  geometry?: string;
  events: boolean;
}

export function reportCommand(io: Io): Command {
  return new Command("report")
    .description(
      "validation plots of one or several runs, or figures of studies, as one HTML file that opens without network",
    )
    .argument("<run...>", "run folders to compare, at most four; or study folders")
    .requiredOption("--out <file>", "HTML file to write; - for standard output")
    .addOption(
      new Option("--label <name>", "what a run is called in the report, once a run in their order")
        .argParser(collect)
        .default([], "names of the folders"),
    )
    .option("--sample <folder>", "where the sample of the first run is, when it is not where run.json says")
    .option("--no-events", "leave out the page of events, which needs that sample")
    .option("--geometry <file>", "trigger cell positions of `geometry import` for the displays of events")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits report run run-radius-02 --out report.html --label 0.01 --label 0.02\n  bye-splits report scan radii --out studies.html",
    )
    .action(async (runs: string[], options: ReportOptions) => {
      const { writeReport } = await import("../pipeline/report.js");
      const { out, label, sample, geometry, events, force = false } = options;
      if (sample !== undefined && !events) {
        throw new ConfigError("--sample is for the page of events, which --no-events leaves out: give one of them");
      }
      const isStream = out === "-";
      if (isStream && options.json === true) throw new ConfigError("--json and --out - both write to standard output");
      const result = await writeReport({
        runs,
        out,
        labels: label,
        ...(isStream ? { write: (html: string) => void io.stdout.write(html) } : {}),
        ...(sample === undefined ? {} : { sample }),
        ...(geometry === undefined ? {} : { geometry }),
        noEvents: !events,
        force,
        signal: io.interrupt.signal(),
        version: VERSION,
      });
      for (const name of result.empty)
        warn(io, `${name} has no records: it selected no particle, its curves are empty`);
      const pages = result.pages.map(({ id, figures }) => `${id} (${figures})`).join(", ");
      const lines = [
        `pages with figures: ${pages}`,
        `${(result.bytes / 1e6).toFixed(1)} MB written to ${isStream ? "standard output" : out}`,
      ];
      if (!isStream) report(io, options, result, lines);
      else if (options.quiet !== true) for (const line of lines) say(io, line);
    });
}
