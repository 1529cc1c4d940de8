/** The words that a point of a plot shows when the pointer is over it. */
import { type Axis, type Series } from "./plot.js";
import { escapeXml } from "./text.js";
import { formatNumber } from "./ticks.js";

/** "label value unit", or "label low to high unit". */
export function axisValue(axis: Axis, value: number, to?: number): string {
  const number = to === undefined ? formatNumber(value, 5) : `${formatNumber(value, 5)} to ${formatNumber(to, 5)}`;
  return `${axis.label}: ${number}${axis.unit === undefined ? "" : ` ${axis.unit}`}`;
}

/** An SVG title: browsers show it by themselves, report pages put it beside the pointer. */
export function titleOf(series: Series, lines: readonly string[]): string {
  const all = series.name === undefined ? lines : [series.name, ...lines];
  return `<title>${escapeXml(all.join("\n"))}</title>`;
}
