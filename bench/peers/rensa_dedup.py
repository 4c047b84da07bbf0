"""Near-duplicates with rensa: word 5-grams, 16 bands of 8, estimated Jaccard >= .7.

usage: rensa_dedup.py DOCS.jsonl REMOVED.jsonl
"""
import sys

import orjson
from rensa import RMinHash, RMinHashLSH

lsh = RMinHashLSH(threshold=0.7, num_perm=128, num_bands=16)
ids, signatures = [], []
with open(sys.argv[1], "rb") as docs, open(sys.argv[2], "wb") as removed:
    for line in docs:
        doc = orjson.loads(line)
        words = doc["text"].lower().split()
        signature = RMinHash(num_perm=128, seed=42)
        signature.update([" ".join(words[i:i + 5]) for i in range(max(1, len(words) - 4))])
        kept = next((k for k in sorted(lsh.query(signature)) if signatures[k].jaccard(signature) >= 0.7), None)
        if kept is None:
            lsh.insert(len(ids), signature)
        else:
            removed.write(orjson.dumps({"id": doc["id"], "kept": ids[kept]}) + b"\n")
        ids.append(doc["id"])
        signatures.append(signature)
