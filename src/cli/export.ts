import { Command, Option } from "commander";
import { InputError } from "../core/index.js";
import { type ExportFormat } from "../pipeline/export.js";
import { type Globals, report } from "./globals.js";
import { interruptSignal } from "./interrupt.js";

interface ExportOptions extends Globals {
  format: ExportFormat;
  out: string;
  table?: string;
}

export function exportCommand(): Command {
  return new Command("export")
    .description(
      "write a sample or a run for other programs: HDF5 that pandas reads, CSV, or a sample as CMSSW's ntuple",
    )
    .argument("<folder>", "sample or run")
    .addOption(new Option("--format <name>", "file format").choices(["hdf5", "csv", "root"]).makeOptionMandatory())
    .requiredOption("--out <file>", "file to write; for csv NAME.csv, or a folder for all tables")
    .option("--table <name>", "the table of a csv file (default: clusters of a run, tc of a sample)")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits export run --format hdf5 --out clusters.hdf5\n  bye-splits export run --format csv --out seeds.csv --table seeds\n  bye-splits export sample --format csv --out sample-csv\n  bye-splits export sample --format root --out ntuple.root",
    )
    .action(async (path: string, options: ExportOptions) => {
      const { format, out, table, force = false } = options;
      if (table !== undefined && format !== "csv") throw new InputError("--table is an option of --format csv");
      const { exportFolder } = await import("../pipeline/export.js");
      const result = await exportFolder({
        path,
        format,
        out,
        ...(table === undefined ? {} : { table }),
        signal: interruptSignal(),
        options: { force },
      });
      report(options, result, `written to ${result.files.join(", ")}`);
    });
}
