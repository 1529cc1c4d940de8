/** One event, or studies of many. */
export function PageChoice(props: { page: "event" | "studies"; onPage(page: "event" | "studies"): void }) {
  return (
    <nav class="choice" aria-label="What is shown">
      <button
        type="button"
        aria-pressed={props.page === "event"}
        title="The event display"
        onClick={() => props.onPage("event")}
      >
        Event
      </button>
      <button
        type="button"
        aria-pressed={props.page === "studies"}
        title="Efficiency, response, resolution and more, of studies"
        onClick={() => props.onPage("studies")}
      >
        Studies
      </button>
    </nav>
  );
}
