import { counted } from "../../core/index.js";
import { Index, Show } from "solid-js";
import { css } from "../ui/colours.js";
import { type Model } from "../model/model.js";
import { fixed, short } from "../ui/numbers.js";
import { pickedSeedOf } from "./pick.js";

/** The clusters of the event, the most energetic first. */
export function ClusterTable(props: { model: Model; hovered: number; onHover: (seed: number) => void }) {
  const { model } = props;
  const clusters = () => (model.chain()?.clusters ?? []).toSorted((a, b) => b.energy - a.energy);
  const energy = (): number => model.event()?.particles.at(0)?.energy ?? Number.NaN;
  const picked = (): number => {
    const chain = model.chain();
    const pick = model.picked();
    return pick === null || chain === null ? -1 : pickedSeedOf(pick, chain);
  };
  const toggle = (seed: number): void => model.setPick(picked() === seed ? null : { kind: "seed", index: seed });
  return (
    <section
      class="clusters"
      aria-label={model.view.compare === "" ? "Clusters" : `Clusters of ${model.side}`}
      data-side={model.side}
      data-settled={model.settled()}
      data-entry={model.entry()}
    >
      <h2>
        Clusters{" "}
        <Show when={model.view.compare !== ""}>
          <b class={model.side === "A" ? "side-a" : "side-b"}>{model.side}</b>{" "}
        </Show>
        <small>
          {clusters().length} of {counted(model.chain()?.seeds.length ?? 0, "seed")}
        </small>
      </h2>
      <Show
        when={clusters().length > 0}
        fallback={
          <p class="empty">
            {model.chain() === null
              ? "Nothing to show."
              : `No cluster above ${short(model.params().cluster.PtC3dThreshold)} GeV.`}
          </p>
        }
      >
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">seed</th>
                <th scope="col">E [GeV]</th>
                <th scope="col">pT [GeV]</th>
                <th scope="col">η</th>
                <th scope="col">φ</th>
                <th scope="col">E/Egen</th>
                <th scope="col">TCs</th>
              </tr>
            </thead>
            <tbody>
              <Index each={clusters()}>
                {(cluster) => (
                  <tr
                    classList={{ picked: picked() === cluster().seed, hovered: props.hovered === cluster().seed }}
                    data-cluster={JSON.stringify([
                      cluster().seed,
                      cluster().energy,
                      cluster().pt,
                      cluster().eta,
                      cluster().phi,
                      cluster().nTc,
                    ])}
                    onPointerEnter={() => props.onHover(cluster().seed)}
                    onPointerLeave={() => props.onHover(-1)}
                    onClick={() => toggle(cluster().seed)}
                  >
                    <th scope="row">
                      <button
                        type="button"
                        class="swatch-button"
                        aria-pressed={picked() === cluster().seed}
                        aria-label={`Pick the cluster of seed ${cluster().seed}`}
                      >
                        <span
                          class={`swatch pattern-${model.patternOf(cluster().seed)}`}
                          style={{ "background-color": css(model.colourOf(cluster().seed)) }}
                        />
                        {cluster().seed}
                      </button>
                    </th>
                    <td title={String(cluster().energy)}>{short(cluster().energy)}</td>
                    <td title={String(cluster().pt)}>{short(cluster().pt)}</td>
                    <td title={String(cluster().eta)}>{fixed(cluster().eta, 2)}</td>
                    <td title={String(cluster().phi)}>{fixed(cluster().phi, 2)}</td>
                    <td title={String(cluster().energy / energy())}>{fixed(cluster().energy / energy(), 2)}</td>
                    <td>{cluster().nTc}</td>
                  </tr>
                )}
              </Index>
            </tbody>
          </table>
        </div>
      </Show>
    </section>
  );
}

/** The clusters that CMSSW made of the same trigger cells, as far as the sample has them. */
export function CmsswClusters(props: { model: Model }) {
  const { view, setView } = props.model;
  const clusters = () => props.model.event()?.cl3d ?? [];
  const energy = (): number => props.model.event()?.particles.at(0)?.energy ?? Number.NaN;
  return (
    <Show when={clusters().length > 0}>
      <details class="clusters cmssw" open={view.cmssw} aria-label="Clusters of the ntuple">
        <summary>clusters of the ntuple ({clusters().length})</summary>
        <label class="field">
          <input
            type="checkbox"
            checked={view.cmssw}
            onChange={({ currentTarget }) => setView({ cmssw: currentTarget.checked })}
          />
          <span>in the picture, as diamonds</span>
        </label>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">E [GeV]</th>
                <th scope="col">pT [GeV]</th>
                <th scope="col">η</th>
                <th scope="col">φ</th>
                <th scope="col">E/Egen</th>
              </tr>
            </thead>
            <tbody>
              <Index each={clusters()}>
                {(cluster) => (
                  <tr>
                    <td title={String(cluster().energy)}>{short(cluster().energy)}</td>
                    <td title={String(cluster().pt)}>{short(cluster().pt)}</td>
                    <td title={String(cluster().eta)}>{fixed(cluster().eta, 2)}</td>
                    <td title={String(cluster().phi)}>{fixed(cluster().phi, 2)}</td>
                    <td>{fixed(cluster().energy / energy(), 2)}</td>
                  </tr>
                )}
              </Index>
            </tbody>
          </table>
        </div>
      </details>
    </Show>
  );
}
