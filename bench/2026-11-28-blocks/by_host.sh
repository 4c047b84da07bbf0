#!/bin/bash
# by_host.sh CHECKOUT DATA EVAL SEED OUT: what `clean` as a whole, with rules and what it learns from the pages, makes of
# fundus-fixtures-de and fundus-eval where the model does not know a page's host. The hosts are dealt into five parts by SEED; for each
# part the model is trained without it and built into CHECKOUT, a copy that is changed. Takes about eight minutes.
set -eu
checkout=$1 data=$2 eval=$3 seed=$4 out=$5
sets="fundus-fixtures-de fundus-eval"
mkdir -p "$out"
python3 - "$data" "$seed" "$out" $sets <<'P'
import gzip, json, os, random, sys

data, seed, out, *sets = sys.argv[1:]


def host(source):
    labels = source.removeprefix("www.").split(".")
    return labels[-2] if len(labels) > 1 else labels[0]


for name in sets:
    pages = [json.loads(line) for line in gzip.open(f"{data}/{name}.jsonl.gz", "rt")]
    hosts = sorted({host(p["source"]) for p in pages})
    random.Random(int(seed)).shuffle(hosts)
    part = {h: i % 5 for i, h in enumerate(hosts)}
    for k in range(5):
        os.makedirs(f"{out}/{k}", exist_ok=True)
        for path, test in ((f"{out}/{k}/{name}.jsonl.gz", False), (f"{out}/{k}.{name}.jsonl.gz", True)):
            with gzip.open(path, "wt") as f:
                for p in pages:
                    if (part[host(p["source"])] == k) == test:
                        f.write(json.dumps(p, ensure_ascii=False) + "\n")
P
cd "$checkout"
go build -o "$out/train" ./internal/blocktrain
for k in 0 1 2 3 4; do
	cp "$data"/{aeb-scrapinghub,fundus-fixtures-en,l3s-gn1}.jsonl.gz "$out/$k/"
	"$out/train" "$out/$k" internal/blocks/weights.bin l3s-gn1 > "$out/$k.log"
	go build -o "$out/reprint" ./cmd/reprint
	for name in $sets; do
		python3 "$eval/furniture.py" docs "$out/$k.$name.jsonl.gz" > "$out/$k.$name.docs.jsonl"
		"$out/reprint" clean "$out/$k.$name.docs.jsonl" -o "$out/$k.$name.jsonl" --force --quiet --allow-empty
	done
done
for name in $sets; do
	cat "$out"/?."$name".removed.jsonl > "$out/$name.removed.jsonl"
	python3 "$eval/furniture.py" blocks "$data/$name.jsonl.gz" "$out/$name.removed.jsonl"
done
