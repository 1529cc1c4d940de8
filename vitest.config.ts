import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    globalSetup: ["scripts/build-jsroot.mjs", "test/browser/chromium.ts"],
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: process.env["BYE_SPLITS_FULL"] === "1" ? [] : ["test/full/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The long tests measure times: one file after the other.
    fileParallelism: process.env["BYE_SPLITS_FULL"] !== "1",
    // The default leaves one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
