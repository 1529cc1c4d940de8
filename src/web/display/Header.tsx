import { createSignal, For, Show } from "solid-js";
import { ExportMenu } from "./export/ExportMenu.js";
import { randomEntry } from "./keys.js";
import { type Model } from "../model/model.js";
import { ThemeChoice } from "../ui/ThemeChoice.js";
import { PageChoice } from "../ui/PageChoice.js";
import { showStep } from "./Tour.js";
import { fixed, particleName, short } from "../ui/numbers.js";

export function Header(props: { model: Model; other: Model; onHelp: () => void }) {
  const { model } = props;
  const { view, setView } = model;
  const [copied, setCopied] = createSignal(false);
  /** Of a small screen, which has room for the event's number and the steps only. */
  const [isOpen, setOpen] = createSignal(false);
  let files!: HTMLInputElement;
  let entered = false;

  const copy = async (): Promise<void> => {
    // The address follows with a delay: long enough for it to be there.
    await new Promise((resolve) => setTimeout(resolve, 200));
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      model.setProblem(
        `The browser does not let the page copy; the link is the address of this page: ${location.href}`,
      );
    }
  };
  const goTo = (input: HTMLInputElement): void => {
    model.goTo({ by: "event", text: input.value.trim(), endcap: null });
    input.value = model.number();
  };
  const whileOpening = (title: string): string => (model.isOpening() ? "A sample is being opened" : title);
  /** Not so: dropped files, and what a link names but nobody has. */
  const isListed = (): boolean =>
    view.sample === "embedded" || (model.catalog()?.samples ?? []).some(({ id }) => id === view.sample);

  return (
    <header class="bar" classList={{ open: isOpen() }}>
      <h1 class="unseen">bye-splits event display</h1>
      <PageChoice page="event" onPage={(page) => setView({ page })} />
      <label class="field">
        <span>Sample</span>
        <select
          aria-label="Sample"
          value={view.sample}
          onChange={({ currentTarget }) => {
            model.openSample(currentTarget.value, null, { camera: "", pick: "" });
            // It follows when the sample is open.
            currentTarget.value = view.sample;
          }}
        >
          <option value="embedded" selected={view.sample === "embedded"}>
            embedded sample
          </option>
          <Show when={!isListed()}>
            <option value={view.sample} selected>
              {view.sample}
            </option>
          </Show>
          <For each={model.catalog()?.samples ?? []}>
            {({ id }) => (
              <option value={id} selected={view.sample === id}>
                {id}
              </option>
            )}
          </For>
        </select>
      </label>
      <button
        type="button"
        title="A ROOT ntuple, or the Parquet files of a sample; or drop them on the page"
        onClick={() => files.click()}
      >
        open…
      </button>
      <input
        ref={(element) => (files = element)}
        class="hidden"
        type="file"
        multiple
        accept=".root,.parquet,.json"
        aria-label="Open files"
        tabindex="-1"
        onChange={({ currentTarget }) => {
          if ((currentTarget.files?.length ?? 0) > 0) model.openFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      <span class="group">
        <label class="field">
          <span>Event</span>
          <input
            class="event-number"
            inputmode="numeric"
            aria-label="Event number"
            list="default-events"
            title={whileOpening("Event number, or run:lumi:event; once more: the next one of that number")}
            disabled={model.isOpening()}
            value={model.number()}
            onKeyDown={({ key, currentTarget }) => {
              // A number that is entered once more is no change, but means the next of its entries.
              if (key !== "Enter") return;
              entered = true;
              setTimeout(() => (entered = false));
              goTo(currentTarget);
            }}
            onChange={({ currentTarget }) => !entered && goTo(currentTarget)}
          />
          <datalist id="default-events">
            <For each={model.defaultEvents()}>{(event) => <option value={String(event)}>default event</option>}</For>
          </datalist>
        </label>
        <button
          type="button"
          aria-label="Previous event"
          title={whileOpening("Previous event (←)")}
          disabled={model.isOpening() || model.cursor() <= 0}
          onClick={() => model.goToEntry(model.cursor() - 1)}
        >
          ‹
        </button>
        <button
          type="button"
          aria-label="Next event"
          title={whileOpening("Next event (→)")}
          disabled={model.isOpening() || model.cursor() + 1 >= (model.source()?.event.length ?? 0)}
          onClick={() => model.goToEntry(model.cursor() + 1)}
        >
          ›
        </button>
        <span class="entry" title="Number of the entry in the sample, from 0: what links name">
          {model.entry() < 0 ? "no entry shown" : `entry ${model.entry()} of ${model.source()?.event.length ?? 0}`}
        </span>
        <button
          type="button"
          class="random"
          title={whileOpening("Random event (r)")}
          disabled={model.isOpening()}
          onClick={() => randomEntry(model)}
        >
          random
        </button>
      </span>
      <button type="button" class="more" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
        menu
      </button>
      <span class="facts-line">
        <Show
          when={model.event()?.particles.at(0)}
          fallback={model.event() === null ? "nothing is shown" : "no particle"}
        >
          {(particle) => (
            <span>
              gen {particleName(particle().pid)} <b>pT {short(particle().pt)} GeV</b>, η {fixed(particle().eta, 2)}, φ{" "}
              {fixed(particle().phi, 2)}
            </span>
          )}
        </Show>
        <Show when={model.chain()?.record?.isSplit}>
          <span class="badge">split</span>
        </Show>
        <Show when={model.chain()?.seeds.length === 0}>
          <span class="badge">no seed</span>
        </Show>
      </span>
      <span class="spacer" />
      <button
        type="button"
        title="Five steps: what the chain does, and why a photon splits"
        onClick={() => showStep(model, 1)}
      >
        tour
      </button>
      <button type="button" onClick={() => void copy()}>
        {copied() ? "copied" : "copy link"}
      </button>
      <ExportMenu model={model} other={props.other} />
      <ThemeChoice theme={view.theme} onTheme={(theme) => setView({ theme })} />
      <button type="button" aria-label="Help" title="Help (?)" onClick={() => props.onHelp()}>
        ?
      </button>
    </header>
  );
}
