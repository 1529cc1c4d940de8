import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { compareClusterings } from "./compare.js";

const compare = (a: number[], b: number[], weight = a.map(() => 1)) =>
  compareClusterings(Int32Array.from(a), Int32Array.from(b), weight);

test.each([
  { name: "equal ones do not differ", a: [0, 0, -1], b: [0, 0, -1], differs: [0, 0, 0], partner: [0] },
  { name: "the numbers of seeds do not matter", a: [0, 0, 1], b: [3, 3, 0], differs: [0, 0, 0], partner: [3, 0] },
  { name: "a TC that only one has", a: [0, 0, -1], b: [0, -1, 0], differs: [0, 1, 1], partner: [0] },
  { name: "a split: the smaller half differs", a: [0, 0, 0], b: [0, 0, 1], differs: [0, 0, 1], partner: [0] },
  { name: "a cluster that B lacks", a: [0, 1, 1], b: [0, -1, -1], differs: [0, 1, 1], partner: [0, -1] },
  { name: "of equals the lowest number", a: [0, 0], b: [1, 0], differs: [1, 0], partner: [0] },
  { name: "nothing at all", a: [-1, -1], b: [-1, -1], differs: [0, 0], partner: [] },
])("compareClusterings: $name", ({ a, b, differs, partner }) => {
  const found = compare(a, b);
  expect([...found.differs]).toEqual(differs);
  expect([...found.partner]).toEqual(partner);
  expect(found.n).toBe(differs.reduce((sum, each) => sum + each, 0));
});

test("clusters are partners by weight, not by number of TCs", () => {
  const { partner, share } = compare([0, 0, 0], [0, 0, 1], [1, 1, 5]);
  expect([...partner]).toEqual([1]);
  expect(share).toBe(2 / 7);
});

test("what differs is symmetric, and does not depend on the order of TCs or the numbers of seeds", () => {
  const random = new Random(5);
  for (let turn = 0; turn < 50; turn++) {
    const n = 40;
    const draw = (): number[] => Array.from({ length: n }, () => Math.floor(random.between(-1, 5)));
    const [a, b] = [draw(), draw()];
    const weight = a.map(() => random.uniform());
    const { differs, share } = compare(a, b, weight);
    expect([...compare(b, a, weight).differs], `turn ${turn}`).toEqual([...differs]);
    const names = [7, 2, 9, 0, 4];
    const renamed = compare(
      a,
      b.map((s) => (s < 0 ? -1 : names[s])),
      weight,
    );
    expect([...renamed.differs], `turn ${turn}`).toEqual([...differs]);
    const order = a.map((_, t) => (t * 7) % n);
    const at = <T>(values: readonly T[]): T[] => order.map((t) => values[t]);
    const shuffled = compare(at(a), at(b), at(weight));
    expect([...shuffled.differs], `turn ${turn}`).toEqual(at([...differs]));
    expect(shuffled.share).toBeCloseTo(share, 12);
  }
});
