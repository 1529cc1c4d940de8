import { Command, Option } from "commander";
import { createGeometry, GEOMETRY_VERSIONS, geometryCsv, geometryJson } from "../detector/index.js";
import { type Globals, report } from "./globals.js";
import { type Io } from "./io.js";

interface ExportOptions extends Globals {
  format: "csv" | "json";
  out: string;
  geometry: string;
}

export function geometryCommand(io: Io): Command {
  const exporting = new Command("export")
    .description("write the detector tables: the trigger cells as CSV, or layers and trigger cells as JSON")
    .addOption(new Option("--format <name>", "file format").choices(["csv", "json"]).makeOptionMandatory())
    .requiredOption("--out <file>", "file to write")
    .option("--geometry <version>", `which geometry: ${GEOMETRY_VERSIONS.join(", ")}`, "V11")
    .addHelpText("after", "\nExample:\n  bye-splits geometry export --format csv --out trigger-cells.csv")
    .action(async (options: ExportOptions) => {
      const { csvFile, JSON_FILE, writeOutputFile } = await import("../io/node/index.js");
      const geometry = createGeometry(options.geometry);
      const text = options.format === "csv" ? geometryCsv(geometry) : geometryJson(geometry);
      const kind = options.format === "csv" ? csvFile(text.slice(0, text.indexOf("\n") + 1)) : JSON_FILE;
      await writeOutputFile(options.out, kind, { force: options.force ?? false }, (sink) =>
        sink.write(new TextEncoder().encode(text)),
      );
      const counts = {
        layers: geometry.layers.length,
        wafers: geometry.wafers.layer.length,
        triggerCells: geometry.triggerCells.layer.length,
      };
      report(io, options, { out: options.out, geometry: options.geometry, ...counts }, [
        `${options.geometry}: ${counts.layers} layers, ${counts.wafers} wafers, ${counts.triggerCells} trigger cells of one endcap written to ${options.out}`,
      ]);
    });
  const importing = new Command("import")
    .description(
      "take the trigger cell positions of a CMSSW TreeTriggerCells tree, for skim and report (--geometry FILE)",
    )
    .argument("<file>", "ROOT file")
    .requiredOption("--out <file>", "Parquet file to write")
    .option("--tree <dir/tree>", "which tree, when several are called TreeTriggerCells")
    .addHelpText("after", "\nExample:\n  bye-splits geometry import test_triggergeom.root --out geometry.parquet")
    .action(async (input: string, options: Globals & { out: string; tree?: string }) => {
      const { importGeometry } = await import("../pipeline/geometry.js");
      const { out, tree, force = false } = options;
      const result = await importGeometry({ input, out, force, ...(tree === undefined ? {} : { tree }) });
      const { cells, version, unknown, absent, medianShift, largestShift } = result;
      report(io, options, result, [
        `${cells} trigger cells of ${version}: ${unknown} that it does not have, ${absent} of its own missing; ` +
          `shifted by ${medianShift.toFixed(4)} cm (median), ${largestShift.toFixed(3)} cm (largest)`,
        `written to ${out}`,
      ]);
    });
  return new Command("geometry")
    .description("the detector: layers, wafers, trigger cells")
    .addHelpText("after", "\nExample:\n  bye-splits geometry export --format csv --out trigger-cells.csv")
    .addCommand(exporting)
    .addCommand(importing);
}
