/** The pages, and of samples without a study the chain and parameters that make their clusters. */
import { counted } from "../../core/index.js";
import { createEffect, For, on, Show } from "solid-js";
import { ParameterPanel } from "../chain/ParameterPanel.js";
import { type Model } from "../model/model.js";
import { type PageInfo } from "./protocol.js";
import { unusedIn } from "./scanned.js";

interface Props {
  readonly model: Model;
  readonly other: Model;
  readonly pages: readonly PageInfo[];
  /** Id of the one that is looked at. */
  readonly shown: string;
  /** How many it has, when it is drawn. */
  readonly plots: number;
  readonly isDrawn: boolean;
  readonly isLive: boolean;
  /** Of samples that are read in the page; null: as the parameters say. */
  readonly radii: readonly number[] | null;
  /** The same on the command line; undefined while nothing is shown. */
  readonly command: string | undefined;
  onPage(id: string): void;
}

export function LeftRail(props: Props) {
  let pages!: HTMLElement;
  // Keys turn pages too: who is among them stays at the one that is shown.
  createEffect(
    on(
      () => props.shown,
      () => {
        if (!pages.contains(document.activeElement)) return;
        queueMicrotask(() => pages.querySelector<HTMLElement>('[aria-current="page"]')?.focus());
      },
      { defer: true },
    ),
  );
  return (
    <div class="left">
      <nav class="pages" aria-label="Pages" ref={(element) => (pages = element)}>
        <For each={props.pages}>
          {({ id, title }) => (
            <button
              type="button"
              aria-current={props.shown === id ? "page" : undefined}
              onClick={() => props.onPage(id)}
            >
              {title}
              <Show when={props.shown === id && props.isDrawn}>
                <small> {counted(props.plots, "plot")}</small>
              </Show>
            </button>
          )}
        </For>
      </nav>
      <Show when={props.isLive}>
        <details class="left-parameters" open>
          <summary>Chain and parameters</summary>
          <ParameterPanel
            model={props.model}
            other={props.other}
            unused={(key) => unusedIn(props.radii, key)}
            command={props.command}
          />
        </details>
      </Show>
    </div>
  );
}
