/** `bundle`: Node's own binary and the program as one file, for worker nodes that have neither. */
import { Command } from "commander";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";

export function bundleCommand(io: Io): Command {
  return new Command("bundle")
    .description("Node and this program as one file, for worker nodes without Node; `bundle:` of a job file names it")
    .requiredOption("--out <file>", "the file to write, as in bye-splits.tar.gz")
    .addHelpText(
      "after",
      "\nRuns from any folder on x86-64 or arm64 as this machine, with glibc 2.28 or newer: EL8, EL9, Debian 10 and later.\n\nExample:\n  bye-splits bundle --out bye-splits.tar.gz",
    )
    .action(async (options: Globals & { out: string }) => {
      const { writeBundle } = await import("./batch/bundle.js");
      const { bytes, packages } = await writeBundle(options.out, options.force ?? false);
      report(io, options, { out: options.out, bytes, packages }, [
        `Node ${process.version}, the program and ${packages} packages: ${(bytes / 1e6).toFixed(1)} MB written to ${options.out}`,
      ]);
    });
}
