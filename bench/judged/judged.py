#!/usr/bin/env python3
"""Makes a judged set of pairs from the collections that its articles stand in.

usage: judged.py DATA SET OUT     writes OUT/docs.jsonl.gz and OUT/gold.json

DATA is the folder of the collections. SET is one of the .tsv files here, without its ending. README.md says how they came about.
"""
import gzip, json, os, sys

GERMAN, REUTERS, REPORTERS = "german-press-2021", "reuters-21578", "reuters-c50"

# First and last day, or days of 1987 as Reuters-21578 writes them and reporters.
SETS = {
    "german-may": ("2021-05-17", "2021-05-23"),
    "german-march": ("2021-03-15", "2021-03-18"),
    "german-june": ("2021-06-14", "2021-06-18"),
    "german-february": ("2021-02-15", "2021-02-19"),
    "german-april": ("2021-04-12", "2021-04-15"),
    "german-first-march": ("2021-03-01", "2021-03-05"),
    "english-18-march": ({"18-MAR-1987": "1987-03-18", "19-MAR-1987": "1987-03-19"}, ["KevinMorrison", "LydiaZajc"]),
    "english-11-march": ({"11-MAR-1987": "1987-03-11", "12-MAR-1987": "1987-03-12"}, ["JaneMacartney"]),
    "english-31-march": ({"31-MAR-1987": "1987-03-31", "1-APR-1987": "1987-04-01"}, ["TimFarrand"]),
    "english-16-march": ({"16-MAR-1987": "1987-03-16", "17-MAR-1987": "1987-03-17"}, ["KeithWeir"]),
    "english-2-march": ({"2-MAR-1987": "1987-03-02", "3-MAR-1987": "1987-03-03"}, ["DarrenSchuettler"]),
    "english-7-april": ({"7-APR-1987": "1987-04-07", "8-APR-1987": "1987-04-08"}, ["KirstinRidley"]),
}


def lines(data, name):
    with gzip.open(os.path.join(data, name, "docs.jsonl.gz"), "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


def german(data, first, last):
    """Articles of these days, of 600 to 7,000 characters, each text once."""
    seen = set()
    for d in lines(data, GERMAN):
        text = d["text"]
        if first <= d["published"][:10] <= last and 600 <= len(text) <= 7000 and d["source"] != "insm_presse" and text not in seen:
            seen.add(text)
            yield d


def english(data, days, reporters):
    """Dispatches of these days, of 600 characters or more, and all of these reporters."""
    for d in lines(data, REUTERS):
        day = d["date"].split()[0]
        if day in days and len(d["text"]) >= 600:
            yield {"id": f"{REUTERS}/{d['id']}", "source": "Reuters", "title": d["title"], "text": d["text"], "published": days[day]}
    for name in reporters:
        for d in lines(data, REPORTERS):
            if d["author"] == name:
                yield {"id": f"{REPORTERS}/{d['id']}", "source": "Reuters", "author": name, "title": "", "text": d["text"], "published": ""}


def pairs(name):
    """Rows of a set: a, b, label, share, confidence, first, reworded sentences as bytes of a and b."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".tsv")
    with open(path, encoding="utf-8") as f:
        next(f)
        for line in f:
            a, b, label, share, conf, first, reworded = line.rstrip("\n").split("\t")
            spans = [tuple(map(int, s.replace(":", "-").split("-"))) for s in reworded.split()]
            yield {"a": a, "b": b, "label": label, "share": float(share), "conf": conf, "first": first, "spans": spans}


def make(data, name, out):
    docs = list((german if name.startswith("german") else english)(data, *SETS[name]))
    text = {d["id"]: d["text"].encode() for d in docs}
    judged = []
    for p in pairs(name):
        a, b = text[p["a"]], text[p["b"]]
        p["reworded"] = [[a[i:j].decode(), b[k:l].decode()] for i, j, k, l in p.pop("spans")]
        judged.append(p)
    os.makedirs(out, exist_ok=True)
    with gzip.open(os.path.join(out, "docs.jsonl.gz"), "wt", encoding="utf-8") as f:
        for d in docs:
            f.write(json.dumps(d, ensure_ascii=False) + "\n")
    with open(os.path.join(out, "gold.json"), "w", encoding="utf-8") as f:
        json.dump({"pairs": judged, "docs": []}, f, ensure_ascii=False)


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[2] in SETS:
        make(*sys.argv[1:])
    else:
        sys.exit(__doc__)
