import { For } from "solid-js";

export const SHEETS = ["selection", "parameters", "numbers"] as const;
export type Sheet = (typeof SHEETS)[number];

/** On a phone one of these covers the lower half; one that the page has nothing for cannot be opened. */
export function Sheets(props: { shown: Sheet | ""; has(name: Sheet): boolean; onSheet(name: Sheet | ""): void }) {
  return (
    <nav class="sheets" aria-label="Sheets">
      <For each={SHEETS}>
        {(name) => (
          <button
            type="button"
            aria-pressed={props.shown === name}
            disabled={!props.has(name)}
            title={props.has(name) ? undefined : `This page has no ${name}`}
            onClick={() => props.onSheet(props.shown === name ? "" : name)}
          >
            {name}
          </button>
        )}
      </For>
    </nav>
  );
}
