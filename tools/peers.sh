#!/usr/bin/env bash
# Fetches programs that judge us, without installing them as services: prometheus and promtool from Debian's package.
# Leaves them in build/peers/; tests look there and on PATH.
source "$(dirname "$0")/lib.sh"

peers="$root/build/peers"
have() { [ -x "$peers/$1" ] || command -v "$1" >/dev/null; }
if have promtool && have prometheus; then exit 0; fi
mkdir -p "$peers"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
apt-get download -qq prometheus >/dev/null 2>&1 || die "could not download the prometheus package"
dpkg-deb -x prometheus_*.deb .
cp usr/bin/promtool usr/bin/prometheus "$peers/"
