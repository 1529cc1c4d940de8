import { expect, test } from "vitest";
import { type Schema } from "../core/index.js";
import { csvHeader, csvLines } from "./csv.js";

const column = (type: Schema[string]["type"]) => ({ type, unit: "", doc: "" });
const SCHEMA = {
  entry: column("int32"),
  event: column("int64"),
  chain: column("string"),
  en: column("double"),
  is_split: column("boolean"),
} satisfies Schema;

test("a line a row: all digits, an empty field for NaN, booleans in words", () => {
  const table = {
    rows: 4,
    columns: {
      entry: Int32Array.of(0, 1, 2, 3),
      event: BigInt64Array.of(1n, 2n ** 60n, -3n, 0n),
      chain: ["default", "cs", "cs", "cs"],
      en: Float64Array.of(0.1 + 0.2, Number.NaN, Infinity, -1e-300),
      is_split: Uint8Array.of(1, 0, 0, 1),
    },
  };
  expect(csvHeader(SCHEMA) + csvLines(SCHEMA, table)).toBe(
    "entry,event,chain,en,is_split\n" +
      "0,1,default,0.30000000000000004,true\n" +
      "1,1152921504606846976,cs,,false\n" +
      "2,-3,cs,inf,false\n" +
      "3,0,cs,-1e-300,true\n",
  );
});
