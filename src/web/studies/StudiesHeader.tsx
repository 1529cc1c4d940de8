import { type Model } from "../model/model.js";
import { PageChoice } from "../ui/PageChoice.js";
import { ThemeChoice } from "../ui/ThemeChoice.js";
import { StudyChoice } from "./StudyChoice.js";

export function StudiesHeader(props: {
  readonly model: Model;
  readonly study: string;
  /** The study in words. */
  readonly about: string;
  /** Rails that are open. */
  readonly isWide: { readonly left: boolean; readonly right: boolean };
  readonly hasNumbers: boolean;
  readonly isCopied: boolean;
  onOpen(study: string): void;
  onWide(side: "left" | "right"): void;
  onCopy(): void;
}) {
  const { view, setView } = props.model;
  return (
    <header class="bar">
      <h1 class="unseen">bye-splits studies</h1>
      <PageChoice page="studies" onPage={(page) => setView({ page })} />
      <StudyChoice model={props.model} study={props.study} onOpen={props.onOpen} />
      <span class="facts-line">{props.about}</span>
      <span class="spacer" />
      <button type="button" aria-pressed={props.isWide.left} onClick={() => props.onWide("left")}>
        pages
      </button>
      <button
        type="button"
        aria-pressed={props.isWide.right}
        disabled={!props.hasNumbers}
        title={props.hasNumbers ? undefined : "This page has no numbers at a point"}
        onClick={() => props.onWide("right")}
      >
        numbers
      </button>
      <button type="button" onClick={() => props.onCopy()}>
        {props.isCopied ? "copied" : "copy link"}
      </button>
      <ThemeChoice theme={view.theme} onTheme={(theme) => setView({ theme })} />
    </header>
  );
}
