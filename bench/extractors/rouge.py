#!/usr/bin/env python3
"""What cleaning does to the text that extractors make of web pages.

usage: rouge.py EXTRACTED.jsonl.gz REPRINT OUT

EXTRACTED holds a line for each page and extractor: id, site, extractor, text, and gold, the article as a person
copied it. The texts of each extractor are cleaned as one collection by the command REPRINT; OUT is a folder for them.
Needs rouge_score from PyPI, whose rougeLsum is the figure of the set's authors. Takes some minutes.
"""
import collections, gzip, json, os, subprocess, sys

from rouge_score import rouge_scorer


def lines(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


def cleaned(pages, reprint, path):
    """Returns the cleaned texts of one extractor's pages, by id."""
    with open(path, "w", encoding="utf-8") as f:
        for p in pages:
            f.write(json.dumps({"id": p["id"], "source": p["site"], "text": p["text"] or ""}) + "\n")
    out = path.replace(".jsonl", ".cleaned.jsonl")
    subprocess.run([reprint, "clean", path, "-o", out, "--force", "--quiet"], check=True)
    return {p["id"]: p["text"] for p in lines(out)}


def means(scores):
    return "".join(f"{100 * sum(getattr(s, m) for s in scores) / len(scores):6.1f}" for m in ("precision", "recall", "fmeasure"))


def main(extracted, reprint, out):
    os.makedirs(out, exist_ok=True)
    by = collections.defaultdict(list)
    for page in lines(extracted):
        by[page["extractor"]].append(page)
    scorer = rouge_scorer.RougeScorer(["rougeLsum"])
    score = lambda gold, text: scorer.score(gold, text or "")["rougeLsum"]
    print("extractor    precision, recall, F1, each cleaned; pages better, worse")
    for extractor, pages in sorted(by.items()):
        texts = cleaned(pages, reprint, os.path.join(out, extractor + ".jsonl"))
        before = [score(p["gold"], p["text"]) for p in pages]
        after = [score(p["gold"], texts[p["id"]]) for p in pages]
        gains = [b.fmeasure - a.fmeasure for a, b in zip(before, after)]
        print(f"{extractor:12}{means(before)}  {means(after)}  {sum(g > 1e-4 for g in gains):3} {sum(g < -1e-4 for g in gains):3}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
