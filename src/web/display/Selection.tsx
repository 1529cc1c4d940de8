import { Show } from "solid-js";
import { Facts } from "./HoverCard.js";
import { type Model } from "../model/model.js";
import { factsOf, titleOf } from "./pick.js";

/** What is picked. */
export function Selection(props: { model: Model }) {
  const { model } = props;
  const picked = () => model.picked();
  return (
    <section class="selection" aria-label="Selection">
      <h2>Selection</h2>
      <Show
        when={picked() !== null && model.event() !== null}
        fallback={<p class="empty">Click a trigger cell, a bin, a seed or a row to pin what it says here.</p>}
      >
        {(() => {
          const [pick, event] = [picked(), model.event()];
          if (pick === null || event === null) return null;
          return (
            <div data-picked={model.view.pick}>
              <strong>{titleOf(pick, event)}</strong>
              <Facts facts={factsOf(pick, event, model.chain())} />
            </div>
          );
        })()}
      </Show>
    </section>
  );
}
