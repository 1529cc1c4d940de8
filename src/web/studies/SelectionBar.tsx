import { For, Show } from "solid-js";
import { RangeInput, Words } from "../chain/SelectionFields.js";
import { type ControlName } from "./pages/page.js";
import { type PageInfo, type StudyInfo } from "./protocol.js";
import { type StudyState, toggled } from "./state.js";

interface Props {
  readonly info: StudyInfo;
  readonly page: PageInfo;
  readonly state: StudyState;
  /** The one that is shown. */
  readonly radius: number;
  set(change: Partial<StudyState>): void;
}

/** What is looked at: shared by all pages, each of which shows what has a meaning on it. */
export function SelectionBar(props: Props) {
  const has = (name: ControlName): boolean => props.page.controls.includes(name);
  const point = (): number => Math.max(0, props.info.radii.indexOf(props.radius));
  return (
    <div class="selection-bar" role="group" aria-label="Selection">
      <Show when={has("radius")}>
        <label class="slider wide">
          radius
          <input
            type="range"
            min="0"
            max={props.info.radii.length - 1}
            step="1"
            value={point()}
            aria-label="Radius"
            aria-valuetext={String(props.radius)}
            onInput={({ currentTarget }) => props.set({ radius: props.info.radii[Number(currentTarget.value)] })}
          />
          <output>{String(Number(props.radius.toPrecision(6)))}</output>
        </label>
      </Show>
      <Show when={has("at") && props.page.slider}>
        {(slider) => (
          <label class="slider wide">
            {slider().label}
            <input
              type="range"
              min="0"
              max={slider().steps.length - 1}
              step="1"
              value={props.state.at}
              aria-valuetext={slider().steps[props.state.at] ?? ""}
              onInput={({ currentTarget }) => props.set({ at: Number(currentTarget.value) })}
            />
            <output>{slider().steps[Math.min(props.state.at, slider().steps.length - 1)]}</output>
          </label>
        )}
      </Show>
      <Show when={has("figures") && props.page.figures}>
        {(figures) => (
          <For each={["x", "y"] as const}>
            {(axis) => (
              <Words
                label={axis}
                value={props.state[axis]}
                words={[["", "usual"], ...figures().map(({ id, name }) => [id, name] as const)]}
                onWord={(word) => props.set({ [axis]: word })}
              />
            )}
          </For>
        )}
      </Show>
      <Show when={has("samples")}>
        <Chips
          label="Samples"
          items={props.info.samples.map(({ name }, i) => ({ id: String(i), name }))}
          off={props.state.hide}
          onToggle={(id) => props.set({ hide: toggled(props.state.hide, id) })}
        />
      </Show>
      <Show when={has("versions")}>
        <Chips
          label="Versions"
          items={props.info.versions}
          off={props.state.without}
          onToggle={(id) => props.set({ without: toggled(props.state.without, id) })}
        />
      </Show>
      <Show when={has("eta")}>
        <RangeInput name="|η|" step={0.1} text={props.state.eta} onText={(eta) => props.set({ eta })} />
      </Show>
      <Show when={has("pt")}>
        <RangeInput name="pT [GeV]" step={5} text={props.state.pt} onText={(pt) => props.set({ pt })} />
      </Show>
      <Show when={has("only")}>
        <Words
          label="Particles"
          value={props.state.only}
          words={[
            ["all", "all particles"],
            ["split", "split only"],
            ["whole", "not split"],
          ]}
          onWord={(only) => props.set({ only })}
        />
      </Show>
      <Show when={has("measure")}>
        <Words
          label="Variable"
          value={props.state.measure}
          words={[
            ["pt", "pT"],
            ["energy", "energy"],
          ]}
          onWord={(measure) => props.set({ measure })}
        />
      </Show>
      <Show when={has("centre")}>
        <Words
          label="Centre"
          value={props.state.centre}
          words={[
            ["median", "median"],
            ["mean", "mean"],
            ["core", "Gaussian core"],
          ]}
          onWord={(centre) => props.set({ centre })}
        />
      </Show>
      <Show when={has("what")}>
        <Words
          label="Spectra of"
          value={props.state.what}
          words={[
            ["reco", "clusters"],
            ["gen", "generated particles"],
          ]}
          onWord={(what) => props.set({ what })}
        />
      </Show>
      <Show when={has("bins")}>
        <label class="field">
          <span>bins</span>
          <input
            type="number"
            min="5"
            max="1000"
            step="5"
            value={props.state.bins}
            onInput={({ currentTarget: { valueAsNumber } }) =>
              valueAsNumber >= 5 && valueAsNumber <= 1000 && props.set({ bins: Math.round(valueAsNumber) })
            }
          />
        </label>
      </Show>
    </div>
  );
}

function Chips(props: {
  label: string;
  items: readonly { readonly id: string; readonly name: string }[];
  off: string;
  onToggle(id: string): void;
}) {
  const isOn = (id: string): boolean => !props.off.split(",").includes(id);
  return (
    <span class="chips" role="group" aria-label={props.label}>
      <For each={props.items}>
        {({ id, name }) => (
          <button type="button" aria-pressed={isOn(id)} onClick={() => props.onToggle(id)}>
            {name}
          </button>
        )}
      </For>
    </span>
  );
}
