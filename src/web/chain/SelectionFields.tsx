/** The controls of the selection. */
import { createUniqueId, For } from "solid-js";
import { formatRange, parseRange } from "../model/selection.js";

/** One of some words. */
export function Words<W extends string>(props: {
  label: string;
  value: W;
  words: readonly (readonly [W, string])[];
  onWord(word: W): void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select value={props.value} onChange={({ currentTarget }) => props.onWord(currentTarget.value as W)}>
        <For each={props.words}>
          {([word, text]) => (
            <option value={word} selected={props.value === word}>
              {text}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

/** From and to, either may be empty. */
export function RangeInput(props: { name: string; step: number; text: string; onText(text: string): void }) {
  const id = createUniqueId();
  const ends = (): readonly [string, string] => {
    const { lo, hi } = parseRange(props.text);
    return [lo === -Infinity ? "" : String(lo), hi === Infinity ? "" : String(hi)];
  };
  let from!: HTMLInputElement;
  let to!: HTMLInputElement;
  const change = (): void => {
    const [lo, hi] = [from.value, to.value];
    const isRange = lo === "" || hi === "" || Number(lo) < Number(hi);
    from.setCustomValidity(isRange ? "" : "from must be below to");
    if (isRange) props.onText(formatRange(parseRange(`${lo}:${hi}`)));
  };
  return (
    <span class="field" role="group" aria-labelledby={id}>
      <span id={id}>{props.name}</span>
      <input
        ref={(element) => (from = element)}
        type="number"
        min="0"
        step={props.step}
        aria-label={`${props.name} from`}
        placeholder="from"
        value={ends()[0]}
        onInput={change}
      />
      <input
        ref={(element) => (to = element)}
        type="number"
        min="0"
        step={props.step}
        aria-label={`${props.name} to`}
        placeholder="to"
        value={ends()[1]}
        onInput={change}
      />
    </span>
  );
}
