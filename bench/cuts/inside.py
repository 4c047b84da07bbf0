#!/usr/bin/env python3
"""Counts and shows the cuts that begin or end within a sentence.

usage: inside.py DOCS.jsonl REMOVED.jsonl [N]

REMOVED is what `clean` wrote beside its output for DOCS. Counted are pieces of text that were cut only because their source
repeats them, and of these the ones that begin behind a word without a mark of punctuation or a line break, or end so. Where a heading stands
before or behind them nothing is wrong with that: N of them are printed to be read.
"""
import json, random, sys

ENDS = '.!?“”"»«:…)*'


def pieces(spans, text):
    """Joins spans that only white space parts."""
    out = []
    for s in spans:
        if out and not text[out[-1][1]:s["start"]].strip():
            out[-1][1] = s["end"]
            out[-1][2].append(s)
        else:
            out.append([s["start"], s["end"], [s]])
    return out


def main(docs, removed, n=0):
    cuts = {}
    for line in open(removed, encoding="utf-8"):
        r = json.loads(line)
        cuts[r["id"]] = r["removed"]
    total, inside = 0, []
    for line in open(docs, encoding="utf-8"):
        d = json.loads(line)
        text = d["text"].encode()
        for start, end, spans in pieces(cuts.get(d["id"], []), text):
            if not all(s["reason"].startswith("source repeats") for s in spans):
                continue
            total += 1
            read = lambda a, b: text[max(0, a):b].decode("utf-8", "ignore")
            before, cut, after = read(start - 100, start), read(start, end).strip(), read(end, end + 80)
            begins = before.strip() and before.rstrip()[-1] not in ENDS and "\n" not in before[-3:]
            ends = after.strip() and cut[-1] not in ENDS and not after.startswith("\n")
            if begins or ends:
                inside.append((before[-60:], cut[:150], after[:60]))
    print(f"{total} pieces cut because a source repeats them, {len(inside)} begin or end within a sentence")
    for before, cut, after in random.Random(1).sample(inside, min(int(n), len(inside))):
        print(f"{before}⟦{cut}⟧{after}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
