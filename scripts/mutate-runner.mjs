// The tests of `mutate.mjs`: one vitest for all changes, in the folder where it is started. Says "" when it is there; takes
// { files, changed } (files of tests to run, sources that changed since) and answers what failed first, "" for nothing.
import { mkdtempSync } from "node:fs";
import { resolve } from "node:path";
import { createVitest } from "vitest/node";

/** As they were named: the nearest first. */
class AsNamed {
  sort(files) {
    return files;
  }
}

// Neither a browser nor a build (the globalSetup of vitest.config.ts). One worker takes all files of a change.
const vitest = await createVitest(
  "test",
  { watch: false, bail: 1, maxWorkers: 1, cache: false, reporters: [{}] },
  {
    plugins: [
      {
        name: "no-setup",
        config: (config) => void Object.assign(config.test, { globalSetup: [], sequence: { sequencer: AsNamed } }),
      },
    ],
  },
);
vitest.provide("chromium", "");
vitest.provide("samples", mkdtempSync(resolve("samples-")));
await vitest.standalone();

process.on("message", async ({ files, changed }) => {
  for (const file of changed) vitest.invalidateFile(resolve(file));
  // Nothing is remembered of the change before.
  vitest.state.filesMap.clear();
  const specifications = files.flatMap((file) => vitest.getModuleSpecifications(resolve(file)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  const failures = testModules.flatMap((module) => [
    ...[...module.children.allTests("failed")].map((test) => test.fullName),
    ...module.errors().map((error) => `${module.relativeModuleId}: ${error.message}`),
    ...(module.ok() ? [] : [module.relativeModuleId]),
  ]);
  const wrong = specifications.length < files.length ? ["a file of tests was not found"] : [];
  const [failed = ""] = [...failures, ...unhandledErrors.map(String), ...wrong];
  process.send(failed.split("\n")[0]);
});
process.on("disconnect", () => process.exit());
process.send("");
