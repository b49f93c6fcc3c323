#!/usr/bin/env bash
# Our engine beside other engines and the bare loops, on the same workloads: alternating rounds, medians, ratios.
#   bench/compare.sh [REPORT.md]       ROUNDS=5 CPU=1 ENGINES="bare ns3 systemc simgrid simpy" bench/compare.sh
# The other programs live outside the project (../shared/bench, or MUSTER_BENCH_PEERS); each prints one line
#   RESULT engine=NAME work=hold1000|hold100000|mmc|timer|web ... rate=ITEMS_PER_CPU_SECOND ... check=ok
# An engine that is not installed is left out, and said so. Rates are per CPU second of the measured loop.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
peers=${MUSTER_BENCH_PEERS:-$root/../shared/bench}
rounds=${ROUNDS:-5}
engines=${ENGINES:-"bare ns3 systemc simgrid simpy"}
export SYSTEMC_DISABLE_COPYRIGHT_MESSAGE=1 LC_ALL=C.UTF-8
if [ ! -f "$peers/bare.cpp" ]; then
  echo "compare.sh: no programs to compare with in $peers; set MUSTER_BENCH_PEERS" >&2
  exit 2
fi
pin=()
if command -v taskset >/dev/null; then pin=(taskset -c "${CPU:-0}"); fi

build="$root/build/compare"
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG" \
  -DMUSTER_TESTS=OFF -DMUSTER_BENCH=ON >/dev/null
ninja -C "$build" muster_bench web_tier_bench >/dev/null
ours="$build/bench/muster_bench"
tier="$build/bench/web_tier_bench"
lines="$build/lines.txt"
: >"$lines"

wanted() { case " $engines " in *" $1 "*) ;; *) return 1 ;; esac }

# compile NAME SOURCE FLAGS...: true if the program now exists
compile() {
  local name=$1 source=$2
  shift 2
  wanted "$name" || return 1
  if [ "$build/$name" -nt "$peers/$source" ]; then return 0; fi
  if g++ -O2 "$peers/$source" -o "$build/$name" "$@" 2>"$build/$name.log"; then return 0; fi
  echo "compare.sh: $name is left out: it does not build here ($build/$name.log)" >&2
  return 1
}

tasks=()
if compile bare bare.cpp -std=c++20; then
  tasks+=("$build/bare hold 1000 5e6 wheel" "$build/bare hold 1000 5e6 heap4" "$build/bare hold 1e5 5e6 wheel"
    "$build/bare hold 1e5 5e6 heap4" "$build/bare timer 3e6 wheel" "$build/bare timer 3e6 lazy4"
    "$build/bare mmc 3e6 event" "$build/bare web 900 fifo" "$build/bare web 900 wheel")
fi
if compile ns3 ns3_bench.cc -std=c++20 -lns3-core; then
  tasks+=("$build/ns3 hold 1000 2e6 PriorityQueue" "$build/ns3 hold 1e5 1e6 PriorityQueue"
    "$build/ns3 mmc 2e6 PriorityQueue" "$build/ns3 timer 1e6 PriorityQueue cancel" "$build/ns3 timer 1e6 Map remove"
    "$build/ns3 web 900 PriorityQueue cancel" "$build/ns3 web 900 Map remove")
fi
if compile systemc systemc_bench.cpp -std=c++17 -lsystemc; then
  tasks+=("$build/systemc hold 1000 3e6" "$build/systemc hold 1e5 1e6" "$build/systemc mmc 2e6"
    "$build/systemc timer 1e6" "$build/systemc web 900")
fi
if compile simgrid simgrid_bench.cpp -std=c++20 ${SIMGRID_INCLUDE:+-isystem "$SIMGRID_INCLUDE"} -lsimgrid; then
  tasks+=("$build/simgrid hold 1000 1e6 timer" "$build/simgrid hold 1e5 5e5 timer" "$build/simgrid mmc 1e6 timer"
    "$build/simgrid timer 5e5" "$build/simgrid web 300 timer")
fi
if wanted simpy && python3 -c 'import simpy' 2>/dev/null; then
  tasks+=("python3 $peers/simpy_bench.py hold 1000 500000" "python3 $peers/simpy_bench.py mmc 200000"
    "python3 $peers/simpy_bench.py timer 150000")
fi

# Our rows in the same form; a benchmark whose statistic is wrong reports an error and no rate.
run_ours() {
  "${pin[@]}" "$ours" --benchmark_format=csv --benchmark_min_time=0.01 2>/dev/null | awk -F, '
    BEGIN { work["\"hold/1000\""] = "hold1000"; work["\"hold/100000\""] = "hold100000"
            work["\"mmc\""] = "mmc"; work["\"timers\""] = "timer" }
    $1 in work { print "RESULT engine=muster work=" work[$1] " rate=" $7 " check=" ($8 == "true" ? "failed" : "ok") }'
}

for ((round = 1; round <= rounds; ++round)); do
  run_ours >>"$lines"
  "${pin[@]}" "$tier" 900 >>"$lines"
  for task in "${tasks[@]}"; do
    # shellcheck disable=SC2086  # a task is a command line
    timeout 60 "${pin[@]}" $task 2>/dev/null | grep '^RESULT' >>"$lines" || echo "compare.sh: failed: $task" >&2
  done
  echo "round $round of $rounds" >&2
done

python3 - "$lines" <<'PY' | tee "${1:-/dev/null}"
import collections, re, statistics, sys
rates = collections.defaultdict(list)
for line in open(sys.argv[1]):
    fields = dict(re.findall(r"(\w+)=(\S+)", line))
    if fields.get("check") == "ok":
        rates[fields["work"], fields["engine"]].append(float(fields["rate"]))
    else:
        print("failed its check:", line.strip(), file=sys.stderr)
for work in ("hold1000", "hold100000", "timer", "mmc", "web"):
    rows = sorted(((statistics.median(r), e, r) for (w, e), r in rates.items() if w == work), reverse=True)
    ours = next((median for median, engine, _ in rows if engine == "muster"), None)
    if ours is None:
        continue
    print(f"\n{work}\n\n| engine | million/s, median | min-max | muster is ... times as fast |\n|---|---|---|---|")
    for median, engine, all_rates in rows:
        low, high = min(all_rates) / 1e6, max(all_rates) / 1e6
        print(f"| {engine} | {median / 1e6:.2f} | {low:.2f}-{high:.2f} | {ours / median:.2f} |")
PY
