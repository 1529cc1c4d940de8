import { createEffect, createSignal, onCleanup, onMount, Show } from "solid-js";
import { ClusterTable } from "./ClusterTable.js";
import { EventTable } from "./EventTable.js";
import { type Range } from "./colours.js";
import { Header } from "./Header.js";
import { Help } from "./Help.js";
import { createKeys } from "./keys.js";
import { createModel } from "./model.js";
import { ParameterPanel } from "./ParameterPanel.js";
import { Pane } from "./Pane.js";
import { Selection } from "./Selection.js";
import { Story } from "./Story.js";
import { Toolbar } from "./Toolbar.js";

export type Sheet = "" | "parameters" | "clusters" | "events";

export function App() {
  const model = createModel();
  const { view } = model;
  const [help, setHelp] = createSignal(false);
  /** On a phone one of these covers the lower half. */
  const [sheet, setSheet] = createSignal<Sheet>("");
  const [hoveredSeed, setHoveredSeed] = createSignal(-1);
  const [range, setRange] = createSignal<Range | null>(null);
  const [dropping, setDropping] = createSignal(false);
  const system = matchMedia("(prefers-color-scheme: dark)");
  const [systemDark, setSystemDark] = createSignal(system.matches);
  const dark = (): boolean => view.theme === "dark" || (view.theme === "auto" && systemDark());

  createEffect(() => (document.documentElement.dataset["theme"] = dark() ? "dark" : "light"));
  createEffect(() => {
    const event = model.event();
    document.title = event === null ? "bye-splits event display" : `Event ${event.event} – bye-splits`;
  });
  onMount(() => {
    const onScheme = (): void => void setSystemDark(system.matches);
    const onKey = createKeys(model, { help, setHelp });
    const onDrag = (event: DragEvent): void => {
      event.preventDefault();
      setDropping(event.type === "dragover");
      if (event.type === "drop") {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) model.openFiles(files);
      }
    };
    system.addEventListener("change", onScheme);
    addEventListener("keydown", onKey);
    for (const name of ["dragover", "dragleave", "drop"] as const) addEventListener(name, onDrag);
    onCleanup(() => {
      system.removeEventListener("change", onScheme);
      removeEventListener("keydown", onKey);
      for (const name of ["dragover", "dragleave", "drop"] as const) removeEventListener(name, onDrag);
    });
  });

  return (
    <div class="app" classList={{ dropping: dropping() }} data-sheet={sheet()}>
      <Header model={model} onHelp={() => setHelp(true)} />
      <ParameterPanel model={model} />
      <main class="stage">
        <Toolbar model={model} range={range()} />
        <Story model={model} />
        <Pane model={model} dark={dark()} hoveredSeed={hoveredSeed()} onRange={setRange} />
        <Show when={model.busy() !== ""}>
          <p class="busy" role="status">
            {model.busy()}
          </p>
        </Show>
        <Show when={model.problem() !== ""}>
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
        <ClusterTable model={model} hovered={hoveredSeed()} onHover={setHoveredSeed} />
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
        </span>
        <span>{model.chain() === null ? "" : `chain ${model.chain()?.milliseconds.toFixed(1)} ms`}</span>
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
