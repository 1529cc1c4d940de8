/**
 * The program of a report page: values beside the pointer, legend entries that hide curves, sliders, downloads. It needs no
 * network and no eval. Every figure works without it; browsers then show values as tooltips. scripts/build-report.mjs makes
 * the text of it that reportHtml puts into the page.
 */
import { attachPlot, saveBlob, showToggles, switched } from "./interact.js";
import { cardPlace, csvInReport } from "./places.js";

const card = document.querySelector<HTMLElement>("#card");

function show(text: string, x: number, y: number): void {
  if (card === null) return;
  card.textContent = text;
  card.hidden = text === "";
  const { left, top } = cardPlace({ x, y }, card.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

/** Sliders: of the figures of a section those of one position are shown. */
for (const slider of document.querySelectorAll<HTMLInputElement>("[data-steps]")) {
  const steps = JSON.parse(slider.dataset["steps"] ?? "[]") as readonly string[];
  const figures = slider.closest("section")?.querySelectorAll<HTMLElement>("figure[data-step]") ?? [];
  const move = (): void => {
    for (const figure of figures) figure.hidden = figure.dataset["step"] !== slider.value;
    const words = steps[Number(slider.value)];
    if (slider.nextElementSibling !== null) slider.nextElementSibling.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    show("", 0, 0);
  };
  slider.addEventListener("input", move);
  // A page that is loaded again keeps where its sliders were.
  move();
}

for (const figure of document.querySelectorAll("figure")) {
  const svg = figure.querySelector("svg");
  if (svg === null) continue;
  const csvOf = (): string => csvInReport(figure.querySelector("script")?.textContent ?? "");
  let hidden: ReadonlySet<string> = new Set();
  const plot = {
    width: svg.width.baseVal.value,
    height: svg.height.baseVal.value,
    panels: [],
    get csv() {
      return csvOf();
    },
  };
  attachPlot(figure, () => plot, {
    hover: show,
    toggle(series) {
      hidden = switched(hidden, series);
      showToggles(figure, hidden);
    },
  });
  showToggles(figure, hidden);
  for (const button of figure.querySelectorAll<HTMLElement>("[data-save]")) {
    button.addEventListener("click", () => {
      const isCsv = button.dataset["save"] === "csv";
      const text = isCsv ? csvOf() : new XMLSerializer().serializeToString(svg);
      const type = isCsv ? "text/csv" : "image/svg+xml";
      saveBlob(`${figure.id}.${button.dataset["save"] ?? ""}`, new Blob([text], { type }));
    });
  }
}
