#!/usr/bin/env bash
# Fetches programs that judge us, without installing them as services: prometheus, promtool and amtool from Debian's packages.
# Leaves them in build/peers/; tests look there and on PATH. Debian's kubectl 1.20 comes beside the one on PATH.
source "$(dirname "$0")/lib.sh"

peers="$root/build/peers"
mkdir -p "$peers"

# fetch PACKAGE PROGRAM [NAME]: with a NAME of its own it is fetched even if there is another on PATH
fetch() {
  if [ -x "$peers/${3:-$2}" ]; then return; fi
  if [ -z "${3:-}" ] && command -v "$2" >/dev/null; then return; fi
  local scratch
  scratch=$(mktemp -d)
  (cd "$scratch" && apt-get download -qq "$1" >/dev/null 2>&1) || die "could not download the $1 package for $2"
  dpkg-deb -x "$scratch/$1"_*.deb "$scratch"
  cp "$scratch/usr/bin/$2" "$peers/${3:-$2}"
  rm -rf "$scratch"
}

fetch prometheus promtool
fetch prometheus prometheus
fetch prometheus-alertmanager amtool
fetch kubernetes-client kubectl kubectl-1.20
