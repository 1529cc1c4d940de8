/** What study.json says of a point, by study. */
import { CHAIN_NAMES, type ChainName, isChainName } from "../chain/index.js";
import { type Fields, isRecord, isText } from "../core/index.js";
import { type ScanPoint } from "./grid.js";

/** Of studies along the radius. */
export interface RadiusPoint {
  readonly radius: number;
}

/** Of the study of phi bins. */
export interface PhiPoint {
  readonly parameter: number;
}

export const RADIUS_POINT: Fields<RadiusPoint> = {
  radius: ["a number of at least 0", (value) => typeof value === "number" && value >= 0, true],
};

export const PHI_POINT: Fields<PhiPoint> = {
  parameter: ["a number from 0 to 1", (value) => typeof value === "number" && value >= 0 && value <= 1, true],
};

const isRole = (value: unknown): value is ScanPoint["role"] =>
  value === "grid" || value === "base" || value === "single";
const isChain = (value: unknown): value is ChainName => isText(value) && isChainName(value);

export const SCAN_POINT: Fields<ScanPoint> = {
  chain: [`one of ${CHAIN_NAMES.join(", ")}`, isChain, true],
  changes: ["values by parameter", isRecord, true],
  settings: ["a text", isText, true],
  role: ["grid, base or single", isRole, true],
};
