/** Numbers as people read them. */
import { shortNumber } from "../../core/index.js";

/** At most `digits` significant digits. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace("-", "−");
  return shortNumber(value, size >= 1000 ? 4 : digits).replace("-", "−");
}

/** With the minus sign that numbers have elsewhere. */
export function minus(text: string): string {
  return text.replaceAll("-", "−");
}

/** A value with a fixed number of decimals, for columns of numbers. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits).replace("-", "−") : "–";
}

const NAMES: Readonly<Record<number, string>> = { 22: "photon", 11: "electron", 211: "pion" };

export function particleName(pid: number): string {
  return NAMES[Math.abs(pid)] ?? "particle";
}

/** 1, 2 or 5 times a power of ten, at most `value`. */
export function roundLength(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
}

const COUNTS = ["no cluster", "one cluster", "two clusters", "three clusters", "four clusters"];

export function clusterCount(n: number): string {
  return COUNTS[n] ?? `${n} clusters`;
}
