import { chainOf } from "../../chain/index.js";
import { createSignal, For, onCleanup, onMount, Show } from "solid-js";
import { ClusterTable, CmsswClusters } from "./ClusterTable.js";
import { Differences } from "../chain/Compare.js";
import { listenToDrops } from "../ui/dropped.js";
import { EventTable } from "./EventTable.js";
import { type Range } from "../ui/colours.js";
import { Header } from "./Header.js";
import { Help } from "./Help.js";
import { createKeys } from "./keys.js";
import { misreadInWords } from "../model/misread.js";
import { type Model } from "../model/model.js";
import { Note } from "../ui/Note.js";
import { ParameterPanel } from "../chain/ParameterPanel.js";
import { Pane } from "./Pane.js";
import { Selection } from "./Selection.js";
import { Statistics } from "../chain/Statistics.js";
import { Story } from "../chain/Story.js";
import { Tour } from "./Tour.js";
import { Toolbar } from "./Toolbar.js";

export type Sheet = "" | "parameters" | "clusters" | "events";

/** What a side shows, in a few words. */
function nameOf({ view, side, chainName, settings }: Model): string {
  const chain = chainOf(chainName()).label;
  if (side === "B" && view.compare.startsWith("run:")) return `${chain}, run ${view.compare.slice(4)}`;
  const changes = Object.entries(settings()).map(([key, text]) => `${key} ${text.length > 12 ? "…" : text}`);
  return [chain, ...changes].join(", ");
}

export function App(props: { model: Model; other: Model; dark: boolean }) {
  const { model, other } = props;
  const { view } = model;
  const [help, setHelp] = createSignal(false);
  /** On a phone one of these covers the lower half. */
  const [sheet, setSheet] = createSignal<Sheet>("");
  const [hovered, setHovered] = createSignal({ A: -1, B: -1 });
  const [range, setRange] = createSignal<Range | null>(null);
  const [dropping, setDropping] = createSignal(false);
  const isCompared = (): boolean => view.compare !== "";
  const partnerOf = (seed: number): number => model.difference()?.partner[seed] ?? -1;

  onMount(() => {
    const onKey = createKeys(model, { help, setHelp });
    addEventListener("keydown", onKey);
    onCleanup(() => removeEventListener("keydown", onKey));
    listenToDrops({ over: setDropping, files: model.openFiles, problem: model.setProblem });
  });

  return (
    <div class="app" classList={{ dropping: dropping() }} data-sheet={sheet()}>
      <Header model={model} other={other} onHelp={() => setHelp(true)} />
      <ParameterPanel model={model} other={other} />
      <main class="stage">
        <Toolbar model={model} range={range()} />
        <Story model={model} />
        <div class="panes" classList={{ two: isCompared() }}>
          <section class="pane" aria-label={isCompared() ? "Picture of A" : "Picture"}>
            <Show when={isCompared()}>
              <p class="pane-name side-a">A: {nameOf(model)}</p>
            </Show>
            <Pane model={model} dark={props.dark} hoveredSeed={hovered().A} onRange={setRange} />
          </section>
          <Show when={isCompared()}>
            <section class="pane" aria-label="Picture of B">
              <p class="pane-name side-b">B: {nameOf(other)}</p>
              <Pane model={other} dark={props.dark} hoveredSeed={hovered().B} onRange={() => undefined} />
            </section>
          </Show>
        </div>
        <Tour model={model} />
        <Show when={model.busy() !== ""}>
          <p class="busy" role="status">
            {model.busy()}
          </p>
        </Show>
        <Show when={model.choice()}>
          {(choice) => (
            <div class="problem tree-choice" role="dialog" aria-label="Choose a tree">
              <span>{choice().text}</span>
              <For each={choice().trees}>
                {(tree) => (
                  <button type="button" onClick={() => choice().choose(tree)}>
                    {tree}
                  </button>
                )}
              </For>
              <button type="button" onClick={() => model.setChoice(null)} aria-label="Choose none">
                ×
              </button>
            </div>
          )}
        </Show>
        <Show when={model.problem() !== ""} fallback={<Note text={misreadInWords(model.misread())} />}>
          <div class="problem" role="alert">
            <span>{model.problem()}</span>
            <button type="button" onClick={() => model.setProblem("")} aria-label="Dismiss this message">
              ×
            </button>
          </div>
        </Show>
      </main>
      <aside class="rail" aria-label="Selection and clusters">
        <Selection model={model} />
        <ClusterTable
          model={model}
          hovered={hovered().A}
          onHover={(seed) => setHovered({ A: seed, B: partnerOf(seed) })}
        />
        <Show when={isCompared()}>
          <ClusterTable model={other} hovered={hovered().B} onHover={(seed) => setHovered({ A: -1, B: seed })} />
        </Show>
        <CmsswClusters model={model} />
        <Statistics model={model} b={other} />
        <Show when={isCompared()}>
          <Differences model={model} other={other} />
        </Show>
      </aside>
      <EventTable model={model} />
      <nav class="sheets" aria-label="Panels">
        {(["parameters", "clusters", "events"] as const).map((name) => (
          <button type="button" aria-pressed={sheet() === name} onClick={() => setSheet(sheet() === name ? "" : name)}>
            {name}
          </button>
        ))}
      </nav>
      <footer class="status">
        <span>
          {model.source()?.name ?? "no sample"} · {model.source()?.description ?? ""} · geometry{" "}
          {model.source()?.geometry ?? "–"}
          {model.catalog()?.geometry ? ` (${model.catalog()?.geometry})` : ""}
        </span>
        <span>{model.chain() === null ? "" : `chain ${model.chain()?.milliseconds.toFixed(1)} ms`}</span>
        <Show when={(model.event()?.unknown ?? 0) > 0}>
          <span class="warning">
            {model.event()?.unknown} trigger cells that this geometry does not have are drawn as squares
          </span>
        </Show>
        <span data-offline={model.offline()}>
          {model.offline() === "ready"
            ? "ready for offline use"
            : model.offline() === "failed"
              ? "not ready for offline use"
              : "getting ready for offline use …"}
        </span>
      </footer>
      <Show when={help()}>
        <Help onClose={() => setHelp(false)} />
      </Show>
    </div>
  );
}
