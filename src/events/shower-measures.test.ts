/** What is measured of showers, beside a slow reckoning of the same showers, cell by cell. */
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { geometryFromTable } from "../detector/index.js";
import { V11 } from "../detector/tables/v11.js";
import { measureShowers, type ShowerSample } from "./shower-measures.js";
import { ShowerMaker } from "./shower.js";

/** The first layers of V11, made fast, as if the last of them were CE-H. */
const table = { ...V11, version: "first layers", z: V11.z.slice(0, 12), ceeLayers: 8 };
const geometry = geometryFromTable(table);
const CELL = 1.2;
const SLOPE = 1 / Math.sinh(2);

/** The cell whose centre is nearest, of all around. */
function cellOf(x: number, y: number): [number, number] {
  const b0 = Math.round((2 * y) / (Math.sqrt(3) * CELL));
  const a0 = Math.round(x / CELL + b0 / 2);
  let best: [number, number] = [a0, b0];
  const far = ([a, b]: readonly [number, number]): number => (x - CELL * (a - b / 2)) ** 2 + (y - (CELL * b * Math.sqrt(3)) / 2) ** 2;
  for (const da of [-2, -1, 0, 1, 2]) for (const db of [-1, 0, 1]) if (far([a0 + da, b0 + db]) < far(best)) best = [a0 + da, b0 + db];
  return best;
} // prettier-ignore

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

/** The same from all deposits of all showers. */
function slow({ particles, energy, n, layerFactor = [], offCentre = 0 }: ShowerSample) {
  const maker = new ShowerMaker(geometry);
  maker.layers.isTrigger.fill(1);
  const axis = { x: SLOPE * table.z[0], y: 0, z0: table.z[0], slopeX: SLOPE, slopeY: 0 };
  const showers = Array.from({ length: n }, (_, i) => {
    const random = new Random(3, i);
    const [offX, offY] = [offCentre * random.normal(), offCentre * random.normal()];
    const corners = geometry.layers.map(() => [CELL * random.uniform(), CELL * random.uniform()]);
    const spots: { l: number; x: number; ring: number; weight: number }[] = [];
    const deposit = (layer: number, x: number, y: number, signal: number): void => {
      const l = layer - 1;
      const [dx, dy] = corners[l];
      const [a, b] = cellOf(x - (SLOPE * geometry.layers[l].z - dx - offX), y + dy + offY);
      const [a0, b0] = cellOf(dx, dy);
      const ring = Math.max(Math.abs(a - a0), Math.abs(b - b0), Math.abs(a - a0 - b + b0));
      spots.push({ l, x: CELL * (a - b / 2), ring, weight: 1e-3 * geometry.layers[l].dEdX * signal });
    };
    if (particles === "pions") maker.pion(energy, axis, random, { deposit });
    else maker.electromagnetic(energy, true, axis, random, { deposit });
    return { spots, measured: Array.from(maker.measured, (value, l) => value * (layerFactor[l] ?? 1)) };
  });
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const rings = Array.from({ length: 80 }, (_, ring) =>
    showers.map(({ spots }) => {
      const all = spots.filter((spot) => spot.ring < 80);
      return sum(all.filter((spot) => spot.ring === ring).map(({ weight }) => weight)) / sum(all.map(({ weight }) => weight));
    }),
  );
  const widths = geometry.layers.map((_, l) =>
    showers.flatMap(({ spots }) => {
      const own = spots.filter((spot) => spot.l === l);
      const total = sum(own.map(({ weight }) => weight));
      const centre = sum(own.map(({ weight, x }) => weight * x)) / total;
      return own.length === 0 ? [] : [Math.sqrt(sum(own.map(({ weight, x }) => weight * (x - centre) ** 2)) / total)];
    }),
  );
  const depths = showers.map(({ measured }) => {
    const cee = measured.slice(0, 8);
    return sum(cee.map((value, l) => value * geometry.layers[l].x0Cum)) / sum(cee);
  });
  const totals = showers.map(({ measured }) => sum(measured));
  return {
    x0: geometry.layers.map((layer) => layer.x0Cum),
    ceeLayers: 8,
    layers: geometry.layers.map((_, l) => mean(showers.map(({ measured }) => measured[l] / sum(measured)))),
    rings: rings.map(mean),
    ringSpreads: rings.map(deviation),
    widths: widths.map((values) => (values.length === 0 ? Number.NaN : mean(values))),
    resolution: deviation(totals) / mean(totals),
    depth: mean(depths),
  };
} // prettier-ignore

test.each<ShowerSample>([
  { particles: "photons", energy: 5, n: 3 },
  { particles: "pions", energy: 20, n: 3, layerFactor: [2, 0.5, 3], offCentre: 0.6 },
])("$n $particles of $energy GeV", (sample) => {
  const [found, want] = [measureShowers(table, sample), slow(sample)];
  for (const [name, value] of Object.entries(want)) {
    const values = [found[name as keyof typeof found]].flat();
    const wanted = [value].flat();
    const off = wanted.filter((each, i) => !(Math.abs(values[i] - each) < 1e-6) && !(Number.isNaN(each) && Number.isNaN(values[i])));
    expect([name, values.length, ...off]).toEqual([name, wanted.length]);
  }
}); // prettier-ignore
