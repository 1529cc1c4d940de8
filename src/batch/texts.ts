/** The script that a batch job runs, and the lines for people that stand in submit files. Pure texts. */
import { printable } from "../core/index.js";
import { shellWord } from "./shell.js";
import { type JobInfo, type Site, type Task } from "./spec.js";

/** What a site's worker nodes need first. */
const SITE_HEADER: Readonly<Record<Site, readonly string[]>> = {
  llr: [
    "export VO_CMS_SW_DIR=/cvmfs/cms.cern.ch",
    "export SITECONFIG_PATH=$VO_CMS_SW_DIR/SITECONF/T2_FR_GRIF_LLR/GRIF-LLR/",
    "source $VO_CMS_SW_DIR/cmsset_default.sh",
  ],
  cern: [],
  none: [],
};

/** The same script for all batch jobs of a JOB: `folder/subs/NAME_exec_vN.sh 0,1` runs the tasks 0 and 1. */
export function execText({ name, runtime, options: { resources } }: JobInfo, folder: string): string {
  const { node, program, bundle, version } = runtime;
  const lines = [
    "#!/usr/bin/env bash",
    `# Runs tasks of ${comment(name)} by their numbers in tasks.jsonl, as in: ${comment(name)}_exec_v1.sh 0,1`,
    ...SITE_HEADER[resources.site],
    ...(resources.proxy === undefined ? [] : [`export X509_USER_PROXY=${shellWord(resources.proxy)}`]),
    `job=${shellWord(folder)}`,
  ];
  if (bundle === undefined) lines.push(`node=${shellWord(node)}`, `program=${shellWord(program)}`);
  else {
    lines.push(
      `bundle=${shellWord(bundle)}`,
      'scratch=$(mktemp -d "${TMPDIR:-${_CONDOR_SCRATCH_DIR:-/tmp}}/bye-splits.XXXXXX") || exit 75',
      `trap 'rm -rf "$scratch"' EXIT`,
      'if ! tar -xzf "$bundle" -C "$scratch"; then',
      '  echo "$(hostname): cannot unpack $bundle; trying again later" >&2',
      "  exit 75",
      "fi",
      "node=$scratch/bye-splits/bin/node",
      "program=$scratch/bye-splits/dist/cli/main.js",
    );
  }
  lines.push(
    'if ! found=$("$node" "$program" --version); then',
    '  echo "$(hostname): $program is not reachable with $node; trying again later" >&2',
    "  exit 75",
    "fi",
    `if [ "\${found%% *}" != ${shellWord(version)} ]; then`,
    `  echo "$(hostname): $program is version $found, the job was submitted with ${version}; submit it again, or install that version" >&2`,
    "  exit 75",
    "fi",
    `${bundle === undefined ? "exec " : ""}"$node" "$program" jobs task "$job" "$1"`,
  );
  return `${lines.join("\n")}\n`;
}

/** Characters of a value in a comment. */
const LONGEST = 60;
/** Batches whose values are written down. */
const MOST = 2000;

function comment(text: string): string {
  const shown = printable(text);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}...` : shown;
}

/** Values of batch jobs for people, as comments: the jobs themselves read tasks.jsonl. */
export function valueLines(tasks: readonly Task[], batches: readonly (readonly number[])[]): string[] {
  const lines = batches.slice(0, MOST).map((batch) => {
    const names = new Map<string, string[]>();
    for (const index of batch) {
      for (const [name, words] of tasks[index].arguments) {
        names.set(name, [...(names.get(name) ?? []), words.map(comment).join(" ")]);
      }
    }
    const values = [...names].map(([name, all]) => {
      const isOne = all.every((value) => value === all[0]);
      return `${comment(name)} = ${isOne && batch.length > 1 ? all[0] : batch.length === 1 ? all[0] : `[${all.join(";")}]`}`;
    });
    // A backslash at the end would join the next line.
    return `# ${batch.join()}: ${values.join(", ")}`.replace(/\\$/, "\\.");
  });
  return batches.length > MOST ? [...lines, `# and ${batches.length - MOST} more: see tasks.jsonl`] : lines;
}
