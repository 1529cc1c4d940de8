import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isJob } from "../../batch/index.js";

/** Folders below which nobody looks for jobs. */
const DEEPEST = 6;

/** Folders of jobs, in the order of their names. A job is not looked into. */
export function findJobs(folder: string, depth = 0): string[] {
  if (isJob(folder)) return [folder];
  if (depth >= DEEPEST) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map(({ name }) => name)
    .toSorted()
    .flatMap((name) => {
      try {
        return findJobs(join(folder, name), depth + 1);
      } catch {
        // A folder of somebody else.
        return [];
      }
    });
}
