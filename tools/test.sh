#!/usr/bin/env bash
# Installs, builds and tests.
#   tools/test.sh          build, unit tests, whole drills, samples of the long tests (under 30 minutes on two cores)
#   tools/test.sh --long   the long tests (under 75 minutes)
# Each suite has its minutes in tools/suites.txt; an overrun fails.
source "$(dirname "$0")/lib.sh"

long=0
case "${1:-}" in
  "") ;;
  --long) long=1 ;;
  *) die "unknown argument '$1'; expected nothing or --long" ;;
esac

failed=()
# suite NAME COMMAND...: runs it, compares its time with its minutes.
suite() {
  local name=$1 began=$SECONDS status=0 minutes took
  shift
  minutes=$(awk -v name="$name" '$1 == name { print $2 }' "$root/tools/suites.txt")
  [ -n "$minutes" ] || die "suite $name has no minutes in tools/suites.txt"
  say "suite $name (at most $minutes min)"
  "$@" || status=$?
  took=$((SECONDS - began))
  if [ $status != 0 ]; then
    failed+=("$name")
    say "suite $name FAILED after ${took} s"
  elif [ $took -gt $((minutes * 60)) ]; then
    failed+=("$name (over its time)")
    say "suite $name passed, but took ${took} s: over its $minutes min"
  else
    say "suite $name passed in ${took} s"
  fi
}

run_tests() { ctest --test-dir "$root/build/$1" -L "^$2\$" --output-on-failure -j "$(nproc)" --no-tests=error; }

need_packages $packages_build $packages_test
if [ $long = 0 ]; then
  suite build build_preset ci
  "$root/tools/peers.sh" || say "no promtool: tests that need it will say 'skipped'"
  suite unit run_tests ci unit
  suite drills run_tests ci drill
  suite samples run_tests ci sample
else
  need_packages $packages_long
  build_preset ci
  suite long run_tests ci long
  suite matrix "$root/tools/matrix.sh"
fi

if [ ${#failed[@]} != 0 ]; then
  say "failed: ${failed[*]}"
  exit 1
fi
say "all suites passed"
