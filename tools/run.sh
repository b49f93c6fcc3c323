#!/usr/bin/env bash
# Installs what is missing, builds, and plays the bad-deploy drill with the system's runbook as responder.
#   tools/run.sh [SCENARIO [RESPONDER]]
source "$(dirname "$0")/lib.sh"

scenario=${1:-$root/scenarios/library/bad-deploy.yaml}
responder=${2:-runbook:$root/scenarios/systems/autonomous-dev/runbook.md#Playbook: bad release}

need_packages $packages_build
build_preset release
out="$root/out/$(basename "$scenario" .yaml)"
status=0
"$root/build/release/muster" run "$scenario" --responder "$responder" --out "$out" --overwrite || status=$?
if [ $status -gt 1 ]; then exit $status; fi
echo
echo "The HTML report: $out/report.html"
exit $status
