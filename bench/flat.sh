#!/bin/sh
# Scans collections of growing size and tells what an article costs.
#
#   bench/flat.sh MEMORY COLLECTION... >raw.txt 2>&1
#
# The collections are made, the seed and the sources being the same, by
#
#   go run ./bench/copies make -seed 1 -docs N -about 1100 -o DIR SOURCE...
#
# Needs GNU time. User and system seconds are told as microseconds an article,
# resident memory in MiB; what other programs do at the time shows in both.
set -eu
memory=$1
shift
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/reprint" ./cmd/reprint

echo "# $(date -u +%Y-%m-%d) $(go version) $(git rev-parse --short HEAD)"
grep -m1 'model name' /proc/cpuinfo
echo "processors: $(nproc)"
for collection; do
	n=$(zcat -f "$collection" | wc -l)
	echo "\$ reprint scan COLLECTION --memory $memory # $n articles; load $(cut -d' ' -f1 /proc/loadavg)"
	/usr/bin/time -o "$work/time" -f '%U %S %e %M' "$work/reprint" scan "$collection" -o "$work/out" --force --quiet --memory "$memory" --temp "$work"
	awk -v n="$n" '{printf "%.0f us of processor an article, %s s user, %s s system, %s s elapsed, %.0f MiB\n", ($1+$2)/n*1e6, $1, $2, $3, $4/1024}' "$work/time"
	grep -E '"(name|seconds|items)"' "$work/out/summary.json" | sed 1d | tr -d '\n"' | sed 's/name/\n&/g'
	echo
done
