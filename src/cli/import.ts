import { Command } from "commander";
import { ConfigError, counted } from "../core/index.js";
import { cutFlowText, warnWithoutEntries } from "./cut-flow.js";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";
import { VERSION } from "./version.js";

export function importCommand(io: Io): Command {
  return new Command("import")
    .description(
      "make a sample of the reference's own files: skimmed ROOT (good_* branches) or a Parquet cache of them; " +
        "or a study of its results: clusters at many radii (HDF5), or split events by parameter (stats CSV)",
    )
    .argument("<file>", "ROOT or Parquet file; HDF5 or CSV for results")
    .requiredOption("--out <folder>", "sample folder to write; for results, study folder")
    .option("--tree <dir/tree>", "which tree, when several have good_* branches")
    .addHelpText(
      "after",
      "\nExamples:\n  bye-splits import skim_photons.root --out photons\n  bye-splits import cluster_size_photons_PU0.hdf5 --out old-radii",
    )
    .action(async (input: string, { out, tree, ...options }: Globals & { out: string; tree?: string }) => {
      const { importStudy, studyFormat } = await import("../pipeline/import-study.js");
      if ((await studyFormat(input)) !== undefined) {
        if (tree !== undefined) throw new ConfigError(`--tree is of ROOT files: ${input} is none`);
        const study = await importStudy({
          input,
          out,
          force: options.force ?? false,
          version: VERSION,
          signal: io.interrupt.signal(),
        });
        report(io, options, study, [
          ...study.lines,
          `study ${study.study} of ${counted(study.points, "point")} written to ${out}`,
        ]);
        return;
      }
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
