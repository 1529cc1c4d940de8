import { For, Show } from "solid-js";
import { type Model } from "./model.js";
import { type Fact, factsOf, titleOf } from "./pick.js";
import { type Picked } from "./picked.js";
import { type Size } from "./Picture.js";

/** Beside the pointer, on the side with room. */
export function HoverCard(props: { model: Model; picked: Picked; x: number; y: number; size: Size }) {
  const left = (): boolean => props.x > props.size.width / 2;
  const above = (): boolean => props.y > props.size.height / 2;
  const place = (): Record<string, string> => ({
    [left() ? "right" : "left"]: `${(left() ? props.size.width - props.x : props.x) + 14}px`,
    [above() ? "bottom" : "top"]: `${(above() ? props.size.height - props.y : props.y) + 14}px`,
  });
  return (
    <Show when={props.model.event()}>
      {(event) => (
        <div class="hover-card" style={place()} data-kind={props.picked.kind} data-index={props.picked.index}>
          <strong>{titleOf(props.picked, event())}</strong>
          <Facts facts={factsOf(props.picked, event(), props.model.chain())} />
        </div>
      )}
    </Show>
  );
}

export function Facts(props: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      <For each={props.facts}>
        {([name, value, exact]) => (
          <div>
            <dt>{name}</dt>
            <dd title={exact}>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
