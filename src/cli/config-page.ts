/** docs/configuration.md, written from the table of parameters. */
import { CHAINS, PRESETS, readsParameter } from "../chain/index.js";
import { type ParameterRow, rangeOf } from "../core/index.js";
import { TABLE } from "./config.js";
import { pageTable } from "./page-table.js";

const HEAD = `# Configuration

\`--config FILE\` is YAML with the sections and keys of the reference's \`config.yaml\`, read as PyYAML reads it, up to 1 MB and 100 aliases.
\`bye-splits config --config FILE\` prints what comes out. The later of these counts: defaults, \`--preset NAME\`, the file,
\`--set SECTION.KEY=VALUE\`, options of their own such as \`--radius\`.

A key within two letters of one below is an error that names it. Keys of the reference that mean nothing here, and keys that nobody
knows, are named in one warning. A \`--set\` or an option that the command's chain does not read is an error.

Beyond the parameters below a file may have \`io.production.PARTICLES: {infile, dir, tree}\`, the inputs of \`skim --particles PARTICLES\`;
\`sources.NAME: {infile, tree, particles}\`, those of \`skim --source NAME\`; and \`defaultEvents.PU200.PARTICLES: [12, 57]\`, the events
that the display shows first. \`infile\` is a path, a glob or a list of these.
`;

/** The whole page. */
export function configurationPage(): string {
  const presets = PRESETS.map(({ name, about, params }) => [`\`${name}\``, about, settings(params)]);
  const sections = Object.entries(TABLE).map(([section, rows]) => {
    const lines = Object.entries(rows).map(([name, row]) => [
      `\`${name}\``,
      valueOf(row.value),
      allowed(row),
      row.unit ?? "",
      readers(section, row),
      row.about,
    ]);
    return `## ${section}\n\n${pageTable(["key", "default", "allowed", "unit", "read by", "meaning"], lines)}`;
  });
  return [HEAD, `## Presets\n\n${pageTable(["name", "meaning", "sets"], presets)}`, ...sections].join("\n");
}

/** Equal neighbours in a list are counted: "7 × 0.015". */
function valueOf(value: ParameterRow["value"]): string {
  if (!Array.isArray(value)) return `\`${String(value)}\``;
  const runs: { value: number; n: number }[] = [];
  for (const each of value as readonly number[]) {
    const last = runs.at(-1);
    if (last?.value === each) last.n++;
    else runs.push({ value: each, n: 1 });
  }
  return runs.length === 0
    ? "none"
    : runs.map((run) => (run.n === 1 ? `${run.value}` : `${run.n} × ${run.value}`)).join(", ");
}

function allowed(row: ParameterRow): string {
  switch (row.kind) {
    case "switch":
      return "`true`, `false`";
    case "choice":
      return row.options.map((option) => `\`${option}\``).join(", ");
    case "real":
      return rangeOf(row);
    case "whole":
      return `whole, ${rangeOf(row)}`;
    case "reals":
      return `list, each ${rangeOf(row)}`;
    case "wholes":
      return `list, each ${row.odd === true ? "odd" : "whole"}, ${rangeOf(row)}`;
  }
}

function readers(section: string, row: ParameterRow): string {
  if (section === "selection") return "skim";
  if (section === "clusterStudies") return "study radius";
  const chains = CHAINS.filter((chain) => readsParameter(chain, row)).map(({ name }) => name);
  const who = chains.length === CHAINS.length ? "all chains" : chains.join(", ");
  return row.steps === undefined ? who : `${who}: ${row.steps.join(", ")}`;
}

function settings(params: object): string {
  return Object.entries(params)
    .flatMap(([section, values]) =>
      Object.entries(values as Record<string, unknown>).map(
        ([name, value]) => `\`${section}.${name}=${String(value)}\``,
      ),
    )
    .join(", ");
}
