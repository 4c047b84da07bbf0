"""Near-duplicates with gaoya: word 5-grams, 16 bands of 8, Jaccard >= .7.

usage: gaoya_dedup.py DOCS.jsonl REMOVED.jsonl

Each document is looked up and, if nothing is like it, added, as gaoya's README does it.
"""
import sys

import orjson
from gaoya.minhash import MinHashStringIndex

index = MinHashStringIndex(hash_size=64, jaccard_threshold=0.7, num_bands=16, band_size=8, analyzer="word",
                           lowercase=True, ngram_range=(5, 5), id_container="smallvec")
ids = []
with open(sys.argv[1], "rb") as docs, open(sys.argv[2], "wb") as removed:
    for line in docs:
        doc = orjson.loads(line)
        found = index.query(doc["text"])
        if found:
            removed.write(orjson.dumps({"id": doc["id"], "kept": ids[min(found)]}) + b"\n")
        else:
            index.insert_document(len(ids), doc["text"])
        ids.append(doc["id"])
