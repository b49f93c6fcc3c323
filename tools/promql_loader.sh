#!/usr/bin/env bash
# The loader that Prometheus' conformance runner wants: tools/promql_loader.sh DATA.om DIR
# serves the series of DIR/data.json (the lossless twin of DATA.om, with staleness markers) on the loopback port in
# PROMQL_TEST_PORT until SIGTERM. The program is MUSTER_BINARY, else build/ci/muster or build/release/muster.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ $# = 2 ] || { echo "usage: PROMQL_TEST_PORT=PORT $0 DATA.om DIR" >&2; exit 2; }
for binary in "${MUSTER_BINARY:-}" "$root/build/ci/muster" "$root/build/release/muster"; do
  if [ -x "$binary" ]; then
    exec "$binary" serve --import "$2/data.json" --insecure-http "${PROMQL_TEST_PORT:?}"
  fi
done
echo "$0: no muster binary; build one or set MUSTER_BINARY" >&2
exit 2
