# Shared by the scripts in tools/: messages, root rights, Debian packages, the build. Source it, do not run it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export LC_ALL=C.UTF-8

# What the simulator is built with, what the tests need besides, and what only the long tests need.
packages_build="g++ cmake ninja-build ccache mold pkg-config libfmt-dev nlohmann-json3-dev libssl-dev
  libboost-program-options-dev libboost-dev zlib1g-dev libyaml-cpp-dev
  libre2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libedit-dev"
packages_test="libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev openssl python3 chromium curl"
packages_long="clang-16"

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() {
  printf 'tools: %s\n' "$*" >&2
  exit 2
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "'$1' needs root rights: run this script as root or install sudo"
  fi
}

package_missing() { ! dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'; }

# Installs the packages that are missing, and says which one could not be had.
need_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "this script installs Debian packages and found no apt-get; install by hand: $*"
  local missing=()
  local name
  for name in "$@"; do
    if package_missing "$name"; then missing+=("$name"); fi
  done
  if [ ${#missing[@]} = 0 ]; then return; fi
  say "installing ${missing[*]}"
  as_root apt-get update -qq || die "apt-get update failed: is the package mirror reachable?"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >"${TMPDIR:-/tmp}/muster-apt.log" 2>&1 || {
    tail -n 5 "${TMPDIR:-/tmp}/muster-apt.log" >&2
    die "could not install: ${missing[*]}"
  }
}

# Configures (only if that was never done) and builds one preset; prints the compiler's messages only on failure.
build_preset() {
  local preset=$1
  shift
  cd "$root"
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "configuring $preset"
    cmake --preset "$preset" "$@" >"${TMPDIR:-/tmp}/muster-cmake.log" 2>&1 || {
      tail -n 30 "${TMPDIR:-/tmp}/muster-cmake.log" >&2
      die "cmake could not configure the preset $preset"
    }
  fi
  say "building $preset"
  cmake --build "build/$preset" -j "$(nproc)" >"build/$preset/build.log" 2>&1 || {
    grep -E -A 12 'error|FAILED' "build/$preset/build.log" | head -n 60 >&2
    die "the build failed; all messages: build/$preset/build.log"
  }
}
