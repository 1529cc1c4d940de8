/** One document: the event display, and the pages of studies, over one link. */
import { createEffect, createSignal, on, Show } from "solid-js";
import { render } from "solid-js/web";
import { App } from "./display/App.js";
import { prefetchExport } from "./display/export/load.js";
import { createModels } from "./model/model.js";
import { refocus } from "./ui/focus.js";
import { createDark } from "./ui/theme.js";

/** Loaded when they are asked for, or when the first picture is there. */
const loadStudies = () => import("./studies/Studies.js");

async function prefetch(): Promise<void> {
  const [, { prefetchStudies }] = await Promise.all([prefetchExport(), loadStudies()]);
  await prefetchStudies();
}

function Page() {
  const { a, b } = createModels(prefetch);
  const { view } = a;
  const dark = createDark(() => view.theme);
  createEffect(() => {
    const event = a.event();
    const ofEvent = event === null ? "bye-splits event display" : `Event ${event.number} – bye-splits`;
    document.title = view.page === "event" ? ofEvent : "Studies – bye-splits";
  });
  const [studies, setStudies] = createSignal<Awaited<ReturnType<typeof loadStudies>> | null>(null);
  createEffect(() => {
    if (view.page === "studies" && studies() === null) {
      loadStudies().then(setStudies, (error: unknown) => {
        a.setView({ page: "event" });
        a.fail("The pages of studies cannot be loaded", error);
      });
    }
  });
  // The button that led to the page has gone with the page before it: the same one here is where one goes on.
  let isTurned = false;
  createEffect(
    on(
      () => view.page,
      () => (isTurned = true),
      { defer: true },
    ),
  );
  createEffect(
    on([() => view.page, studies], () => {
      // The page before may still be there in this moment.
      setTimeout(() => {
        if (isTurned && refocus(".choice [aria-pressed='true']")) isTurned = false;
      });
    }),
  );
  return (
    <Show when={view.page === "studies"} fallback={<App model={a} other={b} dark={dark()} />}>
      <Show when={studies()} fallback={<p class="busy">Loading …</p>}>
        {(loaded) => loaded().Studies({ model: a, other: b })}
      </Show>
    </Show>
  );
}

const root = document.getElementById("app");
if (root !== null) render(() => <Page />, root);
