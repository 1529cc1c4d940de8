/** Turn-on curves and split fractions of the survey: figures of the report, drawn by the worker. */
import { counted } from "../../core/index.js";
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { CURVE_NAMES, type CurveName } from "../data/curve-names.js";
import { type CurveRequest } from "../data/protocol.js";
import { type Model } from "../model/model.js";

export function Curves(props: { model: Model; b: Model }) {
  const { model } = props;
  const [curve, setCurve] = createSignal<CurveName>("turn-on-10");
  const [svg, setSvg] = createSignal("");
  /** Null until the survey has come to its end: curves of half of it would flicker. */
  const request = (): CurveRequest | null => {
    const found = model.statistics();
    const source = model.source();
    if (found === null || source === null || model.surveying()) return null;
    const sideOf = (side: Model, name: string, { entries }: { entries: CurveRequest["sides"][number]["entries"] }) => ({
      name,
      chain: side.chainName(),
      params: side.params(),
      entries,
    });
    const sides = [sideOf(model, "A", found.a), ...(found.b === null ? [] : [sideOf(props.b, "B", found.b)])];
    return { curve: curve(), sides, what: `${source.name}, ${counted(found.events, "event")}` };
  };
  let asked = 0;
  createEffect(
    on([request], ([wanted]) => {
      const own = ++asked;
      if (wanted === null) return;
      model.curve(wanted).then(
        (drawn) => own === asked && setSvg(drawn),
        (error: unknown) => own === asked && model.fail("The curve cannot be drawn", error),
      );
    }),
  );
  return (
    <div class="curves">
      <label class="field">
        <span>curve</span>
        <select aria-label="Curve" onChange={({ currentTarget }) => setCurve(currentTarget.value as CurveName)}>
          <For each={Object.entries(CURVE_NAMES)}>
            {([name, label]) => (
              <option value={name} selected={name === curve()}>
                {label}
              </option>
            )}
          </For>
        </select>
      </label>
      <Show when={svg() !== ""}>
        <div class="curve" role="group" aria-label="Curve of the sample" tabIndex={0} innerHTML={svg()} />
      </Show>
    </div>
  );
}
