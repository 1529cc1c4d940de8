// The detector from the side, a wafer with its trigger cells, and the grid of the histogram.
import {
  createGeometry,
  createGrid,
  DEFAULT_PARAMS,
  tcIndex,
  tcOutline,
  waferIndex,
  waferOutline,
} from "../../dist/index.js";
import { num, picture, point, polygon } from "./tikz.mjs";

const geometry = createGeometry("V11");

export function detector() {
  const { layers, table } = geometry;
  const { ceeLayers } = table;
  const unit = 0.05; // cm on paper for a cm of detector
  const body = [];
  for (const { layer, z, rin, rout, trigger, scintillator } of layers) {
    const color = layer <= ceeLayers ? "data" : "good";
    const style = trigger ? `${color},line width=1pt` : `${color}!35`;
    body.push(`\\draw[${style}] ${point(z, rin)} -- ${point(z, rout)};`);
    if (scintillator !== undefined)
      body.push(
        `\\draw[${trigger ? "deed,line width=1pt" : "deed!35"}] ${point(scintillator.z, scintillator.rin)} -- ${point(scintillator.z, scintillator.rout)};`,
      );
  }
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const end = last.z + 14;
  for (const eta of [1.5, 1.7, 2, 2.4, 2.8, 3]) {
    const slope = 1 / Math.sinh(eta);
    const style = eta === DEFAULT_PARAMS.base.EtaMin || eta === DEFAULT_PARAMS.base.EtaMax ? "bad" : "quiet";
    body.push(
      `\\draw[${style},dashed] ${point(first.z - 12, (first.z - 12) * slope)} -- ${point(end, end * slope)} node[right,note,text=${style}] {$\\eta$ = ${eta}};`,
    );
  }
  const lastSilicon = layers[ceeLayers - 1].z;
  body.push(
    `\\draw[->] ${point(first.z - 14, 0)} -- ${point(end + 8, 0)} node[right] {$z$ [cm]};`,
    `\\draw[->] ${point(first.z - 14, 0)} -- ${point(first.z - 14, 275)} node[above] {$R$ [cm]};`,
    ...[first.z, lastSilicon, last.z].map(
      (z) => `\\draw ${point(z, 0)} -- ${point(z, -5)} node[below,note] {${z.toFixed(1)}};`,
    ),
    ...[50, 100, 150, 200, 250].map(
      (r) => `\\draw ${point(first.z - 14, r)} -- ${point(first.z - 18, r)} node[left,note] {${r}};`,
    ),
    `\\node[note,text=data] at ${point((first.z + lastSilicon) / 2, 262)} {CE-E: ${ceeLayers} layers\\\\of silicon};`,
    `\\node[note,text=good] at ${point((lastSilicon + last.z) / 2 + 8, 12)} {CE-H: silicon};`,
    `\\node[note,text=deed] at ${point((lastSilicon + last.z) / 2 + 12, 283)} {CE-H: scintillator};`,
  );
  return picture({
    title: "One endcap from the side: the trigger reads the strong layers; red: the acceptance of particles",
    scale: unit,
    body,
  });
}

export function wafer() {
  const layer = 1;
  const row = waferIndex(geometry, layer, 3, 5);
  const { x: wx, y: wy } = geometry.wafers;
  const [x0, y0] = [wx[row], wy[row]];
  const local = (corners) => Array.from(corners, (value, i) => value - (i % 2 === 0 ? x0 : y0));
  const body = [];
  const { triggerCells } = geometry;
  const center = (cu, cv) => {
    const tc = tcIndex(geometry, layer, 3, 5, cu, cv);
    return [triggerCells.x[tc] - x0, triggerCells.y[tc] - y0];
  };
  for (let cu = 0; cu < 8; cu++) {
    for (let cv = 0; cv < 8; cv++) {
      const tc = tcIndex(geometry, layer, 3, 5, cu, cv);
      if (tc < 0) continue;
      body.push(polygon(local(tcOutline(geometry, tc)), `draw=data!60,fill=data!${6 + 3 * ((cu + cv) % 3)}`));
      body.push(`\\node[font=\\tiny\\sffamily] at ${point(...center(cu, cv))} {${cu},${cv}};`);
    }
  }
  body.push(polygon(local(waferOutline(geometry, row)), "draw=black,fill=none,line width=1pt"));
  // Steps of one in cu and in cv, as the cells lie.
  const [a, b, c] = [center(4, 4), center(5, 4), center(4, 5)];
  const axis = (to, name) => {
    const length = Math.hypot(to[0] - a[0], to[1] - a[1]);
    const [dx, dy] = [(to[0] - a[0]) / length, (to[1] - a[1]) / length];
    return `\\draw[->,bad,line width=1pt] ${point(12, -6)} -- ${point(12 + 4 * dx, -6 + 4 * dy)} node[${dy < -0.5 ? "below" : dx < -0.5 ? "left" : "above"}] {$c_${name}$};`;
  };
  const step = (du, dv) => {
    const other = waferIndex(geometry, layer, 3 + du, 5 + dv);
    return [wx[other] - x0, wy[other] - y0];
  };
  const waferAxis = (d, name) => {
    const length = Math.hypot(...d);
    return `\\draw[->,good,line width=1pt] ${point(15, 6)} -- ${point(15 + (4 * d[0]) / length, 6 + (4 * d[1]) / length)} node[${d[0] < -0.5 * length ? "left" : "above"}] {$w_${name}$};`;
  };
  body.push(
    axis(b, "u"),
    axis(c, "v"),
    waferAxis(step(1, 0), "u"),
    waferAxis(step(0, 1), "v"),
    "\\node[note,text=bad,anchor=west] at (10.5,-10.4) {cells: $c_u$, $c_v$};",
    "\\node[note,text=good,anchor=west] at (10.5,3.6) {wafers: $w_u$, $w_v$};",
  );
  return picture({
    title: "A wafer and its 48 trigger cells with (cu, cv); the axes of cells and of wafers",
    scale: 0.42,
    body,
  });
}

export function grid() {
  const { base } = DEFAULT_PARAMS;
  const { rzEdges } = createGrid(base);
  const body = [];
  const polar = (r, phi) => point(r * Math.cos(phi), r * Math.sin(phi));
  const edge = rzEdges[rzEdges.length - 1];
  // All rows, and the columns of one sector of 60 degrees; the others repeat it.
  for (const r of rzEdges) body.push(`\\draw[quiet!45,line width=0.2pt] (0,0) circle[radius=${num(r * 10)}];`);
  const columns = base.NbinsPhi / 6;
  for (let k = 0; k <= columns; k++) {
    const phi = (2 * Math.PI * k) / base.NbinsPhi;
    body.push(`\\draw[data!70,line width=0.2pt] ${polar(rzEdges[0] * 10, phi)} -- ${polar(edge * 10, phi)};`);
  }
  for (let s = 2; s < 6; s++)
    body.push(
      `\\draw[quiet,line width=0.4pt] ${polar(rzEdges[0] * 10, (s * Math.PI) / 3)} -- ${polar(edge * 10, (s * Math.PI) / 3)};`,
    );
  const [row, column] = [20, 12];
  const bin = (r, c) => {
    const [p, q] = [(2 * Math.PI * c) / base.NbinsPhi, (2 * Math.PI * (c + 1)) / base.NbinsPhi];
    return `${polar(rzEdges[r] * 10, p)} -- ${polar(rzEdges[r + 1] * 10, p)} -- ${polar(rzEdges[r + 1] * 10, q)} -- ${polar(rzEdges[r] * 10, q)} -- cycle`;
  };
  body.push(
    `\\fill[bad] ${bin(row, column)};`,
    `\\draw[bad] ${polar(rzEdges[row] * 10, (2 * Math.PI * (column + 0.5)) / base.NbinsPhi)} -- (6.6,3.4) node[right,note,text=bad] {one bin: ${num((rzEdges[1] - rzEdges[0]) * 1000)}/1000 in R/z,\\\\${num(360 / base.NbinsPhi)} degrees in $\\phi$};`,
    `\\draw[->] (0,0) -- (6.4,0) node[right] {$\\phi$ = 0};`,
    `\\draw[->,data] (0,0) -- ${polar(edge * 10, -2.2)} node[midway,fill=white,inner sep=1pt,note,text=data] {R/z from ${base.MinROverZ} to ${base.MaxROverZ}};`,
    `\\node[note,anchor=west] at (6,-5) {${base.NbinsRz} rows in R/z, ${base.NbinsPhi} columns in $\\phi$;\\\\columns are drawn in one of six sectors};`,
  );
  return picture({ title: "The grid of the histogram in the plane (x/z, y/z)", scale: 0.6, body });
}
