/** What stands beside the parameters: A | B. */
import { counted } from "../../core/index.js";
import { CHAIN_NAMES, isChainName } from "../../chain/index.js";
import { createSignal, For, Show } from "solid-js";
import { type Model } from "../model/model.js";
import { fixed, short } from "../ui/numbers.js";

const ROW = 22;

/** Turns the comparison on or off. It begins with the next chain: something differs from the first moment on. */
export function toggleCompare({ view, setView }: Model): void {
  if (view.compare !== "") setView({ compare: "", pick: "" });
  else {
    const bChain = CHAIN_NAMES[(CHAIN_NAMES.indexOf(view.chain) + 1) % CHAIN_NAMES.length];
    setView({ compare: "settings", bChain, bSettings: view.settings });
  }
}

/** Turns the comparison on and off, and says what B is. */
export function Compare(props: { model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  const all = () => model.catalog()?.runs ?? [];
  /** Those of the sample that is open: what others hold are other events. */
  const runs = () => all().filter(({ sampleHash }) => sampleHash !== undefined && sampleHash === model.source()?.hash);
  const isListed = (): boolean => view.compare === "settings" || runs().some(({ id }) => `run:${id}` === view.compare);
  const chains = (): readonly string[] =>
    view.compare === "settings"
      ? CHAIN_NAMES
      : (runs().find(({ id }) => `run:${id}` === view.compare)?.chains ?? CHAIN_NAMES);
  const chooseRun = (compare: string): void => {
    const own = runs().find(({ id }) => `run:${id}` === compare)?.chains ?? [view.bChain];
    const chain = own.includes(view.bChain) ? view.bChain : own[0];
    setView({ compare, bChain: isChainName(chain) ? chain : view.bChain, pick: "" });
  };
  return (
    <span class="compare" role="group" aria-label="Comparison">
      <span class="choice">
        <button type="button" aria-pressed={view.compare === ""} onClick={() => setView({ compare: "", pick: "" })}>
          A
        </button>
        <button
          type="button"
          title="Two settings side by side (b)"
          aria-pressed={view.compare !== ""}
          onClick={() => view.compare === "" && toggleCompare(model)}
        >
          A | B
        </button>
      </span>
      <Show when={view.compare !== ""}>
        <label class="field">
          <span class="side-b">B is</span>
          <select aria-label="What B is" onChange={({ currentTarget }) => chooseRun(currentTarget.value)}>
            <option value="settings" selected={view.compare === "settings"}>
              other parameters
            </option>
            <Show when={!isListed()}>
              <option value={view.compare} selected>
                run {view.compare.slice("run:".length)}
              </option>
            </Show>
            <For each={runs()}>
              {({ id }) => (
                <option value={`run:${id}`} selected={view.compare === `run:${id}`}>
                  run {id}
                </option>
              )}
            </For>
            <Show when={all().length > runs().length}>
              <option disabled>{counted(all().length - runs().length, "run")} of other samples</option>
            </Show>
          </select>
        </label>
        <Show when={view.compare !== "settings"}>
          <select
            aria-label="Chain of the run"
            onChange={({ currentTarget }) =>
              setView({ bChain: isChainName(currentTarget.value) ? currentTarget.value : view.bChain })
            }
          >
            <For each={chains()}>
              {(chain) => (
                <option value={chain} selected={chain === view.bChain}>
                  {chain}
                </option>
              )}
            </For>
          </select>
        </Show>
      </Show>
    </span>
  );
}

/** The trigger cells whose cluster differs, the most energetic first; only the rows in sight are in the page. */
export function Differences(props: { model: Model; other: Model }) {
  const { model } = props;
  const [top, setTop] = createSignal(0);
  const cells = (): readonly number[] => {
    const differs = model.differs();
    const event = model.event();
    if (differs === null || event === null) return [];
    return [...differs.keys()].filter((t) => differs[t] === 1).toSorted((a, b) => event.energy[b] - event.energy[a]);
  };
  const first = (): number => Math.max(0, Math.floor(top() / ROW) - 4);
  const seed = (side: Model, t: number): string => {
    const s = side.chain()?.assignment[t] ?? -1;
    return s < 0 ? "–" : String(s);
  };
  const isPicked = (t: number): boolean => {
    const picked = model.picked();
    return picked?.kind === "tc" && picked.index === t;
  };
  return (
    <section
      class="differences"
      aria-label="Differences"
      data-differences={JSON.stringify(cells().toSorted((a, b) => a - b))}
    >
      <h2>
        Differences{" "}
        <small>
          {model.difference() === null
            ? "nothing to compare"
            : `${cells().length} TCs, ${fixed(100 * (model.difference()?.share ?? 0), 1)} % of the clustered energy`}
        </small>
      </h2>
      <Show
        when={cells().length > 0}
        fallback={
          <p class="empty">
            {props.other.chain() === null
              ? "There is nothing to compare with."
              : "Every trigger cell is in the same cluster on both sides."}
          </p>
        }
      >
        <div class="difference-row head" aria-hidden="true">
          <span>layer</span>
          <span>E [GeV]</span>
          <span class="side-a">A: seed</span>
          <span class="side-b">B: seed</span>
        </div>
        <div class="difference-list" onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
          <div style={{ height: `${cells().length * ROW}px`, position: "relative" }}>
            <For each={cells().slice(first(), first() + 20)}>
              {(t, i) => (
                <button
                  type="button"
                  class="difference-row"
                  style={{ top: `${(first() + i()) * ROW}px` }}
                  aria-pressed={isPicked(t)}
                  title={`Trigger cell in layer ${model.event()?.layer[t]}: seed ${seed(model, t)} in A, ${seed(props.other, t)} in B`}
                  onClick={() => model.setPick(isPicked(t) ? null : { kind: "tc", index: t })}
                >
                  <span>{model.event()?.layer[t]}</span>
                  <span>{short(model.event()?.energy[t] ?? Number.NaN)}</span>
                  <span>{seed(model, t)}</span>
                  <span>{seed(props.other, t)}</span>
                </button>
              )}
            </For>
          </div>
        </div>
      </Show>
    </section>
  );
}
