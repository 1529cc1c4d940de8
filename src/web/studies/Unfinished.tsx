import { partsInWords } from "../../core/index.js";
import { onCleanup, Show } from "solid-js";
import { type CatalogStudy } from "../../server/api.js";

/** What changes while one looks is asked for again after this [ms]. */
const REFRESH = 5000;

/** Asks again now and then while there is something to wait for and the page is looked at. To be called in a component. */
export function refreshWhile(isOpen: () => boolean, refresh: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const wait = (): void => {
    if (isOver) return;
    timer = setTimeout(() => void (isOpen() && !document.hidden ? refresh() : Promise.resolve()).then(wait), REFRESH);
  };
  wait();
  onCleanup(() => {
    isOver = true;
    clearTimeout(timer);
  });
}

/** Of a study that is still being computed: how much of it is shown, and how much there is by now. */
export function Unfinished(props: {
  /** Parts that were there when it was opened. */
  there: number;
  all: number;
  now: CatalogStudy | undefined;
  onRefresh(): Promise<void>;
  onAgain(): void;
}) {
  /** Folders that the list of studies counted first: some may be of a study that was begun otherwise. */
  let first: number | undefined;
  const isNew = (): boolean => {
    if (props.now === undefined) return false;
    first ??= props.now.partsDone;
    return props.now.hasResults || props.now.partsDone > Math.max(first, props.there);
  };
  const now = (): string =>
    props.now?.hasResults === true ? "it is combined by now" : `${props.now?.partsDone ?? 0} are there by now`;
  refreshWhile(
    () => props.now?.hasResults !== true,
    () => props.onRefresh(),
  );
  return (
    <p class="unfinished" role="status">
      {partsInWords(props.there, props.all)}: the study is not combined yet, and this is what has come in
      {isNew() ? `; ${now()}` : ""}.{" "}
      <Show when={isNew()}>
        <button type="button" onClick={() => props.onAgain()}>
          show all
        </button>
      </Show>
    </p>
  );
}
