/** The menu of files that a visitor can take home. What writes them is loaded after the first picture. */
import { createSignal, createUniqueId, For, Show } from "solid-js";
import { type Model } from "../../model/model.js";
import { loadWriter } from "./load.js";
import { VIEWS } from "../views.js";
import { type Format } from "./write.js";

const FACTORS = [1, 2, 3, 4];

interface Item {
  readonly format: Format;
  readonly name: string;
  readonly about: string;
}

export function ExportMenu(props: { model: Model; other: Model }) {
  const { model } = props;
  const { view } = model;
  const id = createUniqueId();
  let button!: HTMLButtonElement;
  let menu!: HTMLDivElement;
  const [open, setOpen] = createSignal(false);
  const [busy, setBusy] = createSignal("");
  const [trouble, setTrouble] = createSignal("");

  const items = (): readonly Item[] => {
    const { isFlat, tables } = VIEWS[view.view];
    return [
      ...(isFlat ? [{ format: "svg", name: "SVG", about: "shapes in light colours, for paper" } as const] : []),
      ...tables,
      { format: "clusters", name: "CSV of the clusters", about: "one line each" },
      { format: "json", name: "Event JSON", about: "all trigger cells, seeds and clusters" },
      { format: "phoenix", name: "Phoenix JSON", about: "for the event display Phoenix" },
      {
        format: "glb",
        name: "glTF",
        about: `the scene of the detector view${view.compare === "" ? "" : ", A"} (.glb)`,
      },
    ];
  };

  const save = async (format: Format, name: string, factor = 1): Promise<void> => {
    const root = button.closest(".app");
    if (busy() !== "" || root === null) return;
    setTrouble("");
    setBusy(`Writing ${name} …`);
    try {
      const { exportFile } = await loadWriter();
      // The words are on the screen before the work begins.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const models = view.compare === "" ? [model] : [model, props.other];
      const file = await exportFile(format, { models, root }, factor);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file.blob);
      link.download = file.name;
      link.click();
      // Browsers read the file after the click.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      menu.hidePopover();
    } catch (error) {
      setTrouble(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setBusy("");
    }
  };

  /** Arrows move in the menu, and neither they nor Escape mean what they mean on the page. */
  const onKey = (event: KeyboardEvent): void => {
    if (!menu.matches(":popover-open")) return;
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...menu.querySelectorAll("button")];
    const at = all.findIndex((each) => each === document.activeElement);
    all[(at + step + all.length) % all.length].focus();
  };

  return (
    <span class="export" on:keydown={onKey}>
      <button ref={(element) => (button = element)} type="button" popovertarget={id} aria-expanded={open()}>
        export
      </button>
      <div
        ref={(element) => (menu = element)}
        id={id}
        popover="auto"
        class="export-menu"
        role="group"
        aria-label="Export"
        aria-busy={busy() !== ""}
        onToggle={(event) => {
          setOpen(event.newState === "open");
          setTrouble("");
        }}
      >
        <div class="export-row">
          <span>
            PNG <small>the picture, times</small>
          </span>
          <span class="choice">
            <For each={FACTORS}>
              {(factor) => (
                <button
                  type="button"
                  aria-label={`PNG, ${factor} times the size`}
                  onClick={() => void save("png", "the PNG", factor)}
                >
                  {factor}×
                </button>
              )}
            </For>
          </span>
        </div>
        <For each={items()}>
          {({ format, name, about }) => (
            <button type="button" class="export-row" onClick={() => void save(format, `the ${name}`)}>
              <span>{name}</span> <small>{about}</small>
            </button>
          )}
        </For>
        <Show when={busy() !== ""}>
          <p role="status">{busy()}</p>
        </Show>
        <Show when={trouble() !== ""}>
          <p role="alert" class="field-error">
            {trouble()}
          </p>
        </Show>
      </div>
    </span>
  );
}
