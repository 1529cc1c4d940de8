import { For, Show } from "solid-js";
import { Choice } from "../ui/Choice.js";
import { type Model } from "../model/model.js";
import { short } from "../ui/numbers.js";
import { type ViewState } from "../model/view-state.js";
import { QUANTITIES } from "./plane/scene.js";

/** Which trigger cells are drawn, and in which colours, for captions. */
export function cellsInWords({ mip, colour, quantity }: ViewState): string {
  return `trigger cells with mipPt > ${short(mip)} mip_T, coloured by ${colour === "cluster" ? colour : QUANTITIES[quantity].label}`;
}

/** Which trigger cells are drawn, and in which colours. */
export function CellTools(props: { model: Model }) {
  const { view, setView } = props.model;
  return (
    <>
      <label class="slider">
        <span>mipPt &gt; {short(view.mip)}</span>
        <input
          type="range"
          min="0.5"
          max="20"
          step="0.5"
          value={view.mip}
          aria-label="Trigger cells with mipPt above"
          onInput={({ currentTarget }) => setView({ mip: Number(currentTarget.value) })}
        />
      </label>
      <Choice
        label="Colour by"
        value={view.colour}
        options={[
          ["cluster", "clusters"],
          ["energy", "energy"],
        ]}
        onChange={(colour) => setView({ colour })}
      />
      <Show when={view.colour === "energy"}>
        <select
          aria-label="Quantity"
          value={view.quantity}
          onChange={({ currentTarget }) => setView({ quantity: currentTarget.value as typeof view.quantity })}
        >
          <For each={Object.entries(QUANTITIES)}>
            {([name, { label }]) => (
              <option value={name} selected={view.quantity === name}>
                {label}
              </option>
            )}
          </For>
        </select>
        <ScaleChoice model={props.model} />
      </Show>
    </>
  );
}

/** Logarithmic or linear colours. */
export function ScaleChoice(props: { model: Model }) {
  const { view, setView } = props.model;
  return (
    <Choice
      label="Colour scale"
      value={view.scale}
      options={[
        ["log", "log"],
        ["linear", "linear"],
      ]}
      onChange={(scale) => setView({ scale })}
    />
  );
}
