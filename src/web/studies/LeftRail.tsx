/** The pages, and of samples without a study the chain and parameters that make their clusters. */
import { For, Show } from "solid-js";
import { ParameterPanel } from "../chain/ParameterPanel.js";
import { type Model } from "../model/model.js";
import { counted } from "../ui/numbers.js";
import { type PageInfo } from "./protocol.js";

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
  onPage(id: string): void;
}

export function LeftRail(props: Props) {
  return (
    <div class="left">
      <nav class="pages" aria-label="Pages">
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
          <ParameterPanel model={props.model} other={props.other} />
        </details>
      </Show>
    </div>
  );
}
