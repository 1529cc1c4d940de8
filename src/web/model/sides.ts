/** The two sides of a comparison: A, which is all there is without one, and B. */
import { createMemo } from "solid-js";
import {
  type ChainName,
  type ChainParams,
  type ClusteringDifference,
  compareClusterings,
  DEFAULT_PARAMS,
} from "../../chain/index.js";
import { type ChainView, type EventView, type Setting } from "../data/protocol.js";
import { clusterColour, clusterPattern, type Rgb } from "../ui/colours.js";
import { applySettings, type Settings } from "./parameters.js";
import { ifThere, parsePick, type Picked } from "./picked.js";
import { type ViewState } from "./view-state.js";

/** What a picture or a table of one side asks for. */
export interface Side {
  readonly side: "A" | "B";
  chain(): ChainView | null;
  /** Event, chain and settings that `chain` is the result of. */
  settled(): string;
  setting(): Setting | null;
  chainName(): ChainName;
  setChainName(name: ChainName): void;
  settings(): Settings;
  /** A `null` resets the parameter. */
  setSetting(key: string, text: string | null): void;
  setSettings(settings: Settings): void;
  /** The last parameters that work, and what is wrong with those that do not. */
  params(): ChainParams;
  settingsError(): string;
  /** Partners have the same colour on both sides. */
  colourOf(seed: number): Rgb;
  /** Hatching of clusters beyond the colours: 0 none, 1 rising, 2 falling, 3 both. */
  patternOf(seed: number): number;
  /** 1 for each TC whose cluster is another on the other side; null without a comparison. */
  differs(): Uint8Array | null;
  picked(): Picked | null;
  setPick(picked: Picked | null): void;
}

interface Shared {
  readonly view: ViewState;
  setView(change: Partial<ViewState>): void;
  event(): EventView | null;
  /** Of the open sample's geometry. */
  layers(): number | undefined;
  chains(): { readonly a: ChainView | null; readonly b: ChainView | null };
  settled(side: "A" | "B"): string;
}

/** Where the files of a run or sample are. */
export function dataUrl(id: string): string {
  return new URL(`data/${id.split("/").map(encodeURIComponent).join("/")}/`, document.baseURI).href;
}

export function createSides(shared: Shared) {
  const { view, setView, event, chains } = shared;
  const difference = createMemo<ClusteringDifference | null>(() => {
    const { a, b } = chains();
    const now = event();
    if (a === null || b === null || now === null) return null;
    if (a.assignment.length !== now.n || b.assignment.length !== now.n) return null;
    return compareClusterings(a.assignment, b.assignment, now.energy);
  });
  /** Seed of A by seed of B. */
  const partnerOfB = createMemo(() => {
    const out = new Map<number, number>();
    for (const [s, r] of (difference()?.partner ?? []).entries()) if (r >= 0) out.set(r, s);
    return out;
  });
  const there = (picked: Picked | null, chain: ChainView | null): Picked | null =>
    ifThere(picked, { tc: event()?.n, seed: chain?.seeds.length, bin: chain?.filled.length });
  const differs = (): Uint8Array | null => difference()?.differs ?? null;

  const a: Side = {
    side: "A",
    chain: () => chains().a,
    settled: () => shared.settled("A"),
    setting: () => ({ kind: "chain", chain: view.chain, params: a.params() }),
    chainName: () => view.chain,
    setChainName: (chain) => setView({ chain, pick: "" }),
    settings: () => view.settings,
    setSetting: (key, text) => setView({ settings: changed(view.settings, key, text) }),
    setSettings: (settings) => setView({ settings }),
    ...createParams(() => view.settings, shared.layers),
    colourOf: clusterColour,
    patternOf: clusterPattern,
    differs,
    picked: createMemo<Picked | null>(() => {
      const ofB = seedOfB(view.pick);
      if (ofB === undefined) return there(parsePick(view.pick), chains().a);
      const index = partnerOfB().get(ofB);
      return index === undefined ? null : { kind: "seed", index };
    }),
    setPick: (picked) => setView({ pick: picked === null ? "" : `${picked.kind}:${picked.index}` }),
  };
  /** By seed of B: the seed of A that has the same look. */
  const looks = createMemo(() => {
    // Those without a partner come after all clusters of A.
    let next = chains().a?.seeds.length ?? 0;
    return (chains().b?.seeds ?? []).map((_, seed) => partnerOfB().get(seed) ?? next++);
  });
  const lookOf = (seed: number): number => looks()[seed] ?? seed;
  const ofSettings = createParams(() => view.bSettings, shared.layers);
  const b: Side = {
    side: "B",
    chain: () => chains().b,
    settled: () => shared.settled("B"),
    setting() {
      if (view.compare === "") return null;
      if (view.compare === "settings") return { kind: "chain", chain: view.bChain, params: ofSettings.params() };
      const id = view.compare.slice("run:".length);
      return { kind: "run", id, url: dataUrl(id), chain: view.bChain };
    },
    chainName: () => view.bChain,
    setChainName: (bChain) => setView({ bChain, pick: "" }),
    settings: () => view.bSettings,
    setSetting: (key, text) => setView({ bSettings: changed(view.bSettings, key, text) }),
    setSettings: (bSettings) => setView({ bSettings }),
    params: () => (view.compare === "settings" ? ofSettings.params() : (chains().b?.params ?? DEFAULT_PARAMS)),
    settingsError: ofSettings.settingsError,
    colourOf: (seed) => clusterColour(lookOf(seed)),
    patternOf: (seed) => clusterPattern(lookOf(seed)),
    differs,
    picked: createMemo<Picked | null>(() => {
      const own = seedOfB(view.pick);
      if (own !== undefined) {
        return chains().b === null ? null : there({ kind: "seed", index: own }, chains().b);
      }
      const picked = parsePick(view.pick);
      if (picked?.kind !== "seed") return there(picked, chains().b);
      const index = difference()?.partner[picked.index] ?? -1;
      return index < 0 ? null : { kind: "seed", index };
    }),
    setPick: (picked) =>
      setView({
        pick: picked === null ? "" : `${picked.kind === "seed" ? "seedb" : picked.kind}:${picked.index}`,
      }),
  };
  return { a, b, difference };
}

function seedOfB(pick: string): number | undefined {
  return pick.startsWith("seedb:") ? Number(pick.slice("seedb:".length)) : undefined;
}

function changed(settings: Settings, key: string, text: string | null): Settings {
  const { [key]: _, ...others } = settings;
  return text === null ? others : { ...others, [key]: text };
}

/** Parameters that cannot work leave the last good picture, and say why. */
function createParams(
  settings: () => Settings,
  layers: () => number | undefined,
): Pick<Side, "params" | "settingsError"> {
  const checked = createMemo<{ readonly params: ChainParams; readonly error: string }>(
    (last) => {
      try {
        return { params: applySettings(settings(), layers()), error: "" };
      } catch (error) {
        return { params: last.params, error: error instanceof Error ? error.message : String(error) };
      }
    },
    { params: DEFAULT_PARAMS, error: "" },
  );
  const params = createMemo(() => checked().params);
  return { params, settingsError: () => checked().error };
}
