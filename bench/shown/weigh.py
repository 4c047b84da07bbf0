#!/usr/bin/env python3
"""Fits the weights of reuse/shown.go on passages that people read, and says how they do on what was left out.

usage: weigh.py [PASSAGES.tsv]

Logistic regression as in ../sentences/fit.py. What was read before the draw of seed 191 by readers less strict, and what is
known of sentences only, each has a constant of its own; that of the strict readers is what is used. Prints the weights; then,
with each group left out in turn (without the passages of the same articles in other groups), its log loss and how many of
those from FROM on are right and how many of the others; then the same with the judged sets left out in turn.
"""
import csv, math, os, sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "sentences"))
from fit import fit

STRICT = {"seed-191", "seeds-301-302", "seed-401", "doubtful"}
FROM = 1.0  # shownFrom


def left_out(rows, key):
    """Sums of the rows of each value of key, with weights fitted on all others."""
    for s in sorted({r[key] for r in rows}):
        own = {r[2] for r in rows if r[key] == s}
        weights, none = fit([r[3] for r in rows if r[key] != s and r[2] not in own])
        # the two constants in the end are left out of the sum: it is the strict readers'
        yield s, [(none + sum(u * v for u, v in zip(weights[:-2], x[:-2])), y, w, r) for r in rows if r[key] == s for y, w, x in [r[3]]]


def line(name, mine):
    loss = sum(-w * (y * -math.log1p(math.exp(-z)) + (1 - y) * -math.log1p(math.exp(z))) for z, y, w, _ in mine) / sum(w for _, _, w, _ in mine)
    out = f"{name:18} {len(mine):4} {loss:.3f}"
    for some in ([m for m in mine if m[0] >= FROM], [m for m in mine if m[0] < FROM]):
        if some:
            out += f"  {len(some):4} {sum(m[1] for m in some) / len(some):.3f}"
    print(out)


def main(path):
    with open(path, encoding="utf-8", newline="") as f:
        table = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = table[0][8:]
    rows = []
    for r in table[1:]:
        lenient = [float(r[0] not in STRICT and r[0] != "sentences"), float(r[0] == "sentences")]
        rows.append((r[0], r[1], frozenset(r[2:4]), (float(r[6]), float(r[7]), [float(v) for v in r[8:]] + lenient)))
    weights, none = fit([r[3] for r in rows])
    print(len(rows), "passages")
    for name, v in zip(names + ["none"], weights[:-2] + [none]):
        print(f"{name:10} {v:6.2f}")
    print("left out: passages, log loss; from", FROM, "on: passages, right; below")
    held = []
    for s, mine in left_out(rows, 0):
        line(s, mine)
        held += mine
    print("sets left out")
    for s, mine in left_out(rows, 1):
        if s != "german-press-2021":
            line(s, mine)
    print("sum of strictly read ones in groups left out: passages, foretold, right")
    edges = [-99, 0, .5, 1, 1.5, 2, 3, 4, 99]
    for lo, hi in zip(edges, edges[1:]):
        some = [(z, y) for z, y, _, r in held if lo <= z < hi and r[0] in STRICT]
        if some:
            print(f"{lo:5} to {hi:4} {len(some):4} {sum(1 / (1 + math.exp(-z)) for z, _ in some) / len(some):.2f} {sum(y for _, y in some) / len(some):.2f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "passages.tsv"))
