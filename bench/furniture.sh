#!/bin/sh
# Times learning and stripping furniture on one thread.
#
#   bench/furniture.sh COLLECTION.jsonl >raw.txt 2>&1
#
# Needs GNU time. Every line of a run ends in seconds user, system and elapsed,
# and kilobytes; processor time is what to compare.
set -eu
collection=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/reprint" ./cmd/reprint

echo "# $(date -u +%Y-%m-%d) $(go version) $(git rev-parse --short HEAD)"
grep -m1 'model name' /proc/cpuinfo
zcat -f "$collection" >"$work/one.jsonl"
wc -lc <"$work/one.jsonl" | awk '{print "records: " $1 ", bytes: " $2}'

run() {
	echo "\$ reprint $*" | sed "s|$work/||g"
	/usr/bin/time -f '%U %S %e %M' "$work/reprint" "$@"
}
for i in 1 2 3; do
	run learn "$work/one.jsonl" -o "$work/f.jsonl" --force --quiet --threads 1
	run clean "$work/one.jsonl" -o "$work/clean.jsonl" --furniture "$work/f.jsonl" --force --quiet --threads 1
done
run clean "$work/one.jsonl" -o "$work/self.jsonl" --force --quiet --threads 1
