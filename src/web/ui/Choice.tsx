import { For } from "solid-js";

/** A few words of which one is chosen. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <span class="choice" role="group" aria-label={props.label}>
      <For each={props.options}>
        {([value, text]) => (
          <button type="button" aria-pressed={props.value === value} onClick={() => props.onChange(value)}>
            {text}
          </button>
        )}
      </For>
    </span>
  );
}
