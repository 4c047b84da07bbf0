#!/usr/bin/env python3
"""What readers said of pairs, by the share that was printed for them.

usage: said.py GOLD_DIR RESULTS_DIR [GOLD_DIR RESULTS_DIR ...]

GOLD_DIR holds gold.json, RESULTS_DIR the matches.jsonl of a scan of its articles. Pairs that readers call reuse and that were found
as such are put together by the larger share of both articles; a share is right where the mean beside it is the same.
"""
import collections, json, os, sys

REUSE, COPIES = {"dup", "wire", "part"}, {"dup", "wire"}
FOUND = {"duplicate", "republished", "partial"}


def pairs(gold_dir, results_dir):
    found = {}
    with open(os.path.join(results_dir, "matches.jsonl"), encoding="utf-8") as f:
        for m in map(json.loads, f):
            found[frozenset((m["a"], m["b"]))] = m
    with open(os.path.join(gold_dir, "gold.json"), encoding="utf-8") as f:
        for p in json.load(f)["pairs"]:
            m = found.get(frozenset((p["a"], p["b"])))
            if m and m["kind"] in FOUND and p["label"] in REUSE:
                yield max(m["share_a"], m["share_b"]), p


def main(args):
    bins = collections.defaultdict(list)
    for gold_dir, results_dir in zip(args[::2], args[1::2]):
        for share, p in pairs(gold_dir, results_dir):
            bins[int(share * 20)].append((share, p))
    print("printed        pairs  mean   readers' mean  mean error  dup or wire")
    for b, said in sorted(bins.items()):
        n = len(said)
        print(f"{b / 20:.2f} to {b / 20 + .05:.2f}  {n:6d}  {sum(s for s, _ in said) / n:.3f}  {sum(p['share'] for _, p in said) / n:13.3f}"
              f"  {sum(abs(s - p['share']) for s, p in said) / n:10.3f}  {sum(p['label'] in COPIES for _, p in said) / n:11.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 3 or len(sys.argv) % 2 == 0:
        sys.exit(__doc__)
    main(sys.argv[1:])
