/** The radii of a study, and their names. */
import { ConfigError } from "../core/index.js";

const EXPECTED = "expected radii such as 0.01,0.02 or start:stop:number such as 0.001:0.05:50";
/** Beyond it every TC of an endcap belongs to every seed. */
const LARGEST = 10;
const MOST_RADII = 1000;

/** Ascending radii of a list "0.01,0.02" or "start:stop:number", both ends included. ConfigError for others. */
export function parseRadii(text: string, name = "--radii"): number[] {
  const fail = (why: string): never => {
    throw new ConfigError(`${name} ${text}: ${why}; ${EXPECTED}`);
  };
  const range = text.split(":");
  const numbers = (range.length > 1 ? range : text.split(",")).map((part) =>
    part.trim() === "" ? Number.NaN : Number(part),
  );
  const at = numbers.findIndex((number) => !Number.isFinite(number));
  if (at >= 0) fail("not all of it are numbers");
  if (range.length > 1 && range.length !== 3) fail(`${range.length} numbers with colons`);
  const radii = range.length === 3 ? spacedRadii(numbers[0], numbers[1], numbers[2], fail) : numbers;
  for (const radius of radii) {
    if (!(radius > 0)) fail(`the radius ${radius} is not above 0, so that no trigger cell is in it`);
    if (radius > LARGEST) fail(`the radius ${radius} is above ${LARGEST}`);
  }
  const sorted = radii.toSorted((a, b) => a - b);
  const twice = sorted.find((radius, i) => radius === sorted[i - 1]);
  if (twice !== undefined) fail(`the radius ${twice} is given twice`);
  return sorted;
}

function spacedRadii(start: number, stop: number, number: number, fail: (why: string) => never): number[] {
  if (!Number.isInteger(number) || number < 1 || number > MOST_RADII) {
    return fail(`the number of radii is ${number}, not a whole number from 1 to ${MOST_RADII}`);
  }
  if (!(start < stop) && number > 1) return fail(`the first radius is not below the last`);
  return linspace(start, stop, number);
}

/** A number that is a decimal but for rounding: 0.01 instead of 0.009999999999999998. Others stay as they are. */
function asWritten(value: number): number {
  const short = Number(value.toPrecision(12));
  return Math.abs(short - value) <= 8 * Number.EPSILON * Math.abs(value) ? short : value;
}

/** As numpy.linspace, both ends exact; steps that are decimals are so exactly. */
export function linspace(start: number, stop: number, number: number): number[] {
  if (number === 1) return [start];
  const step = (stop - start) / (number - 1);
  return Array.from({ length: number }, (_, i) => (i === number - 1 ? stop : asWritten(start + i * step)));
}

export interface Coeffs {
  readonly radii: readonly number[];
  /** What people should know. */
  readonly notes: readonly string[];
}

/** The radii of `clusterStudies.coeffs`, [start, stop, number], of a reference's configuration. */
export function radiiOfCoeffs(coeffs: readonly number[]): Coeffs {
  const [start, stop, number] = coeffs;
  if (
    coeffs.length !== 3 ||
    !Number.isInteger(number) ||
    number < 1 ||
    number > MOST_RADII ||
    (start >= stop && number > 1)
  ) {
    throw new ConfigError(
      `clusterStudies.coeffs: expected start, stop and number such as [0.001, 0.05, 50], got [${coeffs.join(", ")}]`,
    );
  }
  const notes: string[] = [];
  if (stop === 0.5) {
    notes.push(
      "clusterStudies.coeffs ends at 0.5, as the reference's file has it: 0.05 was meant; the radii go to 0.5 all the same, say --radii 0.001:0.05:50 for the others",
    );
  }
  const all = linspace(start, stop, number);
  const radii = all.filter((radius) => radius > 0);
  if (radii.length < all.length) {
    notes.push(
      `clusterStudies.coeffs begins at ${start}: radii that are not above 0 have no clusters, they are left out`,
    );
  }
  return { radii: parseRadii(radii.join(","), "clusterStudies.coeffs"), notes };
}

/**
 * The key of a radius in HDF5 files, as the reference has it: "coef_0p010"; with more digits where three do not give the
 * radius back.
 */
export function radiusKey(radius: number): string {
  for (let digits = 3; digits <= 20; digits++) {
    const text = radius.toFixed(digits);
    if (Number(text) === radius) return `coef_${text.replace(".", "p")}`;
  }
  return `coef_${radius.toFixed(20).replace(".", "p")}`;
}

/** The place of a radius in a list: exactly, or to nine digits as people write it down. -1 for none. */
export function findRadius(radii: readonly number[], radius: number): number {
  const exact = radii.indexOf(radius);
  return exact >= 0 ? exact : radii.findIndex((each) => Math.abs(each - radius) <= 1e-9 * each);
}
