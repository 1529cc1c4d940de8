import { Command } from "commander";
import { type Globals, report } from "./globals.js";

export function inspectCommand(): Command {
  return new Command("inspect")
    .description("what is in a ROOT or Parquet file, a sample or a run")
    .argument("<path>", "file or folder")
    .addHelpText("after", "\nExamples:\n  bye-splits inspect ntuple.root\n  bye-splits inspect photons --json")
    .action(async (path: string, options: Globals) => {
      const { describe } = await import("./describe.js");
      const { kind, content, text } = await describe(path);
      report(options, { path, kind, ...content }, text);
    });
}
