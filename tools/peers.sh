#!/usr/bin/env bash
# Fetches programs that judge us, without installing them as services: promtool from Debian's prometheus package.
# Leaves them in build/peers/; tests look there and on PATH.
source "$(dirname "$0")/lib.sh"

peers="$root/build/peers"
if [ -x "$peers/promtool" ] || command -v promtool >/dev/null; then exit 0; fi
mkdir -p "$peers"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
apt-get download -qq prometheus >/dev/null 2>&1 || die "could not download the prometheus package for promtool"
dpkg-deb -x prometheus_*.deb .
cp usr/bin/promtool "$peers/promtool"
