#!/usr/bin/env python3
"""Fits the weights of reuse/beside.go on pairs of articles of one source that quote the same, and says how they do on sets left
out (../little/sets.py). The terms are logarithms of 1 and the words said the same, and of 1 and the words quoted.

usage: weigh.py [PAIRS.tsv]
"""
import math, os, sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "little"))
from sets import report

PENALTY = 1
SURER = .3

if __name__ == "__main__":
    pairs = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "pairs.tsv")
    report(pairs, PENALTY, math.log1p, lambda even: SURER, f"{SURER} above an even chance")
