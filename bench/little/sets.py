"""Fits a sum of terms on pairs of articles that people read, and says how it does on sets left out.

Logistic regression as in ../sentences/fit.py. A line of the pairs is tab-separated: the set, both ids, the verdict, what the line
weighs, and the terms; a pair that nobody read counts as no reuse, by half.
"""
import csv, os, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sentences"))
from fit import fit


def count(rows):
    """Reuse, none and not read."""
    read = [y for y, w, _ in rows if w == 1]
    return f"{sum(read):.0f}/{len(read) - sum(read):.0f}/{len(rows) - len(read)}"


def report(path, penalty, term, surer, title):
    """Prints the weights, and the sum that is an even chance; then, with weights fitted on all other sets, how many pairs of each
    have a sum above an even chance by surer(even), and how many not. term makes a number of what stands in the file."""
    with open(path, encoding="utf-8", newline="") as f:
        table = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = table[0][5:]
    rows = [(r[0], (float(r[3]), float(r[4]), [term(float(v)) for v in r[5:]])) for r in table[1:]]
    print(len(rows), "pairs")
    weights, none = fit([r for _, r in rows], penalty)
    for name, v in zip(names + ["even"], weights + [-none]):
        print(f"{name:6} {v:6.2f}")
    least = surer(-none)
    print(f"set left out: told from {title}, and not")
    total = [[], []]
    for s in sorted({s for s, _ in rows}):
        weights, none = fit([r for t, r in rows if t != s], penalty)
        piles = [[], []]
        for t, r in rows:
            if t == s:
                piles[none + sum(u * v for u, v in zip(weights, r[2])) < least].append(r)
        for pile, mine in zip(total, piles):
            pile += mine
        print(f"{s:18}", *map(count, piles))
    print(f"{'all':18}", *map(count, total))
