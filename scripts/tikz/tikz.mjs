// What all pictures share: the document around one, numbers, colours, boxes.

/** Of one hue each: data, what is done with them, what is looked at, what is wrong. */
const COLORS = { data: "0072B2", deed: "E69F00", good: "009E73", bad: "D55E00", quiet: "6B7280", second: "CC79A7" };

/** A number in TeX: short, without exponent. */
export const num = (value) => String(Number(value.toFixed(3)));
export const point = (x, y) => `(${num(x)},${num(y)})`;

/** Text in TeX. */
export const words = (text) => text.replaceAll(/[&%#_{}]/g, "\\$&");

/**
 * A standalone document; `pdflatex -shell-escape NAME.tex` also writes NAME.svg. `title` is what the picture shows, in a sentence; `scale` is cm per unit.
 * The margin is part of the picture, for not every TeX that draws it knows the class.
 */
export function picture({ title, scale = 1, styles = "", body }) {
  const colors = Object.entries(COLORS).map(([name, hex]) => `\\definecolor{${name}}{HTML}{${hex}}`);
  return `% ${title}
% Written by scripts/tikz; \`npm run figures\` makes the SVG.
\\documentclass[tikz,convert={outext=.svg,command=\\unexpanded{pdf2svg \\infile\\space\\outfile}}]{standalone}
\\usetikzlibrary{arrows.meta}
${colors.join("\n")}
\\begin{document}
\\sffamily
\\begin{tikzpicture}[x=${num(scale)}cm,y=${num(scale)}cm,line width=0.5pt,>={Stealth[length=5pt]},
  box/.style={draw=#1,fill=#1!12,rounded corners=2pt,align=center,inner sep=4pt,font=\\scriptsize\\sffamily},box/.default=data,
  note/.style={font=\\scriptsize\\sffamily,align=center,text=quiet}${styles}]
${body.join("\n")}
\\path ([shift={(-4pt,-4pt)}]current bounding box.south west) rectangle ([shift={(4pt,4pt)}]current bounding box.north east);
\\end{tikzpicture}
\\end{document}
`;
}

/** A box with lines of text, the first one bold; `width` in cm. */
export function box(name, x, y, lines, { color = "data", width = 2.6 } = {}) {
  const [first, ...rest] = lines;
  const text = [`{\\small\\textbf{${first}}}`, ...rest].join("\\\\");
  return `\\node[box=${color},text width=${num(width)}cm] (${name}) at ${point(x, y)} {${text}};`;
}

export const arrow = (from, to, label = "", where = "above") =>
  `\\draw[->] (${from}) -- (${to})${label === "" ? "" : ` node[midway,${where},note] {${label}}`};`;

/** A polygon of corners [x, y, x, y, ...]. */
export function polygon(corners, style) {
  const points = [];
  for (let i = 0; i < corners.length; i += 2) points.push(point(corners[i], corners[i + 1]));
  return `\\filldraw[${style}] ${points.join(" -- ")} -- cycle;`;
}

/** A shade for a value between 0 and the largest: square root, so that small values are seen. */
export const shade = (value, largest, color = "data") =>
  value <= 0 ? "white" : `${color}!${Math.max(4, Math.round(85 * Math.sqrt(value / largest)))}`;
