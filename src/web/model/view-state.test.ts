import { describe, expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { applySettings, commandLine } from "./parameters.js";
import { pickQuad } from "../display/plane/scene.js";
import { decodeParts, decodeTarget, decodeView, DEFAULT_VIEW, encodeView } from "./view-state.js";
import { parseCamera } from "../ui/plane-camera.js";

describe("links", () => {
  test("the default view needs none", () => {
    expect(encodeView(DEFAULT_VIEW)).toBe("");
    expect(decodeView("")).toEqual(DEFAULT_VIEW);
  });

  test("the last layer is not before the first", () => {
    expect(decodeView("#from=9&to=8")).toEqual({ ...DEFAULT_VIEW, from: 9 });
    expect(decodeView("#from=9&to=9")).toEqual({ ...DEFAULT_VIEW, from: 9, to: 9 });
  });

  test("a view comes back from its link", () => {
    const view = {
      ...DEFAULT_VIEW,
      sample: "2024/photons pu0",
      sort: "-response",
      filter: "split,no-seed",
      find: "pt>40 eta<2",
      view: "histogram",
      layer: 9,
      mip: 2.5,
      map: "polar",
      chain: "cs",
      settings: { "seed.window": "2", "cs.threshold": "100,110,120", radius: "0.02" },
      camera: "-0.1,0.2,0.05",
      region: "3,-5",
      hexes: "0.5,0,4",
      pick: "hex:520000",
    } as const;
    expect(decodeView(`#${encodeView(view)}`)).toEqual(view);
    for (const pick of ["tc:5", "seed:0", "seedb:1", "bin:77", "wafer:2080"]) {
      expect(decodeView(encodeView({ ...view, pick })).pick).toBe(pick);
    }
  });

  test.each([
    { hash: "#layer=3", want: null },
    { hash: encodeView({ ...DEFAULT_VIEW, entry: 10 }), want: { by: "entry", text: "10" } },
    { hash: "#entry=10&event=3", want: { by: "entry", text: "10" } },
    { hash: "#event=-9007199254740993", want: { by: "event", text: "-9007199254740993", endcap: 1 } },
    { hash: "#event=1:2:3&endcap=-1", want: { by: "event", text: "1:2:3", endcap: -1 } },
  ])("the entry that $hash names", ({ hash, want }) => expect(decodeTarget(hash)).toEqual(want));

  test("what a link says of pages that are not loaded stays as it is", () => {
    const hash = "#page=studies&layer=3&studies.run=out/radius&studies.from=1.5&unknown=1";
    const parts = decodeParts(hash);
    expect(parts).toEqual({ "studies.run": "out/radius", "studies.from": "1.5" });
    expect(encodeView(decodeView(hash), parts)).toBe("page=studies&layer=3&studies.run=out/radius&studies.from=1.5");
  });

  test("what a link says wrongly is the default", () => {
    const hash =
      "#view=upside&layer=99&mip=-1&camera=1,2&pick=tc:x&sort=1&region=3&hexes=1,2&chain=&colour=red&from=0&to=51&projection=flat&orbit=1,2,3,4,5,&n=0&tour=6&step=4&cmssw=yes&page=none";
    expect(decodeView(hash)).toEqual(DEFAULT_VIEW);
    expect(parseCamera("0,0,0")).toBeUndefined();
  });
});

describe("parameters", () => {
  test("no settings: the defaults of the chain", () => expect(applySettings({})).toEqual(DEFAULT_PARAMS));

  test("one radius for all layers, other numbers of rows", () => {
    const { cluster, smooth } = applySettings({ radius: "0.02", "base.NbinsRz": "21" });
    expect(new Set(cluster.CoeffA)).toEqual(new Set([0.02]));
    expect([smooth.BinSums.length, smooth.BinSums[0], smooth.BinSums[20]]).toEqual([21, 13, 3]);
  });

  test.each<{ settings: Record<string, string>; want: string }>([
    { settings: { "seed.window": "two" }, want: 'window (seed.window): "two" is not a number' },
    { settings: { "seed.window": "101" }, want: "window (seed.window): 101 is not a whole number from 1 to 100" },
    { settings: { "seed_cs.hexDist": "yes" }, want: "(seed_cs.hexDist):" },
    { settings: { "smooth.kernel": "gauss" }, want: 'kernel (smooth.kernel): "gauss" is not one of default, flat_top' },
    { settings: { "seed.window": "1.5" }, want: "window (seed.window): 1.5 is not a whole number from 1 to 100" },
    {
      settings: { "cluster.CoeffA": "0,5" },
      want: "radius, by layer (cluster.CoeffA): 2 values, and trigger cells are in layers 1 to 50",
    },
  ])("$settings is refused", ({ settings, want }) => {
    expect(() => applySettings(settings)).toThrow(want);
  });

  test("the command line that does the same", () => {
    const settings = { radius: "0.02", "seed.window": "2", "cs.threshold": "1,2,3" };
    expect(commandLine("cs", settings, applySettings(settings), "out/photons")).toBe(
      'bye-splits run cs --in out/photons --out RUN --radius 0.02 --set seed.window=2 --set cs.threshold="[1,2,3]"',
    );
  });
});

test.each([
  { name: "the later of two that overlap", x: 0.9, y: 0.9, want: 1 },
  { name: "the only one", x: 0.1, y: 0.1, want: 0 },
  { name: "none outside", x: 3, y: 0, want: -1 },
  { name: "one of the other orientation", x: 5.5, y: 0.5, want: 2 },
])("pickQuad finds $name", ({ x, y, want }) => {
  const square = (left: number, low: number): number[] => [left, low, left + 1, low, left + 1, low + 1, left, low + 1];
  const turned = [5, 0, 5, 1, 6, 1, 6, 0];
  const corners = Float32Array.from([...square(0, 0), ...square(0.5, 0.5), ...turned]);
  expect(pickQuad({ n: 3, corners, colours: new Uint8Array(12), heavy: new Uint8Array(3) }, x, y)).toBe(want);
});
