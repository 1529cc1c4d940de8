/** The tunable parameter of the phi-bin study. */
import { ConfigError } from "../core/index.js";
import { linspace } from "./radii.js";

const MOST = 1000;

/** Ascending values of "0:1:11" (start:stop:number) or "0,0.5,1". ConfigError for others, and outside of 0 to 1. */
export function parseParameters(text: string, name = "--parameters"): number[] {
  const fail = (why: string): never => {
    throw new ConfigError(
      `${name} ${text}: ${why}; expected values from 0 to 1, as in 0,0.5,1 or start:stop:number as in 0:1:11`,
    );
  };
  const isRange = text.includes(":");
  const numbers = text.split(isRange ? ":" : ",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) fail("not all of it are numbers");
  if (isRange && numbers.length !== 3) fail(`${numbers.length} numbers with colons`);
  const [start, stop, number] = numbers;
  if (isRange && (!Number.isInteger(number) || number < 1 || number > MOST))
    fail(`${number} is not a whole number from 1 to ${MOST}`);
  if (isRange && number > 1 && !(start < stop)) fail("the first value is not below the last");
  // As people write them: without the last digits of 0.1 + 0.2.
  const values = isRange ? linspace(start, stop, number).map((value) => Number(value.toPrecision(12))) : numbers;
  const outside = values.find((value) => value < 0 || value > 1);
  if (outside !== undefined) fail(`${outside} is not from 0 to 1`);
  const sorted = values.toSorted((a, b) => a - b);
  const twice = sorted.find((value, i) => value === sorted[i - 1]);
  if (twice !== undefined) fail(`${twice} is given twice`);
  return sorted;
}
