/** How many events are read: "first 300 events". */
import { For, type JSX } from "solid-js";

const CHOICES = [100, 300, 1000, 3000, 10_000];

/** `children`: what stands behind it. */
export function FirstEvents(props: { label: string; n: number; onN(n: number): void; children?: JSX.Element }) {
  return (
    <label class="field">
      <span>first</span>
      <select aria-label={props.label} onChange={({ currentTarget }) => props.onN(Number(currentTarget.value))}>
        <For each={[...new Set([...CHOICES, props.n])].toSorted((a, b) => a - b)}>
          {(n) => (
            <option value={n} selected={n === props.n}>
              {n}
            </option>
          )}
        </For>
      </select>
      <span>events</span>
      {props.children}
    </label>
  );
}
