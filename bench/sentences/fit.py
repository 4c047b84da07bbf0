#!/usr/bin/env python3
"""Fits the weights of reuse/odds.go on pairs of sentences that people read, and says how they do on sets left out.

usage: fit.py [PAIRS.tsv]

Logistic regression by Newton's method, standardised, with an L2 penalty of 1; a verdict between 0 and 1 counts as so
much of a right pair. Pairs drawn from half a year of press have a constant of their own, since the judged sets were read for
pairs that are unlike, too; the constant of that half year is what is used. Prints the weights, the log loss of each set with
weights fitted on all others (without the pairs of the same articles in another draw), how often pairs of a sum are right
there, and how many of those drawn from the half year.
"""
import csv, math, os, sys


HALF = "german-press-2021"  # sets of this name are draws from that half year
FROM = 1.35  # oddsSure


def solve(h, g):
    """The solution of h d = g, by elimination."""
    n = len(g)
    m = [row[:] + [v] for row, v in zip(h, g)]
    for c in range(n):
        p = max(range(c, n), key=lambda r: abs(m[r][c]))
        m[c], m[p] = m[p], m[c]
        for r in range(n):
            if r != c and m[r][c]:
                f = m[r][c] / m[c][c]
                m[r] = [x - f * y for x, y in zip(m[r], m[c])]
    return [m[i][n] / m[i][i] for i in range(n)]


def fit(rows, penalty=1.0):
    """Weights and constant."""
    n = len(rows[0][2])
    mean = [sum(x[i] for _, _, x in rows) / len(rows) for i in range(n)]
    dev = [math.sqrt(sum((x[i] - mean[i]) ** 2 for _, _, x in rows) / len(rows)) + 1e-9 for i in range(n)]
    z = [(y, w, [(v - m) / d for v, m, d in zip(x, mean, dev)] + [1.0]) for y, w, x in rows]
    b = [0.0] * (n + 1)
    for _ in range(30):
        g = [penalty * v for v in b[:-1]] + [0.0]
        h = [[penalty if i == j and i < n else 1e-9 if i == j else 0.0 for j in range(n + 1)] for i in range(n + 1)]
        for y, w, x in z:
            p = 1 / (1 + math.exp(-sum(u * v for u, v in zip(b, x))))
            k = w * p * (1 - p)
            for i, v in enumerate(x):
                g[i] += w * (p - y) * v
                row, kv = h[i], k * v
                for j, u in enumerate(x):
                    row[j] += kv * u
        step = solve(h, g)
        b = [u - v for u, v in zip(b, step)]
        if max(map(abs, step)) < 1e-6:
            break
    weights = [v / d for v, d in zip(b, dev)]
    return weights, b[-1] - sum(v * m for v, m in zip(weights, mean))


def main(path):
    with open(path, encoding="utf-8", newline="") as f:
        table = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = table[0][7:]
    rows = [(r[0], frozenset(r[1:3]), (float(r[5]), float(r[6]), [float(v) for v in r[7:]] + [float(r[0].startswith(HALF))])) for r in table[1:]]
    weights, none = fit([r for _, _, r in rows])
    print(len(rows), "pairs")
    for name, v in zip(names + ["none"], weights[:-1] + [none + weights[-1]]):
        print(f"{name:8} {v:6.2f}")
    print("set left out: pairs, log loss")
    held = []
    for s in sorted({s for s, _, _ in rows}):
        own = {ids for t, ids, _ in rows if t == s}
        weights, none = fit([r for t, ids, r in rows if t != s and ids not in own])
        mine = [(none + sum(u * v for u, v in zip(weights, x)), y, w, s) for t, _, (y, w, x) in rows if t == s]
        loss = sum(-w * (y * -math.log1p(math.exp(-z)) + (1 - y) * -math.log1p(math.exp(z))) for z, y, w, _ in mine)
        print(f"{s:24} {len(mine):4} {loss / sum(w for _, _, w, _ in mine):.3f}")
        held += mine
    print("sum of odds in sets left out: pairs, foretold, right")
    edges = [-99, -2, -1, 0, .5, 1, 1.35, 1.5, 2, 3, 99]
    for lo, hi in zip(edges, edges[1:]):
        some = [(z, y, w) for z, y, w, _ in held if lo <= z < hi]
        drawn = [y for z, y, _, s in held if lo <= z < hi and s.startswith(HALF)]
        all_ = sum(w for _, _, w in some)
        if some:
            print(f"{lo:5} to {hi:4} {len(some):4} {sum(w / (1 + math.exp(-z)) for z, _, w in some) / all_:.2f} {sum(w * y for _, y, w in some) / all_:.2f}"
                  + (f" of {len(drawn)} drawn {sum(drawn) / len(drawn):.2f}" if drawn else ""))
    for s in sorted({s for _, _, _, s in held if s.startswith(HALF)}):
        drawn = [y for z, y, _, t in held if t == s and z >= FROM]
        print(f"{s:32} from {FROM}: {len(drawn)}, right {sum(drawn) / len(drawn):.3f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "pairs.tsv"))
