import { counted } from "../../core/index.js";
import { createSignal, Show } from "solid-js";
import { type SurveyRow } from "../data/protocol.js";
import { KEPT } from "../model/kept-points.js";
import { type Model } from "../model/model.js";
import { sampleWord } from "../model/command-line.js";
import { commandLine } from "../model/parameters.js";
import { createCut, selectionInWords } from "../model/selection.js";

/** Settings are compared over time: what each made of the sample can be kept, and is a page of the studies. */
export function Keep(props: { model: Model; b: Model }) {
  const { model } = props;
  const { view, kept, setView, setParts, parts } = model;
  const [isKept, setKept] = createSignal(false);
  const keep = async (): Promise<void> => {
    const rows = model.rows();
    const { EtaMin, EtaMax } = model.params().base;
    const isSelected = createCut(view);
    const isCompared = model.statistics()?.b != null;
    const selected = selectionInWords(view);
    const of = `${model.source()?.name ?? view.sample}, first ${counted(model.statistics()?.events ?? 0, "event")}${selected === "" ? "" : `, ${selected}`}`;
    const sides = [model, ...(isCompared ? [props.b] : [])];
    const { figuresOfRows } = await import("./keep.js");
    for (const side of sides) {
      const isOnBoth = (row: SurveyRow): boolean => !isCompared || row.b !== null;
      kept.add({
        at: new Date().toISOString(),
        sample: of,
        chain: side.chainName(),
        settings: { ...side.settings() },
        figures: figuresOfRows(
          rows.filter(isOnBoth),
          (row) => (side.side === "A" ? row.a : row.b),
          (particle) =>
            Math.abs(particle.eta) > EtaMin &&
            Math.abs(particle.eta) < EtaMax &&
            particle.energy > 0 &&
            isSelected(particle),
        ),
        command: commandLine(
          side.chainName(),
          side.settings(),
          side.params(),
          sampleWord(view.sample, model.specOf(view.sample)),
        ),
      });
    }
    setKept(true);
    setTimeout(() => setKept(false), 2000);
  };
  const isRun = (): boolean => view.compare.startsWith("run:");
  return (
    <p class="keep">
      <button
        type="button"
        disabled={model.surveying() || isRun()}
        title={
          isRun()
            ? "A run has points of its own: bye-splits report shows them"
            : "This setting and its numbers, to compare it with others later"
        }
        onClick={() => keep().catch((error: unknown) => model.fail("The point cannot be kept", error))}
      >
        {isKept() ? "kept" : "keep this point"}
      </button>
      <Show when={kept.points().length > 0}>
        <button
          type="button"
          onClick={() => {
            setParts({ ...parts(), "studies.study": KEPT });
            setView({ page: "studies" });
          }}
        >
          compare {kept.points().length} kept
        </button>
      </Show>
    </p>
  );
}
