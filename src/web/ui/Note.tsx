/** What there is to say of the page as it is, until it is dismissed or is another. */
import { createSignal, Show } from "solid-js";

export function Note(props: { text: string }) {
  const [dismissed, setDismissed] = createSignal("");
  return (
    <Show when={props.text !== "" && props.text !== dismissed()}>
      <div class="problem note" role="status">
        <span>{props.text}</span>
        <button type="button" onClick={() => setDismissed(props.text)} aria-label="Dismiss this note">
          ×
        </button>
      </div>
    </Show>
  );
}
