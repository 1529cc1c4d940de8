/** The chain's parameters as the panel shows them, and their values as links and the command line write them. */
import {
  CHAINS,
  type ChainParams,
  checkParams,
  DEFAULT_PARAMS,
  PARAMETERS as TABLE,
  readsParameter,
} from "../../chain/index.js";
import { DEFAULT_GEOMETRY, layerCountOf } from "../../detector/index.js";
import { expectedOf, type ParameterPanel, type ParameterRow, rangeOf, wrongValue } from "../../core/index.js";

export interface Parameter extends ParameterPanel {
  /** Section and name as in the configuration, or `radius`: the same cluster radius in every layer. */
  readonly key: string;
  readonly unit: string;
  readonly kind: "number" | "list" | "choice" | "switch";
  readonly options?: readonly string[];
  /** Its row in the table; of `radius` that of CoeffA. */
  readonly row: ParameterRow;
}

const KINDS = {
  whole: "number",
  real: "number",
  wholes: "list",
  reals: "list",
  choice: "choice",
  switch: "switch",
} as const;

/** What the sliders of the panel call the table's units. */
const UNITS: Readonly<Record<string, string>> = { MIP_T: "mip_T" };

function parameter(key: string, row: ParameterRow): Parameter[] {
  if (row.panel === undefined) return [];
  const unit = row.panel.unit ?? row.unit ?? "";
  const options = row.kind === "choice" ? { options: row.options.map(String) } : {};
  return [{ ...row.panel, key, unit: UNITS[unit] ?? unit, kind: KINDS[row.kind], row, ...options }];
}

const RADIUS: Parameter = {
  key: "radius",
  label: "radius, all layers",
  unit: "x/z",
  group: "Clustering",
  kind: "number",
  min: 0.001,
  max: 0.1,
  step: 0.001,
  main: true,
  row: TABLE.cluster.CoeffA,
};

export const PARAMETERS: readonly Parameter[] = Object.entries<Readonly<Record<string, ParameterRow>>>(TABLE).flatMap(
  ([section, rows]) => [
    ...(section === "cluster" ? [RADIUS] : []),
    ...Object.entries(rows).flatMap(([name, row]) => parameter(`${section}.${name}`, row)),
  ],
);

/** Whether the chain of this name reads it. */
export function isRead({ row }: Parameter, chain: string): boolean {
  return CHAINS.some((each) => each.name === chain && readsParameter(each, row));
}

/** Changed parameters by key, as texts. */
export type Settings = Readonly<Record<string, string>>;

type Sections = Record<string, Record<string, unknown>>;

/** The default as a text; of `radius` none: the radii differ. */
export function defaultText(key: string): string {
  if (key === "radius") return "";
  const [section, name] = key.split(".");
  const value = (DEFAULT_PARAMS as unknown as Sections)[section][name];
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** The value of a text. Throws an error for people when the table does not allow it. */
function parse({ key, kind, label, row }: Parameter, text: string): unknown {
  const fail = (message: string): never => {
    throw new Error(`${label} (${key}): ${message}`);
  };
  const number = (part: string): number => {
    const value = Number(part);
    if (part.trim() === "" || !Number.isFinite(value)) fail(`"${part}" is not a number`);
    return value;
  };
  if (key === "radius" && row.kind === "reals") {
    const value = number(text);
    if (value < row.min || value > row.max) fail(`${text} is not a number ${rangeOf(row)}`);
    return value;
  }
  let value: unknown;
  if (kind === "number") value = number(text);
  else if (kind === "list") value = text.split(",").map(number);
  else if (row.kind === "choice") value = row.options.find((option) => String(option) === text) ?? text;
  else value = text === "true" ? true : text === "false" ? false : text;
  const wrong = wrongValue(row, value);
  if (wrong !== null) fail(`${wrong} is not ${expectedOf(row)}`);
  return value;
}

/**
 * The parameters with these changes. The widths of the smoothing kernel follow the number of R/z rows unless they are
 * given. `layers`: how many the detector has; a radius that is missing is found out here, not with the first trigger cell
 * beyond. Throws an error for people when a value cannot be used.
 */
export function applySettings(settings: Settings, layers = layerCountOf(DEFAULT_GEOMETRY)): ChainParams {
  const sections = structuredClone(DEFAULT_PARAMS) as unknown as Sections;
  for (const parameter of PARAMETERS) {
    const text = settings[parameter.key];
    if (text === undefined) continue;
    const value = parse(parameter, text);
    if (parameter.key === "radius") sections["cluster"]["CoeffA"] = DEFAULT_PARAMS.cluster.CoeffA.map(() => value);
    else {
      const [section, name] = parameter.key.split(".");
      sections[section][name] = value;
    }
  }
  const rows = Number(sections["base"]["NbinsRz"]);
  if (settings["smooth.BinSums"] === undefined && rows !== DEFAULT_PARAMS.base.NbinsRz) {
    const { BinSums } = DEFAULT_PARAMS.smooth;
    sections["smooth"]["BinSums"] = Array.from(
      { length: rows },
      (_, row) => BinSums[Math.floor((row * BinSums.length) / rows)],
    );
  }
  const params = sections as unknown as ChainParams;
  checkParams(params);
  const radii = params.cluster.CoeffA.length;
  if (radii < layers) {
    throw new Error(
      `radius, by layer (cluster.CoeffA): ${radii} values, and trigger cells are in layers 1 to ${layers}`,
    );
  }
  return params;
}

/** What of parameters differs from the defaults: `applySettings` gives them back, as far as the panel has them. */
export function settingsOf(params: ChainParams): Settings {
  const sections = params as unknown as Sections;
  const { CoeffA } = params.cluster;
  const isOneRadius = CoeffA.length > 0 && CoeffA.every((radius) => radius === CoeffA[0]);
  const texts = PARAMETERS.flatMap(({ key }): [string, string][] => {
    if (key === "radius") return isOneRadius ? [[key, String(CoeffA[0])]] : [];
    if (key === "cluster.CoeffA" && isOneRadius) return [];
    const [section, name] = key.split(".");
    const value = sections[section]?.[name];
    const text = Array.isArray(value) ? value.join(",") : String(value);
    return value === undefined || text === defaultText(key) ? [] : [[key, text]];
  });
  return Object.fromEntries(texts);
}

/** The options of a command that say these settings, a part each. */
export function optionsOf(chain: string, settings: Settings, params: ChainParams): string[] {
  const read = PARAMETERS.filter((parameter) => isRead(parameter, chain)).map(({ key }) => key);
  const given = Object.entries(settings).filter(([key]) => read.includes(key));
  const parts = given.map(([key, text]) =>
    key === "radius" ? `--radius ${text}` : `--set ${key}=${text.includes(",") ? `"[${text}]"` : text}`,
  );
  if (
    read.includes("base.NbinsRz") &&
    settings["base.NbinsRz"] !== undefined &&
    settings["smooth.BinSums"] === undefined
  ) {
    parts.push(`--set smooth.BinSums="[${params.smooth.BinSums.join(",")}]"`);
  }
  return parts;
}

/** The command that does the same to a whole sample. */
export function commandLine(chain: string, settings: Settings, params: ChainParams, sample: string): string {
  return ["bye-splits run", chain, `--in ${sample} --out RUN`, ...optionsOf(chain, settings, params)].join(" ");
}
