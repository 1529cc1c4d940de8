/** Five steps on the prepared event: what the chain does, and why this photon splits. */
import { counted } from "../../core/index.js";
import embedded from "virtual:embedded";
import { createEffect, For, on, Show } from "solid-js";
import { type Model } from "../model/model.js";
import { fixed, particleName, short } from "../ui/numbers.js";
import { DEFAULT_VIEW, type ViewState } from "../model/view-state.js";

interface Step {
  readonly title: string;
  /** What the step shows; the rest is the default view of the prepared event. */
  readonly view: Partial<ViewState>;
  text(model: Model): string;
}

const HEALED = { "seed.window": "2" };

const STEPS: readonly Step[] = [
  {
    title: "A photon, as the trigger sees it",
    view: {},
    text(model) {
      const event = model.event();
      const particle = event?.particles.at(0);
      if (event === null || particle === undefined) return "";
      return (
        `A ${particleName(particle.pid)} with pT ${short(particle.pt)} GeV flew along the cross and left energy in ` +
        `${event.n} trigger cells of up to ${model.layers()} layers, here on top of each other: x and y are divided by z, so that a straight track ` +
        `from the interaction point is one point. Stage 2 of the trigger has to make one cluster of them.`
      );
    },
  },
  {
    title: "Fill: a histogram in R/z and φ",
    view: { view: "histogram", step: "filled" },
    text(model) {
      const { NbinsRz, NbinsPhi } = model.params().base;
      return (
        `All trigger cells are filled into ${NbinsRz} × ${NbinsPhi} bins of R/z and φ, weighted with their transverse energy ` +
        `in units of minimum-ionising particles (mip_T). What is left of the shower is a small hill, a few bins wide.`
      );
    },
  },
  {
    title: "Smooth: the hill, without its noise",
    view: { view: "histogram", step: "smoothed" },
    text: () =>
      "Each bin takes in its neighbours in φ (over more bins where they are narrow, at small R/z), then those in R/z. " +
      "Single cells that stick out fade; a shower should be left with one top.",
  },
  {
    title: "Seeds: here there are two tops",
    view: { view: "histogram", step: "seeds" },
    text(model) {
      const chain = model.chain();
      const valley = chain?.record?.valley ?? null;
      if (chain === null) return "";
      const { window, histoThreshold } = model.params().seed;
      const dip =
        valley === null || Number.isNaN(valley.min)
          ? ""
          : ` Between ${short(valley.a)} and ${short(valley.b)} mip_T the energy dips to ${short(valley.min)}.`;
      return (
        `A bin above ${short(histoThreshold)} mip_T that no bin within ${counted(window, "column")} exceeds is a seed. ` +
        `This photon has ${chain.seeds.length}, marked by triangles.${dip} ${binWidth(model)}`
      );
    },
  },
  {
    title: "Clusters: split (A), and healed (B)",
    view: { compare: "settings", bSettings: HEALED },
    text(model) {
      const energies = (model.chain()?.clusters ?? []).map(({ energy }) => energy).toSorted((a, b) => b - a);
      const energy = model.event()?.particles.at(0)?.energy ?? Number.NaN;
      const shares = energies.map((each) => `${fixed((100 * each) / energy, 0)} %`).join(" and ");
      return (
        `Every trigger cell goes to the seed next to it, if that is within the radius (circles). With two seeds the photon becomes ` +
        `clusters with ${shares} of its energy. With a seeding window of 2 bins (B, right or below) one seed is left: the cells with a thick ` +
        `outline change their cluster. Is a wider window better for the whole sample? The table "Sample" says so for A and B: drag any slider and see.`
      );
    },
  },
];

/** Why it is so at large |eta|: bins are equally wide in phi. */
function binWidth(model: Model): string {
  const event = model.event();
  const particle = event?.particles.at(0);
  if (event === null || particle === undefined) return "";
  const first = event.mipPt.indexOf(Math.max(...event.mipPt));
  const step = (2 * Math.PI) / model.params().base.NbinsPhi;
  const width = (step * Math.abs(event.z[first])) / Math.sinh(Math.abs(particle.eta));
  return `At this |η| a bin is only ${short(width)} cm wide in φ, less than a trigger cell: a shower easily has a gap between its cells.`;
}

/** The view that a step shows. */
function viewOf(step: number, view: ViewState): ViewState {
  return {
    ...DEFAULT_VIEW,
    theme: view.theme,
    n: view.n,
    ...STEPS[step - 1].view,
    tour: step,
  };
}

/** Nothing unless the view says that the tour is on. */
export function Tour(props: { model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  let heading: HTMLHeadingElement | undefined;
  createEffect(on([() => view.tour], ([step]) => step > 0 && heading?.focus()));
  return (
    <Show when={view.tour > 0 && STEPS[view.tour - 1]}>
      {(step) => (
        <section class="tour" role="dialog" aria-label="Guided tour" data-step={view.tour}>
          <h2 tabindex="-1" ref={(element) => (heading = element)}>
            {step().title}
          </h2>
          <p aria-live="polite">{step().text(model)}</p>
          <div class="tour-buttons">
            <span class="dots" role="img" aria-label={`Step ${view.tour} of ${STEPS.length}`}>
              <For each={STEPS}>{(_, i) => <i classList={{ on: i() + 1 === view.tour }} />}</For>
            </span>
            <button type="button" onClick={() => setView({ tour: 0 })}>
              {view.tour === STEPS.length ? "end" : "skip"}
            </button>
            <button type="button" disabled={view.tour === 1} onClick={() => showStep(model, view.tour - 1)}>
              back
            </button>
            <Show when={view.tour < STEPS.length}>
              <button type="button" class="primary" onClick={() => showStep(model, view.tour + 1)}>
                next
              </button>
            </Show>
          </div>
        </section>
      )}
    </Show>
  );
}

/** Shows the prepared event as a step of the tour does. */
export function showStep(model: Model, step: number): void {
  model.show(viewOf(step, model.view), { by: "event", text: String(embedded.prepared), endcap: null });
}
