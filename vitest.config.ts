import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const isLong = process.env["BYE_SPLITS_FULL"] === "1";

/** Files of minutes, the longest first: none of them is still under way when the others have ended. */
const LONGEST = [
  ...["full/batch.test", "full/display-memory", "full/kills", "full/skim", "full/pileup-truth", "full/docs"],
  ...["full/deployment", "browser/display", "full/replaced", "browser/entries", "full/workers", "browser/detector"],
  ...["browser/export", "browser/coarse", "full/server", "full/pileup-spectra", "test/batch-local", "full/figures"],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.includes(name));
      return at < 0 ? LONGEST.length : at;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own method
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    environment: "node",
    // Signals that work as they do in a browser; in Node this is by default the package that renders on servers, without effects.
    alias: [
      { find: /^solid-js$/, replacement: "solid-js/dist/solid.js" },
      { find: /^solid-js\/store$/, replacement: "solid-js/store/dist/store.js" },
      { find: "virtual:embedded", replacement: join(import.meta.dirname, "src/web/embedded.test-data.ts") },
    ],
    globalSetup: ["scripts/build-jsroot.mjs", "scripts/build-report.mjs", "test/browser/chromium.ts"],
    setupFiles: ["test/typed-arrays.ts"],
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: isLong ? [] : ["test/full/**"],
    sequence: { sequencer: LongestFirst },
    server: { deps: { inline: [/solid-js/] } },
    // What files share is loaded once: half the time of the small ones.
    isolate: false,
    testTimeout: isLong ? 180_000 : 60_000,
    hookTimeout: isLong ? 180_000 : 60_000,
    // Browser tests wait for the browser: a third keeps two cores busy.
    maxWorkers: isLong ? availableParallelism() : Math.max(3, availableParallelism() - 1),
  },
});
