import { Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { Compare } from "../chain/Compare.js";
import { type Model } from "../model/model.js";
import { Choice } from "../ui/Choice.js";
import { css, type Range, viridis } from "../ui/colours.js";
import { short } from "../ui/numbers.js";
import { VIEW_LIST, VIEWS } from "./views.js";

/** `range`: what the picture's colours mean, where they are a scale. */
export function Toolbar(props: { model: Model; range: Range | null }) {
  const { model } = props;
  const { view, setView } = model;
  return (
    <div class="toolbar">
      <Choice
        label="View"
        value={view.view}
        options={VIEW_LIST.map(([name, { label }]) => [name, label] as const)}
        onChange={(next) => setView({ view: next, camera: "" })}
      />
      <Dynamic component={VIEWS[view.view].Tools} model={model} />
      <Compare model={model} />
      <Show when={props.range}>{(range) => <ColourBar range={range()} />}</Show>
    </div>
  );
}

const STOPS = Array.from({ length: 11 }, (_, k) => css(viridis(k / 10))).join(",");

function ColourBar(props: { range: Range }) {
  return (
    <span
      class="colour-bar"
      role="img"
      aria-label={`${props.range.label}: ${short(props.range.low)} to ${short(props.range.high)}`}
    >
      <span>{short(props.range.low)}</span>
      <span class="ramp" style={{ background: `linear-gradient(90deg, ${STOPS})` }} />
      <span>
        {short(props.range.high)} {props.range.label}
      </span>
    </span>
  );
}
