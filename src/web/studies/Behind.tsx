import { createEffect, For, on, onMount, Show } from "solid-js";
import { type Catalog } from "../../server/api.js";
import { DEFAULT_VIEW, encodeView, type PageParts, type ViewState } from "../model/view-state.js";
import { type Settings } from "../model/parameters.js";
import { type EventsBehind, type StudyInfo } from "./protocol.js";

interface Props {
  readonly behind: EventsBehind;
  readonly info: StudyInfo;
  /** Id of the study in the catalog. */
  readonly study: string;
  readonly radius: number;
  readonly catalog: Catalog | null;
  readonly theme: ViewState["theme"];
  /** Entries that statistics read. */
  readonly n: number;
  /** That was clicked; "" for none. */
  readonly bin: string;
  onBin(bin: string): void;
  /** Kept in links, so that going back finds the page as it was. */
  readonly parts: PageParts;
}

/** The id of a sample that a study names by its path from there; undefined for one that leads out of the data folder. */
function sampleId(study: string, path: string): string | undefined {
  const names = study.split("/");
  for (const name of path.split("/")) {
    if (name === "..") {
      if (names.pop() === undefined) return undefined;
    } else if (name !== "." && name !== "") names.push(name);
  }
  return names.join("/") || ".";
}

/** The link that one followed last: who comes back finds it again. */
let followed = "";

/** Events behind the numbers of a page, as links into the display: the same sample, chain and radius. */
export function Behind(props: Props) {
  const link = (sample: number, entry: number): string | undefined => {
    const { path, shown } = props.info.samples[sample];
    const { theme } = props;
    const radius: Settings = Number.isNaN(props.radius) ? {} : { radius: String(props.radius) };
    if (shown !== undefined) {
      const { id, chain, settings } = shown;
      const view = {
        ...DEFAULT_VIEW,
        theme,
        sample: id,
        entry,
        chain,
        settings: { ...settings, ...radius },
        n: props.n,
      };
      return `#${encodeView(view, props.parts)}`;
    }
    const chain = props.behind.shown?.chain ?? props.info.chain;
    const id = path === undefined ? undefined : sampleId(props.study, path);
    if (id === undefined || chain === undefined) return undefined;
    if (props.catalog?.samples.some((each) => each.id === id) !== true) return undefined;
    const settings = props.behind.shown?.settings ?? { ...props.info.settings, ...radius };
    const view = { ...DEFAULT_VIEW, theme, sample: id, entry, chain: chain as ViewState["chain"], settings };
    return `#${encodeView(view, props.parts)}`;
  };
  let details!: HTMLDetailsElement;
  function comeBack(element: HTMLAnchorElement, href: string): void {
    if (href !== followed) return;
    followed = "";
    details.open = true;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }
  createEffect(
    on(
      () => props.bin,
      (bin) => {
        if (bin === "") return;
        details.open = true;
        // Its list comes with the next answer.
        setTimeout(() => details.scrollIntoView({ block: "nearest" }), 150);
      },
      { defer: true },
    ),
  );
  return (
    <details class="behind" ref={(element) => (details = element)} open={props.bin !== ""}>
      <summary>{props.behind.caption}</summary>
      <Show when={props.bin !== ""}>
        <button type="button" onClick={() => props.onBin("")}>
          {props.bin.startsWith("point:") ? "no point" : "all bins"}
        </button>
      </Show>
      <ol>
        <For each={props.behind.rows}>
          {({ sample, entry, text }) => (
            <li>
              <Show when={link(sample, entry)} fallback={`entry ${entry}`}>
                {(href) => (
                  <a
                    href={href()}
                    ref={(element) => onMount(() => comeBack(element, href()))}
                    onClick={() => (followed = href())}
                  >
                    entry {entry}
                  </a>
                )}
              </Show>{" "}
              of {props.info.samples[sample].name}: {text}
            </li>
          )}
        </For>
      </ol>
    </details>
  );
}
