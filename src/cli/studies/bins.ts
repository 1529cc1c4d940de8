/** `--by gen_pt=0,10,20,50,100`. */
import { ConfigError } from "../../core/index.js";
import { type Bin } from "../../studies/index.js";

/** ConfigError for other quantities and for limits that do not ascend. */
export function parseBins(texts: readonly string[]): Bin[] {
  return texts.flatMap((text) => {
    const match = /^(gen_pt|gen_eta)=(.+)$/.exec(text);
    const limits = (match?.[2] ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
    if (
      match === null ||
      limits.length < 2 ||
      !limits.every((limit, i) => Number.isFinite(limit) && (i === 0 || limit > limits[i - 1]))
    ) {
      throw new ConfigError(
        `--by ${text}: expected gen_pt or gen_eta and ascending limits, as in gen_pt=0,10,20,50,100 or gen_eta=1.7,2,2.4,2.8`,
      );
    }
    return limits.slice(1).map((hi, i) => ({ by: match[1] as Bin["by"], lo: limits[i], hi }));
  });
}
