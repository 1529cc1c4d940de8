/** The keyboard of the pages of studies. */
import { onCleanup } from "solid-js";

/** What each key does, until the owner goes; keys that are typed somewhere, or are the browser's, are left alone. */
export function listenToKeys(keys: Readonly<Record<string, () => void>>): void {
  const onKey = (event: KeyboardEvent): void => {
    const isTyping =
      event.target instanceof Element && event.target.closest("input, select, summary, .scroll") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  };
  addEventListener("keydown", onKey);
  onCleanup(() => removeEventListener("keydown", onKey));
}
