#!/usr/bin/env bash
# All unit tests and the short drills under the address and undefined-behaviour sanitizers.
source "$(dirname "$0")/lib.sh"

build_preset asan
ctest --test-dir "$root/build/asan" -L 'unit|drill' --output-on-failure -j "$(nproc)" --no-tests=error
