import { Match, Show, Switch } from "solid-js";
import { CellTools, ScaleChoice } from "./CellTools.js";
import { Choice } from "../ui/Choice.js";
import { Compare } from "../chain/Compare.js";
import { CoarseTools } from "./coarse/CoarseTools.js";
import { css, type Range, viridis } from "../ui/colours.js";
import { DetectorTools } from "./detector/DetectorTools.js";
import { togglePlay } from "./keys.js";
import { type Model } from "../model/model.js";
import { short } from "../ui/numbers.js";
import { type ViewState } from "../model/view-state.js";

/** Views in the order of their tabs. */
const VIEWS: readonly (readonly [ViewState["view"], string])[] = [
  ["layer", "Layers"],
  ["detector", "Detector"],
  ["histogram", "Histogram"],
  ["coarse", "Coarse seeds"],
];

/** `range`: what the picture's colours mean, where they are a scale. */
export function Toolbar(props: { model: Model; range: Range | null }) {
  const { model } = props;
  const { view, setView } = model;
  return (
    <div class="toolbar">
      <Choice label="View" value={view.view} options={VIEWS} onChange={(next) => setView({ view: next, camera: "" })} />
      <Switch>
        <Match when={view.view === "layer"}>
          <LayerTools model={model} />
        </Match>
        <Match when={view.view === "histogram"}>
          <HistogramTools model={model} />
        </Match>
        <Match when={view.view === "detector"}>
          <DetectorTools model={model} />
        </Match>
        <Match when={view.view === "coarse"}>
          <CoarseTools model={model} />
        </Match>
      </Switch>
      <Compare model={model} />
      <Show when={props.range}>{(range) => <ColourBar range={range()} />}</Show>
    </div>
  );
}

function LayerTools(props: { model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  return (
    <>
      <label class="slider">
        <span>{view.layer === 0 ? "all layers" : `layer ${view.layer}`}</span>
        <input
          type="range"
          min="0"
          max="50"
          value={view.layer}
          aria-label="Layer (0: all layers)"
          onInput={({ currentTarget }) => setView({ layer: Number(currentTarget.value) })}
        />
      </label>
      <button type="button" title="Play through the layers (space)" onClick={() => togglePlay(model)}>
        play
      </button>
      <button type="button" aria-pressed={view.layer === 0} onClick={() => setView({ layer: 0 })}>
        all
      </button>
      <CellTools model={model} />
    </>
  );
}

function HistogramTools(props: { model: Model }) {
  const { view, setView } = props.model;
  return (
    <>
      <Choice
        label="Step"
        value={view.step}
        options={[
          ["filled", "1 filled"],
          ["smoothed", "2 smoothed"],
          ["seeds", "3 seeds"],
        ]}
        onChange={(step) => setView({ step })}
      />
      <Choice
        label="Map"
        value={view.map}
        options={[
          ["flat", "flat"],
          ["polar", "polar"],
        ]}
        onChange={(map) => setView({ map, camera: "" })}
      />
      <ScaleChoice model={props.model} />
    </>
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
