import { Command, Option } from "commander";
import { counted, InputError } from "../core/index.js";
import { type ExportFormat } from "../pipeline/index.js";
import { eventNames } from "./chain-options.js";
import { type Globals, report } from "./globals.js";
import { type Io, warn } from "./io.js";

interface ExportOptions extends Globals {
  format: ExportFormat;
  out: string;
  table?: string;
  events?: string;
  sample?: string;
}

export function exportCommand(io: Io): Command {
  return new Command("export")
    .description(
      "write a sample or a run for other programs: HDF5 that pandas reads, CSV, events for the display Phoenix, or a sample as CMSSW's ntuple",
    )
    .argument("<folder>", "sample or run")
    .addOption(
      new Option("--format <name>", "file format").choices(["hdf5", "csv", "root", "phoenix"]).makeOptionMandatory(),
    )
    .requiredOption("--out <file>", "file to write; for csv NAME.csv, or a folder for all tables")
    .option("--table <name>", "the table of a csv file (default: clusters of a run, tc of a sample)")
    .option(
      "--events <list>",
      "the events for phoenix, by number or run:lumi:event: 12,57 or 1:3:12 or @file (default: the first 10 entries)",
    )
    .option(
      "--sample <folder>",
      "for phoenix and hdf5: where the sample of a run is, when it is not where run.json says",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits export run --format hdf5 --out clusters.hdf5\n  bye-splits export run --format csv --out seeds.csv --table seeds\n  bye-splits export sample --format csv --out sample-csv\n  bye-splits export sample --format root --out ntuple.root\n  bye-splits export run --format phoenix --out events.json --events 12,57",
    )
    .action(async (path: string, options: ExportOptions) => {
      const { format, out, table, events, sample, force = false } = options;
      if (table !== undefined && format !== "csv") throw new InputError("--table is an option of --format csv");
      if (events !== undefined && format !== "phoenix")
        throw new InputError("--events is an option of --format phoenix");
      if (sample !== undefined && format !== "phoenix" && format !== "hdf5") {
        throw new InputError("--sample is an option of --format phoenix and hdf5");
      }
      const { exportFolder } = await import("../pipeline/export.js");
      const result = await exportFolder({
        path,
        format,
        out,
        ...(table === undefined ? {} : { table }),
        ...(events === undefined ? {} : { events: eventNames(events) }),
        ...(sample === undefined ? {} : { sample }),
        signal: io.interrupt.signal(),
        options: { force },
      });
      if (result.empty) warn(io, `${path} is empty: there is nothing in what was written but names of columns`);
      const [written, all] = result.entries ?? [0, 0];
      const part =
        events === undefined && written < all
          ? `${written} of ${counted(all, "entry", "entries")} (--events chooses others) `
          : "";
      report(io, options, result, [`${part}written to ${result.files.join(", ")}`]);
    });
}
