import { expect, test } from "vitest";
import { geometryCsv, geometryFromTable, geometryJson } from "./index.js";
import { V11 } from "./tables/v11.js";

/** Layer 1 of V11, and a layer 2 with rings 18 and 19 of scintillator around its silicon. */
const front = geometryFromTable({
  ...V11,
  z: V11.z.slice(0, 2),
  scintFirstRing: [0, 18],
  scintLastRing: [0, 19],
});

test("the CSV has one line per TC, scintillator included", () => {
  const lines = geometryCsv(front).trimEnd().split("\n");
  expect(lines[0]).toBe("layer,subdet,wu,wv,cu,cv,thickness,x,y,z,eta,phi");
  expect(lines[1]).toBe("1,1,-11,-6,5,1,LD300,128.404613,-80.998877,322.10275,1.496749,-0.562766");
  expect(lines.length).toBe(front.triggerCells.rows + 1);
  expect(lines.at(-1)).toMatch(/^2,10,-999,-999,10,144,scintillator,157\.\d+,-3\.\d+,322\.84775,1\.\d+,-0\.021817$/);
});

test("the JSON has the layers and the TCs as columns", () => {
  const { version, layers, rows, triggerCells } = JSON.parse(geometryJson(front)) as {
    version: string;
    layers: unknown[];
    rows: number;
    triggerCells: Record<string, number[]>;
  };
  expect(version).toBe("V11");
  expect(layers).toEqual(JSON.parse(JSON.stringify(front.layers)));
  expect(rows).toBe(front.triggerCells.rows);
  for (const name of ["layer", "subdet", "wu", "wv", "cu", "cv", "thickness", "x", "y", "z", "eta", "phi"]) {
    expect(triggerCells[name].length, name).toBe(rows);
  }
  expect(triggerCells["x"][0]).toBe(128.404613);
});
