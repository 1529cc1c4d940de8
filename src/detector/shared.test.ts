/** The V11 tables against the files they were made from; skipped in a clone without them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGeometry, gevPerMip, tcAt, waferIndex } from "./index.js";

const shared = process.env["BYE_SPLITS_SHARED"] ?? join(import.meta.dirname, "../../../shared");
const missing = !existsSync(join(shared, "data/constants.json"));
const read = (file: string): string => readFileSync(join(shared, "data", file), "utf8");

interface Valued<T> {
  readonly value: T;
}
interface Constants {
  readonly geometry_V11: Record<"z_sensor_cm" | "trigger_layers" | "X0_cum" | "lambda_cum", Valued<number[]>>;
  readonly calibration: Record<"dEdX_MeV" | "dEdX_trigger_MeV", Valued<number[]>>;
}
interface RealTc {
  readonly layer: number;
  readonly x_cm: number;
  readonly y_cm: number;
  readonly z_cm: number;
  readonly mipPt: number;
  readonly energy_GeV: number;
  readonly eta: number;
}
interface SensorTc {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly cells: readonly (readonly number[])[];
}

describe.skipIf(missing)("against the shared data (skipped without ../shared or $BYE_SPLITS_SHARED)", () => {
  const geometry = createGeometry("V11");
  const tcs = geometry.triggerCells;

  test("layers have the z, depth, dE/dx of constants.json", () => {
    const { geometry_V11, calibration } = JSON.parse(read("constants.json")) as Constants;
    const { layers } = geometry;
    expect(layers.map((layer) => layer.z)).toEqual(geometry_V11.z_sensor_cm.value);
    expect(layers.filter((layer) => layer.trigger).map((layer) => layer.layer)).toEqual(
      geometry_V11.trigger_layers.value,
    );
    expect(layers.map((layer) => layer.x0Cum)).toEqual(geometry_V11.X0_cum.value);
    expect(layers.map((layer) => layer.lambdaCum)).toEqual(geometry_V11.lambda_cum.value);
    expect(layers.map((layer) => layer.dEdX)).toEqual(calibration.dEdX_MeV.value);
    expect(layers.map((layer) => layer.dEdXTrigger)).toEqual(calibration.dEdX_trigger_MeV.value);
  });

  test("wafers, their centres and thickness types are those of v11_wafers.csv", () => {
    const { wafers } = geometry;
    const rows = read("geometry/v11_wafers.csv").trim().split("\n").slice(1);
    expect(rows.length).toBe(wafers.rows);
    const wrong = rows.filter((row) => {
      const [layer, u, v, x, y, thickness] = row.split(",").map(Number);
      const wafer = waferIndex(geometry, layer, u, v);
      const near = Math.abs(wafers.x[wafer] - x) < 2e-6 && Math.abs(wafers.y[wafer] - y) < 2e-6;
      return !near || wafers.thickness[wafer] !== thickness;
    });
    expect(wrong).toEqual([]);
  });

  test("the TCs of a sensor have the cells and positions of tc_uv_table.json", () => {
    const table = JSON.parse(read("geometry/tc_uv_table.json")) as Record<string, SensorTc[]>;
    for (const [key, sensor] of [
      ["HD_12_3", geometry.sensors[0]],
      ["LD_8_2", geometry.sensors[2]],
    ] as const) {
      expect(table[key].length).toBe(48);
      for (const tc of table[key]) {
        const slot = sensor.slotOfTc[8 * tc.u + tc.v];
        const ids = Array.from({ length: sensor.cellsPerTc }, (_, i) => slot * sensor.cellsPerTc + i);
        expect(ids.map((cell) => [sensor.u[cell], sensor.v[cell]])).toEqual(tc.cells);
        const mean = (column: Float64Array): number => ids.reduce((sum, cell) => sum + column[cell], 0) / ids.length;
        expect(mean(sensor.x)).toBeCloseTo(tc.x, 4);
        expect(mean(sensor.y)).toBeCloseTo(tc.y, 4);
      }
    }
  });

  test("real trigger cells are where CMSSW says, with the energy it gives them", () => {
    for (const real of (JSON.parse(read("geometry/real_tc_positions.json")) as { tcs: RealTc[] }).tcs) {
      const side = Math.sign(real.z_cm);
      const tc = tcAt(geometry, real.layer, side * real.x_cm, real.y_cm);
      expect(Math.abs(side * tcs.x[tc] - real.x_cm)).toBeLessThan(1e-3);
      expect(Math.abs(tcs.y[tc] - real.y_cm)).toBeLessThan(1e-3);
      expect(Math.abs(side * tcs.z[tc] - real.z_cm)).toBeLessThan(5e-3);
      expect(Math.abs(side * tcs.eta[tc] - real.eta)).toBeLessThan(2e-5);
      const energy = real.mipPt * gevPerMip(geometry, real.layer, tcs.thickness[tc]) * Math.cosh(real.eta);
      expect(energy / real.energy_GeV).toBeCloseTo(1, 4);
    }
  });
});
