#!/usr/bin/env bash
# Equal inputs, equal run: the shipped drills give byte-equal journals and scorecards whatever the compiler, the
# optimisation level or the machine's fused multiply-add.
source "$(dirname "$0")/lib.sh"

# With the reference (GCC, -O2): both compilers, both ends of optimisation, with and without FMA. What differs did so far
# between compilers or by FMA; all four corners would take an hour. VARIANTS="clang-O0 gcc-O3-fma" plays others.
declare -A known=(
  [gcc-O0]="g++ -O0"
  [gcc-O3-fma]="g++ -O3 -march=haswell"
  [clang-O0]="clang++-16 -O0"
  [clang-O3-fma]="clang++-16 -O3 -march=haswell"
)
variants=()
for name in ${VARIANTS:-gcc-O0 clang-O3-fma}; do
  [ -n "${known[$name]:-}" ] || die "unknown variant '$name'; expected some of ${!known[*]}"
  variants+=("$name ${known[$name]}")
done
drills=(
  "bad-deploy none"
  "bad-deploy runbook:$root/scenarios/systems/autonomous-dev/runbook.md#Roll back the deployment"
  "bad-config runbook:$root/scenarios/systems/autonomous-dev/runbook.md#Roll back the deployment"
  "bad-deploy runbook:$root/scenarios/systems/autonomous-dev/runbook.md"
  "bad-deploy playbook:$root/responders/library/bad-deploy.good.yaml"
  "retry-storm playbook:$root/responders/library/retry-storm.naive.yaml"
  "bad-deploy human:$root/responders/library/profiles/oncall.yaml"
)
# Every library drill with a fixed list of requests, the one that helps and the one that harms.
for responses in "$root"/scenarios/library/responses/*.yaml; do
  name=$(basename "$responses")
  drills+=("${name%%.*} requests:$responses")
done

build_variant() { # NAME COMPILER FLAGS...
  local name=$1 compiler=$2
  shift 2
  local warnings=ON # are errors; not where -O3 makes GCC see ghosts
  if [[ $* == *-O3* ]]; then warnings=OFF; fi
  cmake -S "$root" -B "$root/build/matrix/$name" -G Ninja -DCMAKE_BUILD_TYPE=None -DMUSTER_TESTS=OFF \
    -DMUSTER_WERROR=$warnings -DCMAKE_UNITY_BUILD=ON \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$*" >/dev/null
  cmake --build "$root/build/matrix/$name" -j "$(nproc)" >"$root/build/matrix/$name.log" 2>&1 || {
    tail -n 40 "$root/build/matrix/$name.log" >&2
    die "the variant $name does not build"
  }
}

# play BINARY OUT DRILL...: each drill into OUT/NUMBER, as many at once as there are processors.
play() {
  local binary=$1 out=$2 number=0 drill
  shift 2
  rm -rf "$out"
  mkdir -p "$out"
  for drill in "$@"; do
    number=$((number + 1))
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || true; done
    "$binary" run "$root/scenarios/library/${drill%% *}.yaml" --responder "${drill#* }" --out "$out/$number" \
      --quiet &
  done
  wait
  for number in $(seq $#); do
    [ -f "$out/$number/scorecard.json" ] || die "drill $number of $out was not played"
  done
}

can_run_haswell() { grep -q ' avx2 ' /proc/cpuinfo && grep -q ' fma ' /proc/cpuinfo; }

mkdir -p "$root/build/matrix"
play "$root/build/ci/muster" "$root/build/matrix/out-reference" "${drills[@]}"
bad=0
for variant in "${variants[@]}"; do
  read -r name compiler flags <<<"$variant"
  if [[ $flags == *haswell* ]] && ! can_run_haswell; then
    say "skipped: $name (this machine has no FMA)"
    continue
  fi
  build_variant "$name" "$compiler" $flags
  # Without optimisation a drill takes ten times as long: the first ten are played.
  played=("${drills[@]}")
  if [[ $flags == *-O0* ]]; then played=("${drills[@]:0:10}"); fi
  play "$root/build/matrix/$name/muster" "$root/build/matrix/out-$name" "${played[@]}"
  for file in $(cd "$root/build/matrix/out-$name" && find . -name journal.jsonl -o -name scorecard.json); do
    if ! cmp "$root/build/matrix/out-reference/$file" "$root/build/matrix/out-$name/$file"; then
      say "$name differs in $file"
      bad=1
    fi
  done
  say "$name: compared"
done
exit $bad
