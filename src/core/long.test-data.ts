/** What the long tests have more of. */
import { test, type TestOptions } from "vitest";

export const isLong = process.env["BYE_SPLITS_FULL"] === "1";

/** The first `n` cases, and all of them in the long tests. */
export function some<T>(cases: readonly T[], n: number): readonly T[] {
  return isLong ? cases : cases.slice(0, n);
}

/** A test that is among the long ones only. */
export function longTest(name: string, run: () => Promise<void> | void, options?: number | TestOptions): void {
  if (!isLong) return;
  if (typeof options === "object") test(name, options, run);
  else test(name, run, options);
}
