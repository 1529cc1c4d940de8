/** The coarse-seeding chain: wafers by their module energy, and the (U, V) map of a region. */
import { counted, noun } from "../../../core/index.js";
import { CHAIN_NAMES, chainOf, CHAINS } from "../../../chain/index.js";
import { createEffect, createMemo, createSignal, For, Show } from "solid-js";
import { clusterCount, short, minus } from "../../ui/numbers.js";
import { css, type Range, viridis } from "../../ui/colours.js";
import { type PaneProps } from "../pane-props.js";
import { describePicture } from "../pick.js";
import { type CoarseData, createCoarseState } from "./coarse-state.js";
import { isAbove } from "./facts.js";
import { RegionPart } from "./RegionPart.js";
import { WaferPart } from "./WaferPart.js";

/** The chain whose steps this view shows. */
const COARSE = CHAINS.find(({ seedsAre }) => seedsAre === "cells")?.name ?? CHAIN_NAMES[0];

export function Coarse(props: PaneProps) {
  const { model } = props;
  const data = createMemo<CoarseData | null>(() => {
    const [event, chain] = [model.event(), model.chain()];
    if (event === null || chain === null || chain.coarse === null) return null;
    // While the next event's chain runs, the chain's result is that of the last event.
    return chain.assignment.length === event.n ? { event, chain, coarse: chain.coarse } : null;
  });
  // Without a picture there is no scale: that of the view before would stay.
  createEffect(() => data() === null && props.onRange(null));
  return (
    <div class="picture coarse">
      <Show when={model.chain()?.coarse === null}>
        <div class="coarse-switch">
          <p>
            This view shows how the coarse-seeding chain finds its seeds: energies of wafers, the wafers above
            threshold, and a map in (U, V) of each. The chain that runs now, {chainOf(model.chainName()).label}, has no
            such steps.
          </p>
          <button type="button" class="primary" onClick={() => model.setChainName(COARSE)}>
            switch to the coarse-seeding chain
          </button>
        </div>
      </Show>
      <Show when={data()}>{(found) => <Parts {...props} data={found()} />}</Show>
    </div>
  );
}

function Parts(props: PaneProps & { data: CoarseData }) {
  const { model } = props;
  const state = createCoarseState(model, () => props.data);
  const [range, setRange] = createSignal<Range | null>(null);
  const wafers = () => props.data.coarse.wafers;
  const above = createMemo(() => {
    const { coarse, chain } = props.data;
    return Array.from({ length: wafers().n }, (_, row) => row).filter((row) => isAbove(coarse, chain, row)).length;
  });
  const withEnergy = (): number => wafers().nTc.reduce((n, tcs) => n + (tcs > 0 ? 1 : 0), 0);
  const sentence = (): string => sentenceOf(props.data, above(), withEnergy());
  const nameOf = (csId: number): string => {
    const { wafer } = props.data.coarse.coarse[csId];
    return minus(`(${wafers().wu[wafer]}, ${wafers().wv[wafer]})`);
  };
  const title = (): string => {
    if (props.data.coarse.everywhere) return "(U, V) map of all trigger cells [mip_T]";
    if (state.region() < 0) return "(U, V) map: no region";
    return regions().length > 1 ? "Region in (U, V) [mip_T]" : "Region of CS 0 in (U, V) [mip_T]";
  };
  const regions = (): readonly { readonly wafer: number }[] =>
    props.data.coarse.everywhere ? [] : props.data.coarse.coarse;
  const step = (by: number): void => {
    const n = regions().length;
    state.showRegion((state.region() + by + n) % n);
  };
  const layers = (): string => listed(props.data.coarse.layers);
  return (
    <>
      <p class="coarse-words" aria-live="polite">
        {sentence()}
      </p>
      <div class="coarse-parts">
        <section class="coarse-part" aria-label="Wafers">
          <header>
            <h2>Module energies, layers {layers()} [mip_T]</h2>
          </header>
          <WaferPart
            model={model}
            data={props.data}
            state={state}
            dark={props.dark}
            label={`${describePicture(model, "coarse view of modules and cells of the (U, V) map")} Wafers in x/z and y/z: ${sentence()}`}
            onRange={props.onRange}
          />
          <Legend data={props.data} />
        </section>
        <section class="coarse-part" aria-label="Region">
          <header>
            <h2>{title()}</h2>
            <Show when={regions().length > 1}>
              <span class="region-choice" role="group" aria-label="Region">
                <button type="button" title="Region before" aria-label="Region before" onClick={() => step(-1)}>
                  ‹
                </button>
                <select
                  aria-label="Region of coarse seed"
                  onChange={({ currentTarget }) => state.showRegion(Number(currentTarget.value))}
                >
                  <For each={regions()}>
                    {(_, csId) => (
                      <option value={csId()} selected={state.region() === csId()}>
                        CS {csId()} {nameOf(csId())}
                      </option>
                    )}
                  </For>
                </select>
                <button type="button" title="Next region" aria-label="Next region" onClick={() => step(1)}>
                  ›
                </button>
              </span>
            </Show>
          </header>
          <Show
            when={props.data.coarse.cells.n > 0}
            fallback={<p class="empty hex-area">No coarse seed, so there is no region: lower a threshold.</p>}
          >
            <RegionPart
              model={model}
              data={props.data}
              state={state}
              dark={props.dark}
              label={regionInWords(props.data, state.region())}
              hoveredSeed={props.hoveredSeed}
              onRange={setRange}
            />
            <p class="coarse-legend">
              <Show when={range()}>
                {(found) => (
                  <span class="colour-bar">
                    <span>{short(found().low)}</span>
                    <span class="ramp" style={{ background: `linear-gradient(90deg, ${STOPS})` }} />
                    <span>{short(found().high)} mip_T</span>
                  </span>
                )}
              </Show>
              <Show when={!props.data.coarse.everywhere}>
                <span>
                  <i class="mark is-region" /> its wafer
                </span>
                <span>
                  <i class="mark uv-grid" /> grid: its cells and a window more
                </span>
              </Show>
              <span>▲ seed and its number</span>
            </p>
          </Show>
        </section>
      </div>
    </>
  );
}

const STOPS = Array.from({ length: 11 }, (_, k) => css(viridis(k / 10))).join(",");

/** "7, 9, 11, 13", or from first to last where there are many. */
function listed(layers: readonly number[]): string {
  return layers.length > 6 ? `${layers[0]}–${layers[layers.length - 1]}` : layers.join(", ");
}

function sentenceOf({ coarse, chain }: CoarseData, above: number, withEnergy: number): string {
  const { cs, cluster } = chain.params;
  const found = `${counted(chain.seeds.length, "seed")} and ${clusterCount(chain.clusters.length)}`;
  const cylinder = cluster.CSCylinder ? " Clusters take trigger cells only in CE-E and the dotted wafers." : "";
  if (coarse.everywhere) {
    return `All silicon trigger cells of all layers are summed in (U, V) as one region: ${found}.${cylinder}`;
  }
  if (above === 0) return "No wafer reaches the threshold of its |η| range: no coarse seed, no cluster.";
  const nearby = cs.nearby ? ` With their neighbours there are ${counted(coarse.coarse.length, "region")}.` : "";
  return `${above} of ${counted(withEnergy, "wafer")} with energy ${noun(above, "reaches", "reach")} the threshold of ${noun(above, "its", "their")} |η| range: each such coarse seed opens a region in (U, V), whose local maxima are the seeds.${nearby} Here: ${found}.${cylinder}`;
}

function regionInWords({ coarse }: CoarseData, region: number): string {
  const { cells } = coarse;
  const own = Array.from({ length: cells.n }, (_, c) => c).filter((c) => coarse.everywhere || cells.csId[c] === region);
  const seeds = own.filter((c) => cells.seed[c] >= 0);
  const words = seeds.map(
    (c) => `seed ${cells.seed[c]} at ${cells.u[c]}, ${cells.v[c]} with ${short(cells.mipPt[c])} mip_T`,
  );
  return `(U, V) map: ${counted(own.length, "cell")} with energy in the region; ${words.length === 0 ? "no seed" : words.join(", ")}.`;
}

/** What outlines and marks of wafers mean; only those that can be there. */
function Legend(props: { data: CoarseData }) {
  return (
    <p class="coarse-legend">
      <span>
        <i class="mark above" />{" "}
        {props.data.coarse.everywhere ? "at or above the threshold" : "coarse seed (CS): at or above the threshold"}
      </span>
      <Show when={props.data.chain.params.cs.nearby}>
        <span>
          <i class="mark nearby" /> nearby: next to one
        </span>
      </Show>
      <Show when={props.data.chain.params.cluster.CSCylinder}>
        <span>
          <i class="mark in-cylinder" /> cylinder
        </span>
      </Show>
      <span>△ seed</span>
      <span>+ generated particle</span>
    </p>
  );
}
