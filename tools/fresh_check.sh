#!/usr/bin/env bash
# Proves README's two commands on a machine that starts with nothing: a root file system made by debootstrap, with
# no package of ours in it, and a clean checkout of HEAD.
#   tools/fresh_check.sh [WORK_DIR]      needs root, about 3 GB, and a Debian mirror
# MIRROR (default http://deb.debian.org/debian) and PRESERVE=1 (keep the file system) may be set.
source "$(dirname "$0")/lib.sh"

mirror=${MIRROR:-http://deb.debian.org/debian}
work=${1:-$(mktemp -d /var/tmp/muster-fresh.XXXXXX)}
target="$work/rootfs"
[ "$(id -u)" = 0 ] || die "fresh_check makes a root file system: run it as root"
need_packages debootstrap git

cleanup() {
  umount -l "$target/proc" 2>/dev/null || true
  if [ "${PRESERVE:-0}" != 1 ]; then rm -rf "$target"; fi
}
trap cleanup EXIT

say "debootstrap bookworm into $target"
debootstrap --variant=minbase bookworm "$target" "$mirror" >"$work/debootstrap.log" 2>&1 ||
  die "debootstrap failed; see $work/debootstrap.log"
cp /etc/resolv.conf "$target/etc/resolv.conf" 2>/dev/null || true
for file in /etc/apt/apt.conf.d/*proxy*; do
  if [ -e "$file" ]; then cp "$file" "$target/etc/apt/apt.conf.d/"; fi
done
printf '#!/bin/sh\nexit 101\n' >"$target/usr/sbin/policy-rc.d" # no services inside
chmod +x "$target/usr/sbin/policy-rc.d"
mkdir -p "$target/proc"
mount -t proc proc "$target/proc"
mkdir -p "$target/muster"
git -C "$root" archive HEAD | tar -x -C "$target/muster"

inside() { chroot "$target" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb "$@"; }

began=$SECONDS
say "tools/run.sh in the fresh file system"
inside /muster/tools/run.sh || die "tools/run.sh failed in the fresh file system"
say "tools/run.sh took $((SECONDS - began)) s"
began=$SECONDS
inside /muster/tools/run.sh >/dev/null || die "the second tools/run.sh failed"
say "the second tools/run.sh took $((SECONDS - began)) s"
began=$SECONDS
say "tools/test.sh in the fresh file system"
inside /muster/tools/test.sh || die "tools/test.sh failed in the fresh file system"
say "tools/test.sh took $((SECONDS - began)) s"
say "fresh_check passed"
