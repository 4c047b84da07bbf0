"""Near-duplicates with datasketch: word 5-grams, 16 bands of 8, estimated Jaccard >= .7.

usage: datasketch_dedup.py DOCS.jsonl REMOVED.jsonl
"""
import sys

import orjson
from datasketch import MinHash, MinHashLSH

lsh = MinHashLSH(num_perm=128, params=(16, 8))
signatures = {}
with open(sys.argv[1], "rb") as docs, open(sys.argv[2], "wb") as removed:
    for line in docs:
        doc = orjson.loads(line)
        words = doc["text"].lower().split()
        signature = MinHash(num_perm=128)
        signature.update_batch([" ".join(words[i:i + 5]).encode() for i in range(max(1, len(words) - 4))])
        kept = next((k for k in sorted(lsh.query(signature)) if signatures[k].jaccard(signature) >= 0.7), None)
        if kept is None:
            lsh.insert(doc["id"], signature)
            signatures[doc["id"]] = signature
        else:
            removed.write(orjson.dumps({"id": doc["id"], "kept": kept}) + b"\n")
