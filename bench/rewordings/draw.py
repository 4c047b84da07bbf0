#!/usr/bin/env python3
"""Draws reworded passages from the matches of a scan, for people to read and judge.

usage: draw.py DOCS.jsonl.gz RESULTS_DIR SEED COUNT            prints the passages to read, numbered
       draw.py --places DOCS.jsonl.gz RESULTS_DIR SEED COUNT   prints their places only: n, a, b, kind, similarity, bytes in a, bytes in b

Draws from the matches that are reuse, each reworded passage as likely as any other. The same results and seed draw
the same passages.
"""
import gzip, json, random, sys

REUSE = {"duplicate", "republished", "partial"}


def draw(results, seed, count):
    found = []
    with open(results + "/matches.jsonl", encoding="utf-8") as f:
        for m in map(json.loads, f):
            if m["kind"] in REUSE:
                found += [(m["a"], m["b"], m["kind"], p) for p in m["passages"] if p["type"] == "reworded"]
    print(f"{len(found)} reworded passages", file=sys.stderr)
    return random.Random(seed).sample(found, count)


def main(docs, results, seed, count, places):
    drawn = draw(results, seed, count)
    if not places:
        with gzip.open(docs, "rt", encoding="utf-8") as f:
            text = {d["id"]: d["text"].encode() for d in map(json.loads, f)}
    for n, (a, b, kind, p) in enumerate(drawn, 1):
        if places:
            print(n, a, b, kind, p["similarity"], "%d-%d" % tuple(p["a"]), "%d-%d" % tuple(p["b"]), sep="\t")
        else:
            print(n, kind, p["similarity"])
            for doc, (s, e) in ((a, p["a"]), (b, p["b"])):
                print("   ", text[doc][s:e].decode().replace("\n", " "))


if __name__ == "__main__":
    args = [x for x in sys.argv[1:] if x != "--places"]
    if len(args) != 4:
        sys.exit(__doc__)
    main(args[0], args[1], int(args[2]), int(args[3]), "--places" in sys.argv)
