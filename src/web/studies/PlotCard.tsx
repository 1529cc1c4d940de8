import { Show } from "solid-js";

/** The words beside the pointer; nothing without any. */
export function PlotCard(props: { text: string; x: number; y: number }) {
  return (
    <Show when={props.text !== ""}>
      <div
        class="plot-card"
        style={{
          left: `${Math.min(props.x + 14, innerWidth - 260)}px`,
          top: `${Math.min(props.y + 14, innerHeight - 120)}px`,
        }}
      >
        {props.text}
      </div>
    </Show>
  );
}
