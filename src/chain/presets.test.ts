import { expect, test } from "vitest";
import { CHAINS, chainOf } from "./chains.js";
import { PARAMETERS } from "./parameters.js";
import { readsParameter } from "./presets.js";
import { flag, type ParameterRow } from "../core/index.js";

const steps = ["fill", "smooth"].map((name) => ({ ...chainOf("default").steps[0], name }));

test.each<[string, Pick<ParameterRow, "steps" | "needs">, boolean]>([
  ["of no step is read by all chains", {}, true],
  ["of a step that the chain has", { steps: ["smooth"] }, true],
  ["of several steps, one of which the chain has", { steps: ["seed", "fill"] }, true],
  ["of steps that the chain lacks", { steps: ["seed", "cluster"] }, false],
  ["that needs another step, which is there", { steps: ["smooth"], needs: "fill" }, true],
  ["that needs another step, which is not there", { steps: ["smooth"], needs: "seed" }, false],
  ["that needs a step, but is of none that is there", { steps: ["seed"], needs: "fill" }, false],
])("a parameter %s", (_, row, reads) => {
  expect(readsParameter({ steps }, { ...flag(true, { about: "" }), ...row })).toBe(reads);
});

test("every parameter is read by some chain", () => {
  for (const rows of Object.values<Readonly<Record<string, ParameterRow>>>(PARAMETERS)) {
    for (const [name, row] of Object.entries(rows)) {
      expect([name, CHAINS.some((chain) => readsParameter(chain, row))]).toEqual([name, true]);
    }
  }
});
