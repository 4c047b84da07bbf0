#!/usr/bin/env python3
"""Fits the weights of reuse/little.go on pairs of articles that people read, and says how they do on sets left out (sets.py).

usage: weigh.py [PAIRS.tsv]
"""
import os, sys

from sets import report

PENALTY = 3.3
FROM = 10.4  # LittleFrom

if __name__ == "__main__":
    pairs = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs.tsv")
    report(pairs, PENALTY, float, lambda even: FROM - even, FROM)
