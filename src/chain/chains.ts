/** The chains: one row each. Everything that differs between chains is in their rows, nowhere else. */
import { InputError } from "../core/index.js";
import { type TcColumn } from "../events/index.js";
import { CS_CHAIN } from "./chain-cs.js";
import { DEFAULT_CHAIN } from "./chain-default.js";
import { type ChainSpec, type StepTable } from "./chain-spec.js";

const ROWS = [DEFAULT_CHAIN, CS_CHAIN] as const;

export type ChainName = (typeof ROWS)[number]["name"];

/** In the order in which `both` runs them and pages list them. */
export const CHAINS: readonly (ChainSpec & { readonly name: ChainName })[] = ROWS;
export const CHAIN_NAMES: readonly ChainName[] = ROWS.map(({ name }) => name);

export function isChainName(name: unknown): name is ChainName {
  return CHAINS.some((chain) => chain.name === name);
}

/** InputError for a name that is none, as files of later versions may hold. */
export function chainOf(name: string): ChainSpec {
  const chain = CHAINS.find((each) => each.name === name);
  if (chain === undefined) throw new InputError(`there is no chain "${name}"; there are ${CHAIN_NAMES.join(", ")}`);
  return chain;
}

/** Columns of trigger cells that the validation and every chain read. */
const TC_COLUMNS: readonly TcColumn[] = [
  "tc_layer",
  "tc_x",
  "tc_y",
  "tc_z",
  "tc_eta",
  "tc_phi",
  "tc_energy",
  "tc_pt",
  "tc_mipPt",
  "tc_zside",
];

/** The columns of trigger cells that these chains read. */
export function tcColumns(chains: readonly string[]): readonly TcColumn[] {
  return [...new Set([...TC_COLUMNS, ...chains.flatMap((name) => chainOf(name).columns)])];
}

const ALWAYS: readonly StepTable[] = ["seeds", "clusters", "assignment", "events", "tcdr"];

/** The tables in between that a chain writes when it is asked to. */
export function stepTables(chain: ChainSpec): readonly StepTable[] {
  return chain.steps.flatMap(({ writes }) => writes).filter((table) => !ALWAYS.includes(table));
}
