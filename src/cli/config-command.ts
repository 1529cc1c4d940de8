import { Command } from "commander";
import { stringify } from "yaml";
import { loadConfig } from "./config.js";
import { type Globals, report, warn } from "./globals.js";
import { collect } from "./options.js";

export function configCommand(): Command {
  return new Command("config")
    .description("print the resolved configuration, and every key that was not understood")
    .option("--set <key=value>", "one setting, as in seed.histoThreshold=15 (repeatable)", collect, [])
    .addHelpText("after", "\nExample:\n  bye-splits config --config config.yaml --set seed.histoThreshold=15")
    .action((options: Globals & { set: string[] }) => {
      const { config, ignored } = loadConfig(options.config, options.set);
      report(
        options,
        { config, ignored },
        stringify(config, { collectionStyle: "any", flowCollectionPadding: false, lineWidth: 100 }).trimEnd(),
      );
      warnIgnored(ignored, options);
    });
}

/** Says which keys of the configuration file have no meaning here. */
export function warnIgnored(ignored: readonly string[], globals: Globals): void {
  if (ignored.length > 0) warn(`${globals.config}: keys without a meaning here: ${ignored.join(", ")}`);
}
