/**
 * The program of a report page: values beside the pointer, legend entries that hide curves, downloads. Plain JavaScript text
 * that needs no network and no eval. Every figure works without it; browsers then show values as tooltips.
 */
export const REPORT_SCRIPT = `"use strict";
const card = document.getElementById("card");

function csvOf(figure) {
  return figure.querySelector("script").textContent.trimStart().replaceAll("\\\\u003c", "<");
}

function csvRows(figure) {
  const [head, ...lines] = csvOf(figure).trimEnd().split("\\n");
  const names = head.split(",");
  // Quoted fields come first and hold no number that is needed here: the columns count from the right.
  return lines.map((line) => {
    const fields = line.split(",");
    const from = fields.length - names.length;
    return { line, get: (name) => Number(fields[names.indexOf(name) + from]) };
  });
}

function show(text, x, y) {
  card.textContent = text;
  card.hidden = text === "";
  const { width, height } = card.getBoundingClientRect();
  card.style.left = Math.max(4, Math.min(x + 14, innerWidth - width - 4)) + "px";
  card.style.top = Math.max(4, Math.min(y + 14, innerHeight - height - 4)) + "px";
}

for (const slider of document.querySelectorAll("[data-steps]")) {
  const steps = JSON.parse(slider.dataset.steps);
  const figures = slider.closest("section").querySelectorAll("figure[data-step]");
  const move = () => {
    for (const figure of figures) figure.hidden = figure.dataset.step !== slider.value;
    slider.nextElementSibling.textContent = steps[slider.value];
    slider.setAttribute("aria-valuetext", steps[slider.value]);
    show("", 0, 0);
  };
  slider.addEventListener("input", move);
  // A page that is loaded again keeps where its sliders were.
  move();
}

for (const figure of document.querySelectorAll("figure")) {
  const svg = figure.querySelector("svg");
  // Titles become cards: browsers would show both.
  const spots = [...svg.querySelectorAll("title")].map((title) => {
    const spot = { element: title.parentNode, text: title.textContent };
    title.remove();
    return spot;
  });
  let maps = null;

  function nearest(event) {
    let best = "";
    let least = 20;
    for (const { element, text } of spots) {
      if (element.closest("[display=none]")) continue;
      const box = element.getBoundingClientRect();
      const dx = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
      const dy = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
      const middle = Math.hypot(event.clientX - (box.left + box.right) / 2, event.clientY - (box.top + box.bottom) / 2);
      const distance = Math.hypot(dx, dy) + middle / 100;
      if (distance < least) [best, least] = [text, distance];
    }
    return best;
  }

  function cellAt(event) {
    for (const map of svg.querySelectorAll("[data-map]")) {
      const [left, right, top, bottom, x0, x1, y0, y1] = map.dataset.map.split(" ").map(Number);
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      if (point.x < left || point.x > right || point.y < top || point.y > bottom) continue;
      const x = x0 + ((x1 - x0) * (point.x - left)) / (right - left);
      const y = y1 - ((y1 - y0) * (point.y - top)) / (bottom - top);
      maps ??= csvRows(figure);
      const name = map.dataset.panel;
      const found = maps.find(
        (row) =>
          (row.line.startsWith(name) || row.line.startsWith('"' + name)) &&
          x >= row.get("x_low") && x < row.get("x_high") && y >= row.get("y_low") && y < row.get("y_high"),
      );
      if (found) return name + "\\n" + Number(found.get("value").toPrecision(5));
    }
    return "";
  }

  svg.addEventListener("pointermove", (event) => {
    const text = nearest(event) || cellAt(event);
    show(text, event.clientX, event.clientY);
  });
  svg.addEventListener("pointerleave", () => show("", 0, 0));

  for (const entry of svg.querySelectorAll("[data-toggle]")) {
    entry.setAttribute("tabindex", "0");
    entry.setAttribute("role", "switch");
    entry.setAttribute("aria-checked", "true");
    const toggle = () => {
      const isOff = entry.getAttribute("aria-checked") === "true";
      entry.setAttribute("aria-checked", String(!isOff));
      entry.setAttribute("opacity", isOff ? "0.35" : "1");
      for (const group of svg.querySelectorAll("[data-series]")) {
        if (group.dataset.series === entry.dataset.toggle) group.setAttribute("display", isOff ? "none" : "inline");
      }
    };
    entry.addEventListener("click", toggle);
    entry.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle();
    });
  }

  for (const button of figure.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const isCsv = button.dataset.save === "csv";
      const text = isCsv ? csvOf(figure) : new XMLSerializer().serializeToString(svg);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: isCsv ? "text/csv" : "image/svg+xml" }));
      link.download = figure.id + "." + button.dataset.save;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }
}
`;
