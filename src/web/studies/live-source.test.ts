/** What is asked for of samples without a study, and when that is the same again. */
import { expect, test } from "vitest";
import { type Model } from "../model/model.js";
import { isSameSource, liveSourceOf, radiiOf } from "./live-source.js";

const model = (side: "A" | "B", compare: string): Model =>
  ({
    ...{ side, view: { compare, n: 30 }, settings: () => ({ side }) },
    specOf: (id: string) => (id === "gone" ? null : { kind: "sample", id, url: "" }),
    ...{ chainName: () => (side === "A" ? "default" : "cs"), params: () => ({ side }) },
  }) as unknown as Model;
const lanes = (compare: string, samples: readonly string[]) =>
  liveSourceOf(model("A", compare), model("B", compare), samples, "0.01,0.02");

test("each sample that is there is a lane of A, in a comparison of settings one of B too", () => {
  const one = lanes("", ["embedded", "gone", "s"]);
  expect(one).toMatchObject({ kind: "live", radii: [0.01, 0.02], limit: 30 });
  expect(one?.lanes.map(({ id, name, chain }) => [id, name, chain])).toEqual([
    ["embedded", "embedded sample", "default"],
    ["s", "s", "default"],
  ]);
  const two = lanes("settings", ["s"])?.lanes ?? [];
  expect(two.map(({ name, chain, settings, params }) => [name, chain, settings, params])).toEqual([
    ["s, A", "default", { side: "A" }, { side: "A" }],
    ["s, B", "cs", { side: "B" }, { side: "B" }],
  ]);
  expect([lanes("", []), lanes("", ["gone"])]).toEqual([null, null]);
});

test("radii of a link; what are none are none", () => {
  expect([radiiOf("0.01,0.02"), radiiOf(""), radiiOf("a"), radiiOf("-1")]).toEqual([[0.01, 0.02], null, null, null]);
});

test("sources are the same by what they are, not by where their objects are", () => {
  const live = (limit: number) => ({ ...{ kind: "live", lanes: [], radii: null }, limit }) as never;
  const study = (url: string) => ({ ...{ kind: "study", id: "s" }, url }) as never;
  const points: never[] = [];
  const kept = (of: readonly unknown[]) => ({ kind: "kept", points: of }) as never;
  expect([isSameSource(null, null), isSameSource(live(1), live(1)), isSameSource(study("a"), study("a")), isSameSource(kept(points), kept(points))]).toEqual([true, true, true, true]); // prettier-ignore
  const others = [null, live(1), live(2), study("a"), study("b"), kept(points), kept([1])];
  for (const [i, one] of others.entries()) for (const [k, other] of others.entries()) expect(isSameSource(one, other)).toBe(i === k);
}); // prettier-ignore
