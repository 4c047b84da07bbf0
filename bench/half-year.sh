#!/bin/sh
# Times whole runs of the command on one collection and shows that threads and
# memory do not change the results.
#
#   bench/half-year.sh COLLECTION >raw.txt 2>&1
#
# Needs GNU time. Run it on a machine that does nothing else.
set -eu
collection=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/reprint" ./cmd/reprint

echo "# $(date -u +%Y-%m-%d) $(go version) $(git rev-parse --short HEAD)"
grep -m1 'model name' /proc/cpuinfo
echo "processors: $(nproc)"
zcat -f "$collection" | wc -lc | awk '{print "records: " $1 ", bytes: " $2}'

run() {
	echo "\$ reprint $* (last of this line: seconds user, system, elapsed; kilobytes)"
	/usr/bin/time -f '%U %S %e %M' "$work/reprint" "$@"
}
for i in 1 2 3 4 5; do
	run scan "$collection" -o "$work/out" --force --quiet
done
run scan "$collection" -o "$work/one" --force --quiet --threads 1
run scan "$collection" -o "$work/two" --force --quiet --threads 2
run scan "$collection" -o "$work/eight" --force --quiet --threads 8 --memory 32MiB
for f in matches clusters passages removed rejected; do
	sha256sum "$work/out/$f.jsonl" "$work/one/$f.jsonl" "$work/two/$f.jsonl" "$work/eight/$f.jsonl" |
		awk -v f=$f '{n[$1]++} END {for (h in n) print f, n[h] " of 4 alike", h}'
done
run learn "$collection" -o "$work/furniture.jsonl" --force --quiet
run clean "$collection" -o "$work/clean.jsonl" --force --quiet
run dedup "$collection" -o "$work/dedup.jsonl" --force --quiet
grep -E '"(name|seconds|items)"' "$work/out/summary.json" || true
