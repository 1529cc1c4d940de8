/** Keys of the configuration of bye_splits (https://github.com/bfonta/bye_splits, config.yaml) that mean nothing here. */

/** By section; "*": the whole section. */
const KEYS: Readonly<Record<string, string>> = {
  io: "PU0 PU200",
  selection: "disconnectedTriggerLayers",
  geometry: "*",
  varEvents: "*",
  varGeometry: "*",
  "3Ddisplay": "*",
  clusterStudies: "localDir userDir dataFolder reinit clusterSizeBaseName pileUp tree fileBaseName local",
  base: "FesAlgo",
  fill: "*",
  smooth: "SmoothIn SmoothOut",
  seed: "SeedIn SeedOut",
  cluster:
    "ClusterInTC ClusterInTCCS ClusterInTCCSCylinder ClusterInSeeds ClusterInSeedsCS ClusterOutPlot ClusterOutValidation ClusterOutPlotCS ClusterOutValidationCS",
  valid: "*",
  valid_cluster: "ClusterOutValidation CSclOut CSgenOut CStcOut CSregionOut",
  valid_seed_cs: "*",
  valid_seed_default: "*",
  optimization: "*",
  cs: "CSclOut CSgenOut CStcOut CStcAllOut NoCStcOut CScylinderOut",
  seed_cs: "SeedOut",
};

/** Whether the reference has the section and gives it no key that means something here. */
export function isReferenceSection(section: string): boolean {
  return Object.hasOwn(KEYS, section) && KEYS[section] === "*";
}

export function isReferenceKey(section: string, key: string): boolean {
  return Object.hasOwn(KEYS, section) && KEYS[section].split(" ").includes(key);
}
