import { Command } from "commander";
import { cutFlowText, warnWithoutEntries } from "./cut-flow.js";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";
import { VERSION } from "./version.js";

export function importCommand(io: Io): Command {
  return new Command("import")
    .description(
      "make a sample of the reference's own files: skimmed ROOT (good_* branches) or a Parquet cache of them",
    )
    .argument("<file>", "ROOT or Parquet file")
    .requiredOption("--out <sample>", "sample folder to write")
    .option("--tree <dir/tree>", "which tree, when several have good_* branches")
    .addHelpText("after", "\nExample:\n  bye-splits import skim_photons.root --out photons")
    .action(async (input: string, { out, tree, ...options }: Globals & { out: string; tree?: string }) => {
      const { importReference } = await import("../pipeline/import.js");
      const result = await importReference({
        input,
        ...(tree === undefined ? {} : { tree }),
        out,
        force: options.force ?? false,
        version: VERSION,
        signal: io.interrupt.signal(),
      });
      warnWithoutEntries(io, out, result.cutFlow);
      report(io, options, result, [...cutFlowText(result.cutFlow), `written to ${out}`]);
    });
}
