import { For, Show } from "solid-js";
import { css, viridis } from "./colours.js";
import { togglePlay } from "./keys.js";
import { type Model } from "./model.js";
import { short } from "./numbers.js";
import { QUANTITIES, histogramScene, layerScene } from "./scene.js";

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <span class="choice" role="group" aria-label={props.label}>
      <For each={props.options}>
        {([value, text]) => (
          <button type="button" aria-pressed={props.value === value} onClick={() => props.onChange(value)}>
            {text}
          </button>
        )}
      </For>
    </span>
  );
}

export function Toolbar(props: { model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  const isLayer = (): boolean => view.view === "layer";
  return (
    <div class="toolbar">
      <Choice
        label="View"
        value={view.view}
        options={[
          ["layer", "Layers"],
          ["histogram", "Histogram"],
        ]}
        onChange={(next) => setView({ view: next, camera: "" })}
      />
      <Show
        when={isLayer()}
        fallback={
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
          </>
        }
      >
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
        <label class="slider">
          <span>mipPt &gt; {short(view.mip)}</span>
          <input
            type="range"
            min="0.5"
            max="20"
            step="0.5"
            value={view.mip}
            aria-label="Trigger cells with mipPt above"
            onInput={({ currentTarget }) => setView({ mip: Number(currentTarget.value) })}
          />
        </label>
        <Choice
          label="Colour by"
          value={view.colour}
          options={[
            ["cluster", "clusters"],
            ["energy", "energy"],
          ]}
          onChange={(colour) => setView({ colour })}
        />
        <Show when={view.colour === "energy"}>
          <select
            aria-label="Quantity"
            value={view.quantity}
            onChange={({ currentTarget }) => setView({ quantity: currentTarget.value as typeof view.quantity })}
          >
            <For each={Object.entries(QUANTITIES)}>
              {([name, { label }]) => (
                <option value={name} selected={view.quantity === name}>
                  {label}
                </option>
              )}
            </For>
          </select>
        </Show>
      </Show>
      <Show when={!isLayer() || view.colour === "energy"}>
        <Choice
          label="Colour scale"
          value={view.scale}
          options={[
            ["log", "log"],
            ["linear", "linear"],
          ]}
          onChange={(scale) => setView({ scale })}
        />
        <ColourBar model={model} />
      </Show>
    </div>
  );
}

const STOPS = Array.from({ length: 11 }, (_, k) => css(viridis(k / 10))).join(",");

function ColourBar(props: { model: Model }) {
  const range = () => {
    const { event, chain, view } = props.model;
    const [now, result] = [event(), chain()];
    if (now === null || result === null || result.assignment.length !== now.n) return null;
    return (view.view === "layer" ? layerScene(now, result, view, -1) : histogramScene(result, view)).range;
  };
  return (
    <Show when={range()}>
      {(bar) => (
        <span class="colour-bar" role="img" aria-label={`${bar().label}: ${short(bar().low)} to ${short(bar().high)}`}>
          <span>{short(bar().low)}</span>
          <span class="ramp" style={{ background: `linear-gradient(90deg, ${STOPS})` }} />
          <span>
            {short(bar().high)} {bar().label}
          </span>
        </span>
      )}
    </Show>
  );
}
