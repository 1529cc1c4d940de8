import { For, Show } from "solid-js";
import { type Model } from "../model/model.js";
import { factsOf, titleOf } from "./pick.js";
import { type Fact } from "./pick-kind.js";
import { type Picked } from "../model/picked.js";
import { type Size } from "../ui/size.js";

/** Of the card, and its distance to the pointer [px]. */
const WIDTH = 220;
const GAP = 14;

/** Beside the pointer, on the side with room; above or below it where the picture is too narrow. */
export function HoverCard(props: { model: Model; picked: Picked; x: number; y: number; size: Size }) {
  const beside = (): number => (props.x > props.size.width / 2 ? props.x - GAP - WIDTH : props.x + GAP);
  const above = (): boolean => props.y > props.size.height / 2;
  const place = (): Record<string, string> => ({
    width: `${WIDTH}px`,
    left: `${Math.max(0, Math.min(props.size.width - WIDTH, beside()))}px`,
    [above() ? "bottom" : "top"]: `${(above() ? props.size.height - props.y : props.y) + GAP}px`,
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
