/** Points of a scan: every combination of values of parameters, for every chain. */
import { type ChainName, chainOf, type ChainParams, checkParams, PARAMETERS, readsParameter } from "../chain/index.js";
import { ConfigError, type ParameterRow } from "../core/index.js";

/** A parameter, "seed.window", and its values. */
export interface ScanAxis {
  readonly key: string;
  readonly values: readonly unknown[];
}

export type Changes = Readonly<Record<string, unknown>>;

export interface ScanPoint {
  readonly chain: ChainName;
  /** What differs from the configuration. */
  readonly changes: Changes;
  /** The same as text: "seed.window=2;smooth.kernel=flat_top". */
  readonly settings: string;
  /** A combination of the grid; the configuration as it is; one change of it. The latter two are for `--heal` alone. */
  readonly role: "grid" | "base" | "single";
}

/** Points are no good for people beyond this number, nor for machines. */
const MOST_POINTS = 10_000;

/**
 * All combinations, the first parameter slowest, chain by chain; a chain that does not read a parameter has no points along
 * it. With `heal` also the configuration and each value alone, where the grid does not have them. ConfigError for values that cannot work together.
 */
export function gridPoints(
  chains: readonly ChainName[],
  axes: readonly ScanAxis[],
  params: ChainParams,
  heal: boolean,
): ScanPoint[] {
  const points = chains.flatMap((chain) => {
    const own = axes.filter(({ key }) => readsParameter(chainOf(chain), rowOf(key)));
    const size = own.reduce((product, { values }) => product * values.length, 1);
    if (size > MOST_POINTS)
      throw new ConfigError(`the grid has ${size} points for a chain, at most ${MOST_POINTS} are computed`);
    const grid = own
      .reduce<Changes[]>(
        (all, { key, values }) => all.flatMap((before) => values.map((value) => ({ ...before, [key]: value }))),
        [{}],
      )
      .map((changes) => pointOf(chain, changes, "grid"));
    if (!heal) return grid;
    const singles = own.flatMap(({ key, values }) =>
      values
        .filter((value) => JSON.stringify(value) !== JSON.stringify(valueOf(params, key)))
        .map((value) => pointOf(chain, { [key]: value }, "single")),
    );
    const known = new Set(grid.map(({ changes }) => resolved(params, changes)));
    const others = [pointOf(chain, {}, "base"), ...singles].filter(
      ({ changes }) => !known.has(resolved(params, changes)),
    );
    return [...grid, ...others];
  });
  for (const point of points) {
    try {
      checkParams(changedParams(params, point.changes));
    } catch (cause) {
      throw new ConfigError(`point ${point.settings}: ${(cause as Error).message}`, { cause });
    }
  }
  return points;
}

/** The parameters with some values changed. */
export function changedParams(params: ChainParams, changes: Changes): ChainParams {
  const sections = structuredCopy(params);
  for (const [key, value] of Object.entries(changes)) {
    const [section, name] = key.split(".");
    sections[section][name] = value;
  }
  return sections as unknown as ChainParams;
}

/** The number of changes from the configuration that a point really has: a value of the configuration is none. */
export function changesOf(params: ChainParams, { changes }: ScanPoint): [key: string, value: unknown][] {
  return Object.entries(changes).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(valueOf(params, key)),
  );
}

/** "seed.window=2;smooth.kernel=flat_top". */
export function settingsText(changes: Changes): string {
  return Object.entries(changes)
    .map(([key, value]) => `${key}=${textOf(value)}`)
    .join(";");
}

/** Equal numbers in a list are one. */
function textOf(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.every((each) => each === value[0]) ? String(value[0]) : JSON.stringify(value);
}

function pointOf(chain: ChainName, changes: Changes, role: ScanPoint["role"]): ScanPoint {
  return { chain, changes, settings: settingsText(changes), role };
}

function rowOf(key: string): ParameterRow {
  const [section, name] = key.split(".");
  const rows = PARAMETERS as unknown as Readonly<Record<string, Readonly<Record<string, ParameterRow>>>>;
  return rows[section][name];
}

function valueOf(params: ChainParams, key: string): unknown {
  const [section, name] = key.split(".");
  return (params as unknown as Record<string, Record<string, unknown>>)[section][name];
}

function resolved(params: ChainParams, changes: Changes): string {
  return JSON.stringify(changedParams(params, changes));
}

function structuredCopy(params: ChainParams): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Object.entries(params).map(([section, values]) => [section, { ...values }]));
}
