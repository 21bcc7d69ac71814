"""Reads the annotated texts that the tagger is trained on and writes them as rows {text, spans, part}, one JSONL file a source.

Usage: python sources.py SETS MIRRORS OUT    (see README.md for what SETS and MIRRORS hold; a missing source is left out with a word)
"""
import glob, json, os, re, subprocess, sys, zlib

TIGHT_LEFT = set(',.;:!?)]}%»…')
TIGHT_RIGHT = set('([{«')

def row(tokens, tags):
    """A sentence of tokens with BIO or IO tags as text with spans."""
    text, spans, previous, quote = '', [], 'O', False
    for token, tag in zip(tokens, tags):
        blank = bool(text) and token[0] not in TIGHT_LEFT and text[-1] not in TIGHT_RIGHT and not (token.startswith("'") and len(token) < 4)
        if token == '"':
            blank, quote = bool(text) and not quote, not quote
        elif text.endswith('"') and quote: blank = False
        if text.endswith(("l'", "d'", "L'", "D'", "qu'", "s'", "n'")): blank = False
        if blank: text += ' '
        start = len(text)
        text += token
        if tag != 'O':
            if tag[0] == 'B' or previous == 'O' or not spans: spans.append([start, len(text)])
            else: spans[-1][1] = len(text)
        previous = tag
    return {'text': text, 'spans': [{'start': a, 'end': b, 'type': 'PERSON'} for a, b in spans]}

def conll(text, column, is_person, word=0, comment='#'):
    tokens, tags = [], []
    for line in text.split('\n') + ['']:
        cells = line.rstrip('\r').split('\t') if '\t' in line else line.split()
        if not cells or not line.strip() or line.startswith('# ') or len(cells) <= column:
            if tokens: yield row(tokens, tags)
            tokens, tags = [], []
            continue
        tokens.append(cells[word]); tags.append(is_person(cells[column]))

def person(tag):
    return tag[0] + '-P' if re.fullmatch(r'[BI]-(PER|person|PERS|Per)', tag) else 'O'

class Mirror:
    def __init__(self, folder): self.git = next(p for p in (f'{folder}/repo/.git', f'{folder}/repo') if os.path.isdir(p))
    def list(self): return subprocess.run(['git', '-C', self.git, 'ls-tree', '-r', '--name-only', 'HEAD'], capture_output=True, text=True, check=True).stdout.split('\n')
    def read(self, path): return subprocess.run(['git', '-C', self.git, 'show', f'HEAD:{path}'], capture_output=True, check=True).stdout.decode('utf8', 'replace')
    def archive(self, folder, out):
        os.makedirs(out, exist_ok=True)
        tar = subprocess.Popen(['git', '-C', self.git, 'archive', 'HEAD', folder], stdout=subprocess.PIPE)
        subprocess.run(['tar', 'x', '-C', out], stdin=tar.stdout, check=True)

def sets(folder):
    for name in ['ner_btc_en', 'ner_wnut17_test_en', 'ner_wikigold_en', 'ner_germeval2014_test_de']:
        with open(f'{folder}/{name}.jsonl', encoding='utf8') as f: yield name, [json.loads(l) for l in f]

def europeana(mirror, name):
    tokens, tags, rows = [], [], []
    for line in mirror.read(name).split('\n'):
        cells = line.split()
        if len(cells) != 2: continue
        tokens.append(cells[0]); tags.append('I-P' if cells[1].endswith('PER') else 'O')
        if (cells[0] == '.' and len(tokens) > 12) or len(tokens) > 60:
            rows.append(row(tokens, tags)); tokens, tags = [], []
    return rows

def lines(text, gold):
    """The lines of a text as rows, each with the persons that lie within it."""
    rows, at = [], 0
    for line in text.split('\n'):
        inside = sorted((a - at, b - at) for a, b in gold if at <= a and b <= at + len(line))
        if line.strip(): rows.append({'text': line, 'spans': [{'start': a, 'end': b, 'type': 'PERSON'} for a, b in inside]})
        at += len(line) + 1
    return rows

def factrueval(mirror, scratch):
    mirror.archive('devset', scratch)
    rows = []
    for path in sorted(glob.glob(f'{scratch}/devset/*.txt')):
        text = open(path, encoding='utf8', newline='').read()
        spans = {}
        for line in open(path[:-3] + 'spans', encoding='utf8'):
            cells = line.split()
            if len(cells) > 3 and cells[1] in ('name', 'surname', 'patronymic', 'nickname'): spans[cells[0]] = (int(cells[2]), int(cells[2]) + int(cells[3]))
        gold = []
        for line in open(path[:-3] + 'objects', encoding='utf8'):
            cells = line.split('#')[0].split()
            if len(cells) > 2 and cells[1] == 'Person':
                parts = [spans[c] for c in cells[2:] if c in spans]
                if parts: gold.append((min(a for a, _ in parts), max(b for _, b in parts)))
        rows += lines(text, gold)
    return rows

def meddocan(mirror, scratch):
    mirror.archive('corpus/train/brat', scratch)
    rows = []
    for path in sorted(glob.glob(f'{scratch}/corpus/train/brat/*.txt')):
        text = open(path, encoding='utf8', newline='').read()
        gold = []
        for line in open(path[:-3] + 'ann', encoding='utf8'):
            cells = line.split('\t')
            if line.startswith('T') and cells[1].startswith('NOMBRE'): _, a, b = cells[1].split()[:3]; gold.append((int(a), int(b)))
        rows += lines(text, gold)
    return rows

def all_sources(sets_folder, mirrors, scratch):
    yield from sets(sets_folder)
    def mirror(name): return Mirror(f'{mirrors}/{name}')
    yield 'germeval_dev_de', list(conll(mirror('mapriess+GermEval_2014_NER_DEMO').read('Data/NER-de-dev.tsv'), 2, person, word=1))
    m = mirror('leondz+emerging_entities_17')
    yield 'wnut17_train_en', list(conll(m.read('wnut17train.conll'), 1, person)) + list(conll(m.read('emerging.dev.conll'), 1, person))
    m = mirror('EuropeanaNewspapers+ner-corpora')
    yield 'europeana_fr', europeana(m, 'enp_FR.bnf.bio/enp_FR.bnf.bio')
    yield 'europeana_de', [r for n in ('lft', 'onb', 'sbb') for r in europeana(m, f'enp_DE.{n}.bio/enp_DE.{n}.bio')]
    yield 'factrueval_ru', factrueval(mirror('dialogue-evaluation+factRuEval-2016'), scratch + '/fact')
    yield 'meddocan_es', meddocan(mirror('PlanTL-GOB-ES+SPACCC_MEDDOCAN'), scratch + '/med')

if __name__ == '__main__':
    sets_folder, mirrors, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for name, rows in all_sources(sets_folder, mirrors, out + '/unpacked'):
        seen, kept = set(), []
        for r in rows:
            if r['text'] in seen: continue
            seen.add(r['text'])
            kept.append({'text': r['text'], 'spans': r['spans'], 'part': zlib.crc32(r['text'].encode()) % 4})
        with open(f'{out}/{name}.jsonl', 'w', encoding='utf8') as f:
            for r in kept: f.write(json.dumps(r, ensure_ascii=False) + '\n')
        print(f'{name:28} rows {len(kept):6} persons {sum(len(r["spans"]) for r in kept):6}')
