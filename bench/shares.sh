#!/bin/sh
# What share of a drill's instructions goes into scraping with storing, and into rules: one bad-deploy run under
# callgrind, which counts instructions and not seconds, so the machine's other work does not matter.
#     bench/shares.sh        (needs valgrind and a build in build/ci)
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp)
trap 'rm -f "$out"' EXIT
valgrind --tool=callgrind --callgrind-out-file="$out" build/ci/bench/drill_bench --benchmark_filter='bare_run/kind:0' \
  --benchmark_min_time=0.01 >/dev/null 2>&1
callgrind_annotate --inclusive=yes --threshold=100 "$out" |
  grep -E 'run_to_horizon\(bool\) \[|ScrapeSchedule::take_due|scrape_targets\(muster::World|AlertEngine::evaluate' |
  sed -E 's/^ *[0-9,]+ \( *([0-9.]+)%\) .*muster::([A-Za-z]+(::[a-z_]+)?).*/\1 %  \2/'
