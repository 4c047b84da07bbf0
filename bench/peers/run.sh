#!/bin/sh
# Runs reprint's dedup and its peers on one collection made by bench/copies, each on
# one processor, and scores what they found.
#
#   pip install gaoya rensa datasketch orjson
#   bench/peers/run.sh DIR [TOOL...] >raw.txt 2>&1      DIR has docs.jsonl and truth.jsonl
#
# Tools: reprint gaoya rensa datasketch; all if none is named. datasketch gets the first
# tenth of the collection. Needs GNU time, taskset and Python 3.
set -eu
dir=$1
shift
[ $# -gt 0 ] || set -- reprint gaoya rensa datasketch
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/../.."
go build -o "$work/reprint" ./cmd/reprint
go build -o "$work/copies" ./bench/copies
docs=$dir/docs.jsonl
head -n $(($(wc -l <"$docs") / 10)) "$docs" >"$work/tenth.jsonl"
export RAYON_NUM_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

echo "# $(date -u '+%Y-%m-%d %H:%M') $(go version) $(git rev-parse --short HEAD) $(python3 --version)"
grep -m1 'model name' /proc/cpuinfo
python3 -c 'from importlib.metadata import version as v
for p in "gaoya", "rensa", "datasketch", "orjson": print(p, v(p))'

# text prints the bytes of text of a collection.
text() { python3 -c 'import sys, orjson
print(sum(len(orjson.loads(l)["text"].encode()) for l in open(sys.argv[1], "rb")))' "$1"; }

# timed TOOL DOCS COMMAND...
timed() {
	tool=$1 file=$2
	shift 2
	echo "\$ $tool"
	/usr/bin/time -o "$work/time" -f '%U %S %e %M' taskset -c 0 "$@"
	awk -v text="$(text "$file")" '{cpu = $1 + $2; printf "%.1f s user, %.1f s system, %.1f s elapsed, %.0f MB at most; %.1f MB of text a second of processor time\n",
		$1, $2, $3, $4 / 1024, text / 1e6 / cpu}' "$work/time"
}

for tool; do
	case $tool in
	reprint)
		timed reprint "$docs" "$work/reprint" dedup "$docs" -o "$work/out.jsonl" --force --quiet --threads 1
		mv "$work/out.removed.jsonl" "$work/removed.jsonl"
		;;
	datasketch) timed datasketch "$work/tenth.jsonl" python3 "$here/datasketch_dedup.py" "$work/tenth.jsonl" "$work/removed.jsonl" ;;
	*) timed "$tool" "$docs" python3 "$here/${tool}_dedup.py" "$docs" "$work/removed.jsonl" ;;
	esac
	if [ "$tool" = datasketch ]; then
		echo "(a tenth of the collection; not scored)"
	else
		"$work/copies" score "$dir/truth.jsonl" "$work/removed.jsonl"
	fi
done
