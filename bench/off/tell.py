#!/usr/bin/env python3
"""What reuse/off.go tells of pairs of one source, by the cosine that it takes for another subject.

usage: tell.py [PAIRS.tsv]
"""
import collections, csv, os, sys

SAID = ("furniture", "none", "not read", "reuse")
LIKE = .07  # offLike
FROM = (.02, .03, .04, .05, .06, .07, .085, .1, .12, .15)
PART, WORDS, HELD = 8, 200, .8  # offPart, offWords, offHeld


def off(row, like):
    terms = [float(row[k]) for k in ("inA", "inB", "rest")]
    held = max(float(row["heldA"]), float(row["heldB"]))
    much = float(row["held"]) >= HELD or float(row["words"]) >= WORDS
    return row["begins"] == "0" and much and held * PART <= 1 and max(terms) < like


def main(path):
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    for lang in ("german", "english"):
        mine = [r for r in rows if r["set"].startswith(lang)]
        all = collections.Counter(r["said"] for r in mine)
        print(f"{lang:10}", *(f"{s} {all[s]}" for s in SAID), sep="  ")
        for like in FROM:
            told = collections.Counter(r["said"] for r in mine if off(r, like))
            print(f"{like:10}", *(f"{s} {told[s]}" for s in SAID), sep="  ")
    for s in sorted({r["set"] for r in rows}):
        told = collections.Counter(r["said"] for r in rows if r["set"] == s and off(r, LIKE))
        left = collections.Counter(r["said"] for r in rows if r["set"] == s and not off(r, LIKE))
        print(f"{s:18}", "told", *(told[k] for k in SAID), " left", *(left[k] for k in SAID))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs.tsv"))
