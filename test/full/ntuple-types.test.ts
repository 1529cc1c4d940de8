/** The branches of an ntuple in every type, by the programs that users write ntuples with. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NTUPLE_TREE } from "../../src/io/index.js";
import { pythonHas } from "../../src/io/node/root.test-data.js";
import { folder, skim, tablesOf, TYPES, typedColumns, writeTyped } from "../../src/pipeline/skim.test-data.js";
import { root } from "../cli.js";

const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
const NUMPY: Readonly<Record<string, string>> = { float: "float32", double: "float64" };
// Booleans cannot number events.
const ALL = { particles: "any", reachedEE: 1, mipThreshold: 0, allowDuplicates: true } as const;

describe.each([
  ["uproot", ["uproot", "awkward"], "python uproot"],
  ["ROOT", ["ROOT"], "python ROOT"],
] as const)("%s", (writer, modules, need) => {
  test.skipIf(!pythonHas(...modules)).each(TYPES)(
    `every branch of type %s [needs ${need}]`,
    { timeout: 120_000 },
    async (type) => {
      const { columns } = typedColumns(type, "plain");
      const wanted = Object.entries(columns).map(([name, { values, offsets }]) => [
        name,
        { values: Array.from(values, Number), offsets: offsets === undefined ? null : Array.from(offsets) },
      ]);
      const path = join(folder, `${writer}-${type}.root`);
      execFileSync(
        python,
        ["-W", "ignore", join(root, "scripts/make-typed-ntuples.py"), writer, NUMPY[type] ?? type, path],
        { input: JSON.stringify({ tree: NTUPLE_TREE, columns: Object.fromEntries(wanted) as object }), stdio: "pipe" },
      );
      const plain = await tablesOf(
        (await skim([await writeTyped(`${writer}-${type}-plain.root`, type, "plain")], ALL)).out,
      );
      const { out, cutFlow } = await skim([path], ALL);
      expect(cutFlow).toMatchObject({ entries: 3, tcsKept: 5 });
      expect(await tablesOf(out)).toEqual(plain);
    },
  );
});
