import { Command, Option } from "commander";
import { createGeometry, GEOMETRY_VERSIONS, geometryCsv, geometryJson } from "../detector/index.js";
import { type Globals, report } from "./globals.js";

interface ExportOptions extends Globals {
  format: "csv" | "json";
  out: string;
  geometry: string;
}

export function geometryCommand(): Command {
  const exporting = new Command("export")
    .description("write the detector tables: the trigger cells as CSV, or layers and trigger cells as JSON")
    .addOption(new Option("--format <name>", "file format").choices(["csv", "json"]).makeOptionMandatory())
    .requiredOption("--out <file>", "file to write")
    .addOption(new Option("--geometry <version>", "which geometry").choices(GEOMETRY_VERSIONS).default("V11"))
    .addHelpText("after", "\nExample:\n  bye-splits geometry export --format csv --out trigger-cells.csv")
    .action(async (options: ExportOptions) => {
      const { createOutputFile } = await import("../io/node/index.js");
      const geometry = createGeometry(options.geometry);
      const file = await createOutputFile(options.out, { force: options.force ?? false });
      try {
        const sink = await file.open();
        await sink.write(
          new TextEncoder().encode(options.format === "csv" ? geometryCsv(geometry) : geometryJson(geometry)),
        );
        await sink.close();
        await file.commit();
      } finally {
        await file.abort();
      }
      const counts = {
        layers: geometry.layers.length,
        wafers: geometry.wafers.layer.length,
        triggerCells: geometry.triggerCells.layer.length,
      };
      report(
        options,
        { out: options.out, geometry: options.geometry, ...counts },
        `${options.geometry}: ${counts.layers} layers, ${counts.wafers} wafers, ${counts.triggerCells} trigger cells of one endcap written to ${options.out}`,
      );
    });
  return new Command("geometry").description("the detector: layers, wafers, trigger cells").addCommand(exporting);
}
