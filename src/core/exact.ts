/** What somebody's numbers are as a column of ours: exactly that, or an error. The only place that turns one into the other. */
import { InputError } from "./errors.js";

/** RawNumbers as a file holds them. */
export type RawNumbers = ArrayLike<number | bigint>;

interface ExactArrays {
  int32: Int32Array;
  int64: BigInt64Array;
  float: Float32Array;
  double: Float64Array;
}

/**
 * The numbers as a column; the array itself when it is one already. Integers and reals with a whole value become integers,
 * integers become reals that are equal to them; a real with more digits than a `float` has is rounded to one, as every
 * real of a sample is. InputError for any other number; `place` names it by its index: "a.root: tc_layer, entry 3".
 */
export function exactColumn<T extends keyof ExactArrays>(
  type: T,
  values: RawNumbers,
  place: (index: number) => string,
): ExactArrays[T] {
  return COLUMNS[type](values, place) as ExactArrays[T];
}

/**
 * Whole numbers of up to 64 bits for people and as keys: a number where it is exact, else a bigint, so that equal ones
 * are equal whatever they were stored as.
 */
export function exactIntegers(values: RawNumbers, place: (index: number) => string): RawNumbers {
  if (isIntegers(values) && !(values instanceof BigInt64Array || values instanceof BigUint64Array)) return values;
  return Array.from(exactColumn("int64", values, place), (value) => {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  });
}

const COLUMNS: {
  readonly [T in keyof ExactArrays]: (values: RawNumbers, place: (index: number) => string) => ExactArrays[T];
} = {
  int32(values, place) {
    if (values instanceof Int32Array) return values;
    const out = new Int32Array(values.length);
    const limit = largestKept(values);
    for (let i = 0; i < out.length; i++) {
      const value = values[i];
      out[i] = Number(value);
      if (out[i] !== Number(value) || !isKept(value, limit)) throw unfit(value, "an integer of 32 bits", place(i));
    }
    return out;
  },
  int64(values, place) {
    if (values instanceof BigInt64Array) return values;
    const out = new BigInt64Array(values.length);
    const limit = largestKept(values);
    for (let i = 0; i < out.length; i++) {
      const value = values[i];
      const whole = typeof value === "bigint" || (Number.isInteger(value) && isKept(value, limit));
      if (whole) out[i] = BigInt(value);
      if (!whole || out[i] !== BigInt(value)) throw unfit(value, "an integer of 64 bits", place(i));
    }
    return out;
  },
  float(values, place) {
    if (values instanceof Float32Array) return values;
    const out = new Float32Array(values.length);
    const rounds = !isIntegers(values);
    for (let i = 0; i < out.length; i++) {
      const value = values[i];
      out[i] = Number(value);
      const fits =
        rounds && typeof value === "number" ? Number.isFinite(out[i]) || !Number.isFinite(value) : equal(out[i], value);
      if (!fits) throw unfit(value, "a real of 32 bits", place(i));
    }
    return out;
  },
  double(values, place) {
    if (values instanceof Float64Array) return values;
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) {
      out[i] = Number(values[i]);
      if (typeof values[i] === "bigint" && !equal(out[i], values[i]))
        throw unfit(values[i], "a real of 64 bits", place(i));
    }
    return out;
  },
};

function isIntegers(values: RawNumbers): boolean {
  return ArrayBuffer.isView(values) && !(values instanceof Float64Array || values instanceof Float32Array);
}

/** Reals that are larger may have been another integer before they were reals. */
function largestKept(values: RawNumbers): number {
  return values instanceof Float32Array ? 2 ** 24 - 1 : Number.MAX_SAFE_INTEGER;
}

function isKept(value: number | bigint, limit: number): boolean {
  return typeof value === "bigint" || Math.abs(value) <= limit;
}

/** Whether a real is exactly an integer. */
function equal(real: number, integer: number | bigint): boolean {
  return typeof integer === "bigint" ? Number.isInteger(real) && BigInt(real) === integer : real === integer;
}

function unfit(value: number | bigint, type: string, place: string): InputError {
  return new InputError(`${place}: ${value} is not exact as ${type}, which is what this column holds`);
}
