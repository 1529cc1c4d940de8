// Two charts: what the program does with which files, and where it stands in the trigger.
import { createGeometry, DEFAULT_PARAMS, TCS_PER_WAFER } from "../../dist/index.js";
import { arrow, box, picture } from "./tikz.mjs";

export function flowchart() {
  const folder = { color: "data", width: 2.7 };
  const step = { color: "deed", width: 2.5 };
  const seen = { color: "good", width: 2.5 };
  return picture({
    title: "What the commands read and write: samples, runs, studies, jobs",
    body: [
      box("simulate", 0, 2.2, ["simulate", "photons, electrons,", "pions, pile-up"], step),
      box("skim", 0, 0, ["skim", "ntuples of CMSSW"], step),
      box("import", 0, -1.7, ["import", "files of", "the reference"], step),
      box("sample", 4, 0, ["sample", "particles and", "trigger cells"], folder),
      box("run", 8, 1.4, ["run, step", "chains default, cs"], step),
      box("runs", 12, 1.4, ["run", "clusters, seeds,", "splits"], folder),
      box("study", 8, -1.4, ["study", "scan, radius,", "weights, phi-bins"], step),
      box("studies", 12, -1.4, ["study", "a point for each", "setting"], folder),
      box("report", 16, 1.4, ["report, export", "HTML; HDF5, ROOT,", "Phoenix, CSV"], { ...seen, width: 2.9 }),
      box("serve", 16, -1.4, ["serve", "display and", "dashboards"], seen),
      box("submit", 8, -3.6, ["submit, jobs", "many tasks: local,", "HTCondor, Slurm"], {
        color: "second",
        width: 2.7,
      }),
      arrow("simulate.east", "sample"),
      arrow("skim.east", "sample"),
      arrow("import.east", "sample"),
      arrow("sample", "run.west"),
      arrow("sample", "study.west"),
      arrow("run", "runs"),
      arrow("study", "studies"),
      arrow("runs", "report"),
      arrow("studies", "serve"),
      arrow("runs.south east", "serve.north west"),
      arrow("studies.north east", "report.south west"),
      `\\draw[->,dashed] (submit) -- (study) node[midway,right,note] {any command};`,
      `\\draw[->,rounded corners=4pt] (sample.north) -- (4,3.2) -- (16,3.2) -- (report.north);`,
      `\\node[note] at (10,3.4) {tables of a sample, without a chain};`,
    ],
  });
}

export function dataFlow() {
  const { layers, triggerCells } = createGeometry("V11");
  const { cs, base } = DEFAULT_PARAMS;
  const { NbinsRz, NbinsPhi } = base;
  const cells = triggerCells.layer.filter((layer) => layers[layer - 1].trigger).length;
  const read = layers.filter(({ trigger }) => trigger).length;
  const wide = { width: 2.9 };
  const ours = { width: 2.9, color: "deed" };
  return picture({
    title: "The data flow of the HGCAL trigger, and the part of it that this program reconstructs",
    body: [
      box("sensor", 0, 0, ["Sensors", `${layers.length} layers, ${read} of them`, "read by the trigger"], wide),
      box(
        "tc",
        4.1,
        0,
        [
          "Trigger cells",
          "sums of cells,",
          `${TCS_PER_WAFER} in a wafer`,
          `${cells.toLocaleString("en")} in an endcap`,
        ],
        wide,
      ),
      box("select", 8.2, 0, ["Front end", "ECON-T: selects", "or groups cells"], wide),
      box("stage1", 12.3, 0, ["Stage 1", "calibrates, sorts,", "bundles by time"], wide),
      box("stage2", 16.4, 0, ["Stage 2", "histogram, seeds,", "clusters"], ours),
      box("l1", 20.5, 0, ["Level 1", "correlates with tracks", "and other detectors"], wide),
      ...[
        ["sensor", "tc"],
        ["tc", "select"],
        ["select", "stage1"],
        ["stage1", "stage2"],
        ["stage2", "l1"],
      ].map(([a, b]) => arrow(a, b)),
      "\\draw[quiet,dashed,rounded corners=4pt] (-1.8,-1.25) rectangle (10,1.25);",
      "\\node[note,anchor=south] at (4.1,1.25) {on the detector, every 25 ns};",
      "\\draw[quiet,dashed,rounded corners=4pt] (10.5,-1.25) rectangle (18.2,1.25);",
      "\\node[note,anchor=south] at (14.35,1.25) {off the detector: FPGAs};",
      box("default", 12.3, -3, ["run default", `R/z by phi: ${NbinsRz} x ${NbinsPhi} bins,`, "smooth, seed, cluster"], {
        color: "deed",
        width: 4,
      }),
      box(
        "cs",
        17.4,
        -3,
        ["run cs", `wafers in ${cs.k} layers from ${cs.initial_layer} on,`, "seeds in (U, V), cluster"],
        { color: "deed", width: 4 },
      ),
      box("sim", 4.1, -3, ["simulate, skim", "events with generated", "particles and pile-up"], {
        color: "deed",
        width: 4,
      }),
      "\\draw[->,deed] (sim) -- (tc);",
      "\\draw[deed] (default.north) -- (stage2.south west);",
      "\\draw[deed] (cs.north) -- (stage2.south);",
      arrow("sim", "default", "sample"),
    ],
  });
}
