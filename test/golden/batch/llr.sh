#!/usr/bin/env bash
# Runs tasks of dummy_submit by their numbers in tasks.jsonl, as in: dummy_submit_exec_v1.sh 0,1
export VO_CMS_SW_DIR=/cvmfs/cms.cern.ch
export SITECONFIG_PATH=$VO_CMS_SW_DIR/SITECONF/T2_FR_GRIF_LLR/GRIF-LLR/
source $VO_CMS_SW_DIR/cmsset_default.sh
export X509_USER_PROXY=/home/me/.t3/proxy.cert
job='/data/me/it'\''s here'
node=/opt/node/bin/node
program='/opt/bye splits/dist/cli/main.js'
if ! found=$("$node" "$program" --version); then
  echo "$(hostname): $program is not reachable with $node; trying again later" >&2
  exit 75
fi
if [ "${found%% *}" != 0.1.0 ]; then
  echo "$(hostname): $program is version $found, the job was submitted with 0.1.0; submit it again, or install that version" >&2
  exit 75
fi
exec "$node" "$program" jobs task "$job" "$1"
