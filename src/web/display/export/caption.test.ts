import { expect, test } from "vitest";
import { type SourceInfo } from "../../data/protocol.js";
import { type Model } from "../../model/model.js";
import { captionOf, sideInWords } from "./caption.js";

interface Side {
  readonly side?: "A" | "B";
  readonly compare?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly error?: string;
  readonly event?: unknown;
}

const model = ({ side = "A", compare = "", settings = {}, error = "", event = null }: Side) =>
  ({
    ...{ side, view: { compare }, chainName: () => "default", settings: () => settings },
    ...{ settingsError: () => error, event: () => event },
  }) as unknown as Model;

test.each<{ name: string; of: Side; want: RegExp }>([
  { name: "default parameters", of: {}, want: /^[^,]+, default parameters$/ },
  { name: "what is changed", of: { settings: { a: "1", b: "2" } }, want: /^[^,]+, a 1, b 2$/ },
  { name: "parameters that are wrong", of: { settings: { a: "x" }, error: "no" }, want: /, the last parameters that work$/ },
  { name: "a run on side B", of: { side: "B", compare: "run:R" }, want: / of run R$/ },
  { name: "on side A what is compared does not count", of: { compare: "run:R" }, want: /, default parameters$/ },
])("a side in words: $name", ({ of, want }) => {
  expect(sideInWords(model(of))).toMatch(want);
}); // prettier-ignore

const source = { name: "S", description: "fast", geometry: "V11" } as SourceInfo;
const shown = { caption: () => "view", marksDifferences: true };
const event = (zside: number) => ({ number: 7n, zside, particles: [{ pid: 22, pt: 30, eta: 2.125 }] });

test.each([
  { zside: 1, want: "S, event 7, endcap +z" },
  { zside: -1, want: "S, event 7, endcap −z" },
])("an event in endcap $zside, its particle, view, parameters, sample and program", ({ zside, want }) => {
  const caption = captionOf([model({ event: event(zside) })], shown, source, "p 1");
  expect(caption.toSpliced(3, 1)).toEqual([want, "photon: pT 30 GeV, η 2.13", "view", "fast", "geometry V11", "p 1"]);
});

test("two sides have their letters, and what marks differences is told where a view marks any", () => {
  const sides = [model({ event: event(1) }), model({ side: "B", compare: "b" })];
  const caption = captionOf(sides, shown, source, "p 1");
  expect(caption[3]).toContain("thick outlines");
  expect(caption.slice(4, 6).map((text) => text.slice(0, 3))).toEqual(["A: ", "B: "]);
  expect(captionOf(sides, { ...shown, marksDifferences: false }, source, "p 1").join()).not.toContain("thick outlines");
  expect(captionOf(sides.slice(0, 1), shown, source, "p 1").join()).not.toMatch(/thick|A: /);
  expect(captionOf([model({ event: { ...event(1), particles: [] } })], shown, source, "p 1")[1]).toBe("no particle");
});
