#!/usr/bin/env bash
# All unit tests under the address and undefined-behaviour sanitizers.
source "$(dirname "$0")/lib.sh"

build_preset asan
ctest --test-dir "$root/build/asan" -L '^unit$' --output-on-failure -j "$(nproc)" --no-tests=error
