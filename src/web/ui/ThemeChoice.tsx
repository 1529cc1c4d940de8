import { For } from "solid-js";

const THEMES = ["auto", "light", "dark"] as const;

/** Dark, light, or as the system is. */
export function ThemeChoice(props: { theme: (typeof THEMES)[number]; onTheme(theme: (typeof THEMES)[number]): void }) {
  return (
    <select
      aria-label="Colours of the page"
      value={props.theme}
      onChange={({ currentTarget }) => props.onTheme(currentTarget.value as (typeof THEMES)[number])}
    >
      <For each={THEMES}>
        {(theme) => (
          <option value={theme} selected={props.theme === theme}>
            {theme}
          </option>
        )}
      </For>
    </select>
  );
}
