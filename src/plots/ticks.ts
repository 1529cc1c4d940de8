/** Round numbers on axes, and numbers as people read them. */
import { shortNumber } from "../core/index.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Widths of steps that count as round, per power of ten. */
const STEPS = [1, 2, 5, 10];

/** The least round step that cuts [low, high] into at most `most` intervals. */
export function roundStep(low: number, high: number, most: number): number {
  const least = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}

/** The multiples of a round step within [low, high], at most `most` + 1 of them. */
export function linearTicks(low: number, high: number, most: number): number[] {
  const step = roundStep(low, high, most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => cleared((first + i) * step));
}

/** Edges of about `n` bins of a round width that cover [low, high]. */
export function roundEdges(low: number, high: number, n: number): number[] {
  if (!(high > low)) return [low - 0.5, low + 0.5];
  const step = roundStep(low, high, n);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => cleared((first + i) * step));
}

/** 3 * 0.1 as 0.3. */
function cleared(value: number): number {
  return Number(value.toPrecision(12));
}

/** Powers of ten within [low, high], at most `most` + 1 of them; with fewer than three also 2 and 5 times those, and round numbers where these are fewer than three. */
export function logTicks(low: number, high: number, most: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const within = (ticks: number[]): number[] => ticks.filter((t) => t >= low * (1 - 1e-9) && t <= high * (1 + 1e-9));
  const powers = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const decades = within(powers);
  const finer = within(powers.flatMap((power) => [power, 2 * power, 5 * power]));
  // Two marks do not tell a logarithmic axis from a linear one: three are at unequal distances.
  const round = within(linearTicks(low, high, most));
  if (finer.length < 3 && round.length > finer.length) return round;
  if (decades.length < 3 && finer.length <= most + 1) return finer;
  const every = Math.max(1, Math.ceil((decades.length - 1) / most));
  return decades.length > 0 ? decades.filter((_, i) => i % every === 0) : finer.slice(0, 1);
}

/** Labels of the ticks of one axis: as many decimals as the step needs; powers of ten where numbers get long. */
export function tickLabels(ticks: readonly number[], log: boolean): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const smallest = Math.min(...ticks.filter((tick) => tick !== 0).map(Math.abs));
  if (log) return ticks.map((tick) => (smallest < 1e-3 || largest > 1e5 ? powerOfTen(tick) : formatNumber(tick)));
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : largest;
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return ticks.map((tick) => withSigns(tick.toFixed(decimals)));
}

function powerOfTen(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const factor = Math.round(value / 10 ** exponent);
  const digits = String(Math.abs(exponent)).replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${factor === 1 ? "" : `${factor}·`}10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** A number with at most `digits` significant digits (whole numbers keep all of theirs), a minus sign and thousands commas. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no value" : value < 0 ? "−∞" : "∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return withSigns(String(value));
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return withSigns(value.toExponential(digits - 1)).replace("e+", "e");
  return withSigns(shortNumber(value, Math.max(digits, Math.ceil(Math.log10(size)))));
}

function withSigns(digits: string): string {
  const [whole, ...rest] = digits.split(".");
  const grouped = [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
  return /^-[0.,]*$/.test(grouped) ? grouped.slice(1) : grouped.replaceAll("-", "−");
}
