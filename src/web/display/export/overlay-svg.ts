/** What stands above a picture, as SVG that needs no style sheet. */
import { svgColour } from "./shapes-svg.js";

const SVG = "http://www.w3.org/2000/svg";

/** Properties of lines and of text, with the values that need no word. */
const OF_STROKE = {
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linejoin": "miter",
  "stroke-linecap": "butt",
};
const OF_TEXT = { "font-size": "", "font-weight": "400", "text-anchor": "start" };

/** A copy of an overlay in which attributes say what the page's style sheet says, at a place of a larger picture. */
export function overlaySvg(overlay: SVGSVGElement, x: number, y: number): string {
  const copy = document.createElementNS(SVG, "svg");
  for (const name of ["width", "height"]) copy.setAttribute(name, overlay.getAttribute(name) ?? "");
  for (const [name, value] of Object.entries({ x, y, overflow: "hidden" })) copy.setAttribute(name, String(value));
  copy.append(...styledChildren(overlay));
  return new XMLSerializer().serializeToString(copy);
}

function styledChildren(element: Element): (Element | string)[] {
  return [...element.childNodes].flatMap((node): (Element | string)[] => {
    if (node instanceof Element) return styled(node);
    return node instanceof Text ? [node.data] : [];
  });
}

function styled(element: Element): Element[] {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return [];
  const copy = element.cloneNode(false) as Element;
  for (const { name } of [...copy.attributes]) {
    if (/^(class|style|data-.*)$/.test(name)) copy.removeAttribute(name);
  }
  if (style.opacity !== "1") copy.setAttribute("opacity", style.opacity);
  copy.append(...styledChildren(element));
  if (element.tagName === "g") return [copy];
  const paint = (name: "fill" | "stroke"): boolean => {
    const { colour, opacity } = svgColour(style.getPropertyValue(name));
    const total = opacity * Number(style.getPropertyValue(`${name}-opacity`));
    copy.setAttribute(name, colour);
    if (total < 1) copy.setAttribute(`${name}-opacity`, String(total));
    return colour !== "none";
  };
  paint("fill");
  const others = { ...(paint("stroke") ? OF_STROKE : {}), ...(element.tagName === "text" ? OF_TEXT : {}) };
  for (const [name, usual] of Object.entries(others)) {
    const value = style.getPropertyValue(name);
    if (value !== usual) copy.setAttribute(name, value);
  }
  if (!style.paintOrder.startsWith("stroke")) return [copy];
  // Many programs know no paint-order: the halo is a text of its own.
  const above = copy.cloneNode(true) as Element;
  above.setAttribute("stroke", "none");
  return [copy, above];
}
