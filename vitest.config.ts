import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const isLong = process.env["BYE_SPLITS_FULL"] === "1";

export default defineConfig({
  test: {
    environment: "node",
    globalSetup: ["scripts/build-jsroot.mjs", "test/browser/chromium.ts"],
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: isLong ? [] : ["test/full/**"],
    // What files share is loaded once: half the time of the small ones.
    isolate: false,
    testTimeout: isLong ? 180_000 : 60_000,
    hookTimeout: isLong ? 180_000 : 60_000,
    // Browser tests wait for the browser: a third keeps two cores busy.
    maxWorkers: isLong ? availableParallelism() : Math.max(3, availableParallelism() - 1),
  },
});
