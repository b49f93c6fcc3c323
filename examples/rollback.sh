#!/bin/bash
# What an on-call script looks like: real kubectl, real bash. examples/kubectl_bash.py plays it in a drill.
set -u
deployment=autonomous-dev

muster-wait-page 1h || exit 0
muster-run ack
sleep 1m
muster-run declare P0 "no pod answers"
kubectl get pods -l app=$deployment

restarts=$(kubectl get pods -l app=$deployment -o jsonpath='{.items[*].status.containerStatuses[0].restartCount}')
for count in $restarts; do
  [ "$count" -gt 0 ] || continue
  muster-run hypothesis "the latest release crashes at start"
  kubectl rollout undo deployment/$deployment
  kubectl rollout status deployment/$deployment --timeout=5m || exit 1
  break
done

muster-run status "Rolled back; we are watching it."
sleep 16m
muster-run resolve "rolled back"
