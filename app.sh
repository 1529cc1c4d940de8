#!/bin/sh
# Starts the web application in a container: on all addresses, as the process that gets the signals.
#   BYE_SPLITS_DATA  folders with samples and runs, with : between
#   ALLOW_HOST       host names that requests may carry, with commas between; *: any
#   PORT, HOST       where to listen [8080, 0.0.0.0]
cd -- "$(dirname -- "$0")" || exit 2
HOST="${HOST:-0.0.0.0}" PORT="${PORT:-8080}"
export HOST PORT
exec node dist/cli/main.js serve "$@"
