import { expect, test } from "vitest";
import { CHAIN_NAMES, chainOf, CHAINS, isChainName, stepTables, tcColumns } from "./chains.js";

test("chains by their names, and none by others", () => {
  for (const name of CHAIN_NAMES) expect([isChainName(name), chainOf(name).name]).toEqual([true, name]);
  for (const name of ["", "both", "Default", undefined, 0]) expect(isChainName(name)).toBe(false);
  expect(() => chainOf("both")).toThrow(`there is no chain "both"; there are ${CHAIN_NAMES.join(", ")}`);
});

test("columns are those of every chain that is asked for, each once; tables in between are no others", () => {
  const [one, both] = [tcColumns(["default"]), tcColumns(["cs", "default", "cs"])];
  expect(one).not.toContain("tc_wu");
  expect(both).toEqual([...one, "tc_wu", "tc_wv", "tc_cu", "tc_cv"]);
  expect(CHAINS.map(stepTables)).toEqual([["fill", "smooth"], ["coarse_seeds"]]);
});
