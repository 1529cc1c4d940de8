#!/usr/bin/env bash
# Runs tasks of dummy_submit by their numbers in tasks.jsonl, as in: dummy_submit_exec_v1.sh 0,1
job='/data/me/it'\''s here'
bundle=/data/me/bye-splits.tar.gz
scratch=$(mktemp -d "${TMPDIR:-${_CONDOR_SCRATCH_DIR:-/tmp}}/bye-splits.XXXXXX") || exit 75
trap 'rm -rf "$scratch"' EXIT
if ! tar -xzf "$bundle" -C "$scratch"; then
  echo "$(hostname): cannot unpack $bundle; trying again later" >&2
  exit 75
fi
node=$scratch/bye-splits/bin/node
program=$scratch/bye-splits/dist/cli/main.js
if ! found=$("$node" "$program" --version); then
  echo "$(hostname): $program is not reachable with $node; trying again later" >&2
  exit 75
fi
if [ "${found%% *}" != 0.1.0 ]; then
  echo "$(hostname): $program is version $found, the job was submitted with 0.1.0; submit it again, or install that version" >&2
  exit 75
fi
"$node" "$program" jobs task "$job" "$1"
