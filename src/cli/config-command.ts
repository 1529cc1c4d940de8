import { Command } from "commander";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";
import { presetOption, setOption } from "./options.js";

export function configCommand(io: Io): Command {
  return new Command("config")
    .description("print the resolved configuration, and every key that was not understood")
    .addOption(presetOption())
    .addOption(setOption())
    .addHelpText("after", "\nExample:\n  bye-splits config --config config.yaml --set seed.histoThreshold=15")
    .action(async (options: Globals & { set: string[]; preset: string[] }) => {
      const [{ loadConfig }, { stringify }] = await Promise.all([import("./config.js"), import("yaml")]);
      const { config, ignored } = loadConfig(io, options);
      report(
        io,
        options,
        { config, ignored },
        stringify(config, { collectionStyle: "any", flowCollectionPadding: false, lineWidth: 100 })
          .trimEnd()
          .split("\n"),
      );
    });
}
