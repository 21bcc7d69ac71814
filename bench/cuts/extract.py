"""How much of a ticket's title its extract holds, beside the plain lead, MMR and TextRank.

    python -m venv v && v/bin/pip install numpy pystemmer
    v/bin/python bench/cuts/extract.py <folder of corpora: */corpus.jsonl with title and text>

1,500 tickets of six sentences or more; the same sentences for every method; the reference is the title people gave.
ROUGE-1 recall of three sentences over stems. Recall likes long sentences, so their words are counted too, and recall is
also given for the first 40, 60 and 80 words of each extract; "whole" are all sentences in order. Constants were tuned on
the even tickets; "test" are the odd ones, with a 95 % interval of the difference to the lead. Ours comes from
`quillgate extract`: the command is `node dev/quillgate.mjs`, or what QUILLGATE names.
"""
import collections
import json
import math
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys

import numpy as np
import Stemmer

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = shlex.split(os.environ.get("QUILLGATE", "")) or ["node", str(ROOT / "dev/quillgate.mjs")]
SENTENCES, CAPS = 3, (40, 60, 80)
stem = Stemmer.Stemmer("porter")
STOP = set("the and of to in is it for on that this with as are be by an or at we not from was if but can will has have".split())


def tokens(text):
    return stem.stemWords(re.findall(r"[a-z0-9]+", text.lower()))


def sentences(text):
    found = re.split(r"(?<=[.!?])\s+", re.sub(r"\s+", " ", text))
    return [s.strip() for s in found if len(s.split()) >= 3]


def vectors(all_sentences):
    bags = [collections.Counter(w for w in tokens(s) if w not in STOP and len(w) > 1) for s in all_sentences]
    seen = collections.Counter(w for bag in bags for w in bag)
    out = []
    for bag in bags:
        weights = {w: (1 + math.log(n)) * math.log(1 + len(bags) / seen[w]) for w, n in bag.items()}
        size = math.sqrt(sum(x * x for x in weights.values())) or 1
        out.append({w: x / size for w, x in weights.items()})
    return out


def dot(a, b):
    return sum(x * b.get(w, 0) for w, x in a.items())


def lead(found):
    return found[:SENTENCES]


def mmr(found):
    vs = vectors(found)
    center = collections.Counter()
    for v in vs:
        center.update(v)
    size = math.sqrt(sum(x * x for x in center.values())) or 1
    score = [0.5 / (1 + i) + 0.5 * dot(v, center) / size for i, v in enumerate(vs)]
    picked = []
    while len(picked) < SENTENCES:
        free = (i for i in range(len(found)) if i not in picked)
        picked.append(max(free, key=lambda i: 0.7 * score[i] - 0.3 * max((dot(vs[i], vs[j]) for j in picked), default=0)))
    return [found[i] for i in picked]


def textrank(found):
    sets = [set(tokens(s)) - STOP for s in found]
    links = np.zeros((len(sets), len(sets)))
    for i, a in enumerate(sets):
        for j, b in enumerate(sets[:i]):
            if a & b and len(a) > 1 and len(b) > 1:
                links[i, j] = links[j, i] = len(a & b) / (math.log(len(a)) + math.log(len(b)))
    sums = links.sum(1, keepdims=True)
    step = np.divide(links, sums, out=np.full_like(links, 1 / len(sets)), where=sums > 0)
    rank = np.full(len(sets), 1 / len(sets))
    for _ in range(50):
        rank = 0.15 / len(sets) + 0.85 * rank @ step
    return [found[i] for i in np.argsort(-rank, kind="stable")[:SENTENCES]]


def ours(tickets):
    """One paragraph a sentence, so that the sentences are the others'."""
    plain = lambda s: re.sub(r"([\\`*_{}\[\]<>()#+\-!|~&])", r"\\\1", s)
    line = lambda i, found: {
        "id": i,
        "maxSentences": SENTENCES,
        "sources": [{"ref": i, "format": "markdown", "body": "\n\n".join(map(plain, found))}],
    }
    lines = "".join(json.dumps(line(i, found)) + "\n" for i, (_, found) in enumerate(tickets))
    answer = subprocess.run([*COMMAND, "extract"], input=lines, capture_output=True, text=True, check=True)
    back = lambda s: re.sub(r"\\([\\`*_{}\[\]<>()#+\-!|~&])", r"\1", s)
    return [[back(s["text"]) for s in json.loads(line)["sentences"]] for line in answer.stdout.splitlines()]


def recall(title, extract, most=None):
    wanted, held = collections.Counter(tokens(title)), collections.Counter(tokens(" ".join(extract))[:most])
    return sum(min(n, held[w]) for w, n in wanted.items()) / sum(wanted.values())


def report(name, tickets, extracts, base=None):
    rows = np.array([recall(title, extract) for (title, _), extract in zip(tickets, extracts)])
    capped = [np.mean([recall(title, e, cap) for (title, _), e in zip(tickets, extracts)]) for cap in CAPS]
    size = np.mean([len(tokens(" ".join(extract))) for extract in extracts])
    line = f"{name:9} all {rows.mean():.3f}  test {rows[1::2].mean():.3f}  words {size:.0f}"
    line += f"  first {CAPS} words {' '.join(f'{x:.3f}' for x in capped)}"
    if base is not None:
        difference, draw = (rows - base)[1::2], np.random.default_rng(1)
        means = [draw.choice(difference, len(difference)).mean() for _ in range(2000)]
        low, high = np.percentile(means, [2.5, 97.5])
        line += f"  beyond the lead {difference.mean():+.3f} [{low:+.3f}, {high:+.3f}]"
    print(line, flush=True)
    return rows


everything = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/corpus.jsonl")):
    for row in map(json.loads, path.open()):
        found = sentences(row.get("text", ""))
        if len(found) >= 6 and tokens(row.get("title", "")):
            everything.append((row["title"], found))
random.Random(7).shuffle(everything)
tickets = everything[:1500]
base = report("lead", tickets, [lead(found) for _, found in tickets])
report("whole", tickets, [found for _, found in tickets])
report("MMR", tickets, [mmr(found) for _, found in tickets], base)
report("TextRank", tickets, [textrank(found) for _, found in tickets], base)
report("ours", tickets, ours(tickets), base)
