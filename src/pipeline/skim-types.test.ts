/** Whatever type a branch has, the sample is the same, or an error names the value. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NTUPLE_TREE, type WriteColumn } from "../io/index.js";
import { openSampleFolder, writeRootTree } from "../io/node/index.js";
import { folder, skim, TYPES, typedColumns, writeNtuple, writeTyped } from "./skim.test-data.js";

// Booleans cannot number events.
const ALL = { particles: "any", reachedEE: 1, mipThreshold: 0, allowDuplicates: true } as const;

async function skimmed(path: string): Promise<string[]> {
  const { out, cutFlow } = await skim([path], ALL);
  const names = ["entries", "gen", "cl3d", "tc"];
  const tables = await Promise.all(names.map((name) => readFile(join(out, `${name}.parquet`), "base64")));
  return [JSON.stringify(cutFlow), ...tables];
}

test.each(TYPES)("every branch as vector and as counted array of %s", async (type) => {
  const plain = await skimmed(await writeTyped(`${type}-plain.root`, type, "plain"));
  expect(JSON.parse(plain[0])).toMatchObject({ events: 3, entries: 3, tcsKept: 5 });
  for (const kind of ["vector", "counted"] as const) {
    expect([kind, ...(await skimmed(await writeTyped(`${type}-${kind}.root`, type, kind)))]).toEqual([kind, ...plain]);
  }
});

/** A branch that holds one value an event, which is all that writeNtuple makes. */
const one = (...values: (number | bigint)[]): WriteColumn => ({
  values,
  offsets: Int32Array.from({ length: values.length + 1 }, (_, i) => i),
});

describe("numbers that a column cannot hold are errors that name branch, entry and value", () => {
  test.each([
    ["tc_layer", "uint32", 2 ** 31, "2147483648 is not exact as an integer of 32 bits"],
    ["tc_layer", "int64", 2n ** 40n, "1099511627776 is not exact as an integer of 32 bits"],
    ["genpart_gen", "uint64", 2n ** 64n - 1n, "18446744073709551615 is not exact as an integer of 32 bits"],
    ["tc_cellu", "double", 1.5, "1.5 is not exact as an integer of 32 bits"],
    ["tc_zside", "float", Number.NaN, "NaN is not exact as an integer of 32 bits"],
    ["cl3d_id", "uint64", 2n ** 63n, "9223372036854775808 is not exact as an integer of 64 bits"],
    ["tc_multicluster_id", "float", 0.5, "0.5 is not exact as an integer of 64 bits"],
    ["tc_x", "int32", 2 ** 24 + 1, "16777217 is not exact as a real of 32 bits"],
    ["tc_energy", "uint64", 2n ** 53n + 1n, "9007199254740993 is not exact as a real of 32 bits"],
    ["genpart_energy", "double", 1e39, "1e+39 is not exact as a real of 32 bits"],
    ["genpart_pid", "float", 2 ** 24, "16777216 is not exact as an integer of 32 bits"],
    ["cl3d_id", "double", 2 ** 53, "9007199254740992 is not exact as an integer of 64 bits"],
    ["event", "uint64", 2n ** 63n, "9223372036854775808 is not exact as an integer of 64 bits"],
    ["lumi", "double", 1.5, "1.5 is not exact as an integer of 64 bits"],
  ] as const)("%s of type %s: %s", async (name, type, value, says) => {
    const column = one(1, value);
    const isEvent = name === "event" || name === "lumi";
    const change = { [name]: isEvent ? { values: column.values } : column };
    const path = await writeNtuple(`${name}-${type}.root`, [1, 2], change, { [name]: type });
    await expect(skim([path])).rejects.toThrow(`${path}: branch "${name}" in tree "${NTUPLE_TREE}", entry 1: ${says}`);
  });
});

test("integers of 64 bits arrive to the last digit", async () => {
  const big = 2n ** 53n + 1n;
  const types = { event: "uint64", run: "int64", cl3d_id: "int64", tc_multicluster_id: "uint64" } as const;
  const changes = {
    event: { values: [big, 7n] },
    run: { values: [-big, 1n] },
    cl3d_id: one(-big, 2n ** 63n - 1n),
    tc_multicluster_id: one(big, 2n ** 63n - 1n),
  };
  const { out } = await skim([await writeNtuple("big.root", [1, 2], changes, types)]);
  const sample = await openSampleFolder(out);
  const { entries, cl3d, tc } = await sample.readBatch(0);
  await sample.close();
  expect([...entries.columns.event, ...entries.columns.run]).toEqual([big, 7n, -big, 1n]);
  expect([...cl3d.columns.cl3d_id]).toEqual([-big, 2n ** 63n - 1n]);
  expect([...tc.columns.tc_cl3d_id]).toEqual([big, 2n ** 63n - 1n]);
});

test("an event is found twice, whatever types its number has", async () => {
  const paths = await Promise.all(
    (["int32", "int64", "double", "uint16"] as const).map((event, i) =>
      writeNtuple(`twice-${event}.root`, [7, 10 + i], {}, { event }),
    ),
  );
  for (const path of paths.slice(1)) {
    await expect(skim([paths[0], path])).rejects.toThrow(
      `run 1, lumi 1, event 7 occurs twice, in ${paths[0]} and in ${path}`,
    );
  }
});

describe("branches that hold no flat numbers are refused", () => {
  test("one number where a vector is expected, a vector where a number is", async () => {
    const branches = (name: string, vector: boolean): Parameters<typeof writeRootTree>[2]["branches"] =>
      typedColumns("float", "plain").branches.map((spec) =>
        spec.name !== name ? spec : vector ? { name, type: "int32", vector } : { name, type: "float" },
      );
    for (const [name, vector, holds] of [
      ["tc_x", false, "holds float, expected a flat list of numbers, as vector<float> or float[n]"],
      ["event", true, "holds vector<int>, expected one number an entry, as int"],
    ] as const) {
      const path = join(folder, `shape-${name}.root`);
      await writeRootTree(path, {}, { tree: NTUPLE_TREE, title: "", branches: branches(name, vector) }, async () => {});
      await expect(skim([path])).rejects.toThrow(`${path}: branch "${name}" in tree "${NTUPLE_TREE}" ${holds}`);
    }
  });
});
