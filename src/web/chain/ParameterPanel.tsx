import { CHAINS, isChainName } from "../../chain/index.js";
import { createSignal, For, Show } from "solid-js";
import { Thresholds } from "./Thresholds.js";
import { binsOf, pointsCommand, sampleWord } from "../model/command-line.js";
import { type Model } from "../model/model.js";
import { commandLine, defaultText, isRead, type Parameter, PARAMETERS } from "../model/parameters.js";
import { short } from "../ui/numbers.js";
import { findWeights, weightsName, withWeights } from "../model/weights.js";

const GROUPS = ["Histogram", "Smoothing", "Seeding", "Coarse seeds", "Clustering"] as const;

interface Around {
  /** Why the page does not use a parameter now; "" where it does. */
  unused?(key: string): string;
  /** The same on the command line, where the page is of more than the open sample. */
  readonly command?: string;
}

/** The parameters of one side; with a comparison of two settings a tab for each. */
export function ParameterPanel(props: { model: Model; other: Model } & Around) {
  const { view } = props.model;
  const [second, setSecond] = createSignal(false);
  const both = (): boolean => view.compare === "settings";
  return (
    <aside class="panel" aria-label="Parameters">
      <Show when={both()}>
        <div class="choice sides" role="group" aria-label="Side">
          <button type="button" class="side-a" aria-pressed={!second()} onClick={() => setSecond(false)}>
            A
          </button>
          <button type="button" class="side-b" aria-pressed={second()} onClick={() => setSecond(true)}>
            B
          </button>
        </div>
      </Show>
      <Show
        when={both() && second()}
        fallback={<Parameters model={props.model} unused={props.unused} command={props.command} />}
      >
        <Parameters model={props.other} unused={props.unused} command={props.command} />
      </Show>
    </aside>
  );
}

function Parameters(props: { model: Model } & Around) {
  const { model } = props;
  const [all, setAll] = createSignal(false);
  /** With a range of particles the study that has it as a bin. */
  const command = (): string => {
    if (props.command !== undefined) return props.command;
    const [chain, settings, params] = [model.chainName(), model.settings(), model.params()];
    const { view } = model;
    const sample = sampleWord(view.sample, model.specOf(view.sample));
    if (binsOf(view).length === 0) return commandLine(chain, settings, params, sample);
    return pointsCommand({ samples: [sample], chain, settings, params, radii: null, limit: view.n, selection: view });
  };
  const shown = (group: string): Parameter[] =>
    PARAMETERS.filter(
      (parameter) =>
        parameter.group === group &&
        isRead(parameter, model.chainName()) &&
        (all() || parameter.main === true || model.settings()[parameter.key] !== undefined),
    );
  return (
    <>
      <div class="panel-head">
        <h2>Parameters</h2>
        <button
          type="button"
          disabled={Object.keys(model.settings()).length === 0}
          onClick={() => model.setSettings({})}
        >
          reset all
        </button>
      </div>
      <label class="parameter">
        <span class="name">chain</span>
        <select
          aria-label="chain"
          onChange={({ currentTarget }) => isChainName(currentTarget.value) && model.setChainName(currentTarget.value)}
        >
          <For each={CHAINS}>
            {({ name, choice }) => (
              <option value={name} selected={model.chainName() === name}>
                {choice}
              </option>
            )}
          </For>
        </select>
      </label>
      <For each={GROUPS}>
        {(group) => (
          <Show when={shown(group).length > 0}>
            <fieldset>
              <legend>{group}</legend>
              <Show when={group === "Clustering"}>
                <Weights model={model} />
              </Show>
              <For each={shown(group)}>
                {(parameter) =>
                  parameter.key === "cs.threshold" ? (
                    <Thresholds model={model} />
                  ) : (
                    <Field model={model} parameter={parameter} unused={props.unused?.(parameter.key) ?? ""} />
                  )
                }
              </For>
            </fieldset>
          </Show>
        )}
      </For>
      <button type="button" aria-expanded={all()} onClick={() => setAll(!all())}>
        {all() ? "fewer parameters" : "all parameters"}
      </button>
      <Show when={model.settingsError() !== ""}>
        <p class="field-error" role="alert">
          {model.settingsError()}. The picture shows the last values that work.
        </p>
      </Show>
      <details class="command">
        <summary>the same on the command line</summary>
        <code>{command()}</code>
      </details>
    </>
  );
}

/** Weights of studies in the data folder. */
function Weights(props: { model: Model }) {
  const { model } = props;
  const list = () => model.catalog()?.weights ?? [];
  const chosen = (): number => findWeights(model.settings(), list());
  return (
    <Show when={list().length > 0}>
      <label class="parameter below" classList={{ changed: chosen() >= 0 }}>
        <span class="name">weights of a study</span>
        <select
          aria-label="weights of a study"
          title={chosen() < 0 ? "the pT of clusters as it is" : weightsName(list()[chosen()])}
          onChange={({ currentTarget }) =>
            model.setSettings(withWeights(model.settings(), list()[Number(currentTarget.value)] ?? null))
          }
        >
          <option value="-1" selected={chosen() < 0}>
            none
          </option>
          <For each={list()}>
            {(weights, i) => (
              <option value={i()} selected={chosen() === i()}>
                {weightsName(weights)}
              </option>
            )}
          </For>
        </select>
      </label>
    </Show>
  );
}

function Field(props: { model: Model; parameter: Parameter; unused: string }) {
  const { model, parameter } = props;
  const { key, kind, label, unit, min, max, step, options } = parameter;
  const changed = (): boolean => model.settings()[key] !== undefined;
  const value = (): string => model.settings()[key] ?? defaultText(key);
  const set = (text: string): void => model.setSetting(key, text === defaultText(key) ? null : text);
  const name = `${label}${unit === "" ? "" : ` [${unit}]`}`;
  /** Bounds, and the default where it is short enough to be read. */
  const hint = (): string => {
    if (props.unused !== "") return props.unused;
    const usual = defaultText(key);
    const standard = key === "radius" ? "by layer" : usual.length > 24 ? "a list" : usual;
    return `default ${standard}${min === undefined ? "" : `, ${short(min)} to ${short(max ?? 0)}`}`;
  };
  const sliderValue = (): string => (value() === "" ? String(largestRadius(model)) : value());
  return (
    <div class="parameter" classList={{ changed: changed(), unused: props.unused !== "" }}>
      <span class="name" title={`${key}: ${hint()}`}>
        {name}
      </span>
      {kind === "choice" ? (
        <select
          aria-label={name}
          title={hint()}
          disabled={props.unused !== ""}
          onChange={({ currentTarget }) => set(currentTarget.value)}
        >
          <For each={options ?? []}>
            {(option) => (
              <option value={option} selected={value() === option}>
                {option}
              </option>
            )}
          </For>
        </select>
      ) : kind === "switch" ? (
        <input
          type="checkbox"
          aria-label={name}
          title={hint()}
          disabled={props.unused !== ""}
          checked={value() === "true"}
          onChange={({ currentTarget }) => set(String(currentTarget.checked))}
        />
      ) : (
        <input
          class="value"
          classList={{ wide: kind === "list" }}
          inputmode="decimal"
          aria-label={name}
          title={hint()}
          disabled={props.unused !== ""}
          placeholder={key === "radius" ? "by layer" : ""}
          value={value()}
          onChange={({ currentTarget }) => set(currentTarget.value.trim())}
        />
      )}
      <button
        type="button"
        class="reset"
        classList={{ idle: !changed() }}
        disabled={!changed()}
        aria-label={`Reset ${label}`}
        title={`Reset to the default: ${hint()}`}
        onClick={() => model.setSetting(key, null)}
      >
        ↺
      </button>
      <Show when={kind === "number" && parameter.main === true}>
        <input
          class="slide"
          type="range"
          aria-label={`${name}, slider`}
          min={key === "seed.histoThreshold" ? 0 : min}
          max={key.endsWith("histoThreshold") ? 80 : max}
          step={step}
          title={hint()}
          disabled={props.unused !== ""}
          value={sliderValue()}
          onInput={({ currentTarget }) => set(currentTarget.value)}
        />
      </Show>
      <Show when={props.unused !== ""}>
        <small class="soft">{props.unused}</small>
      </Show>
    </div>
  );
}

function largestRadius(model: Model): number {
  return Math.max(...model.params().cluster.CoeffA);
}
