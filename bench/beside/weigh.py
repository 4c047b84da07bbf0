#!/usr/bin/env python3
"""Fits the weights of reuse/beside.go on pairs of articles of one source that quote the same, and says how they do on sets left out.

usage: weigh.py [PAIRS.tsv]

Logistic regression as in ../sentences/fit.py, with an L2 penalty of 1. A pair that nobody read counts as no reuse, by half. Prints the
weights of the logarithms of 1 and the words said the same, and of 1 and the words quoted, and the sum that is an even chance;
then, with weights fitted on all other sets, how many pairs of each are told that are SURER than an even chance by so much,
and how many not: reuse, none, not read.
"""
import csv, math, os, sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "sentences"))
from fit import fit

PENALTY = 1
SURER = .3


def count(rows):
    """Reuse, none and not read."""
    read = [y for y, w, _ in rows if w == 1]
    return f"{sum(read):.0f}/{len(read) - sum(read):.0f}/{len(rows) - len(read)}"


def main(path):
    with open(path, encoding="utf-8", newline="") as f:
        table = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = table[0][5:]
    rows = [(r[0], (float(r[3]), float(r[4]), [math.log1p(float(v)) for v in r[5:]])) for r in table[1:]]
    print(len(rows), "pairs")
    weights, none = fit([r for _, r in rows], PENALTY)
    for name, v in zip(names + ["even"], weights + [-none]):
        print(f"{name:6} {v:6.2f}")
    print(f"set left out: told from {SURER} above an even chance, and not")
    total = [[], []]
    for s in sorted({s for s, _ in rows}):
        weights, none = fit([r for t, r in rows if t != s], PENALTY)
        piles = [[], []]
        for t, r in rows:
            if t == s:
                piles[none + sum(u * v for u, v in zip(weights, r[2])) < SURER].append(r)
        for pile, mine in zip(total, piles):
            pile += mine
        print(f"{s:18}", *map(count, piles))
    print(f"{'all':18}", *map(count, total))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "pairs.tsv"))
