"""Builds src/privacy/person/names.bin: what a word is known as (first name, surname, ordinary word, thing).

Sources (all MIT or compatible, see README.md): the Python package `faker`, the npm package `@faker-js/faker` (unpacked, FAKER_JS),
the Python package `symspellpy` (English word frequencies), and things.txt and words.txt of this folder, written by hand.
Usage: python names.py FAKER_JS OUT.bin
"""
import importlib, os, pkgutil, re, struct, subprocess, json, sys, unicodedata

FIRST, LAST, WORD, THING = 1, 2, 4, 8
BUCKET_BITS = 13
LANGUAGES = {'en', 'de', 'fr', 'es', 'it', 'ru', 'ba'}
# Written in letters without capitals, or in Cyrillic beside Russian.
LEFT_OUT = {'bg', 'mk', 'uk', 'el', 'ka', 'hy', 'is', 'ha', 'ig', 'yo', 'tw', 'zu', 'ku', 'vi', 'th', 'ta', 'he', 'fa', 'ja', 'ko', 'zh', 'ne', 'bn', 'gu', 'or', 'si', 'mr', 'lv', 'lt', 'az', 'uz'}
HERE = os.path.dirname(os.path.abspath(__file__))
# Scripts with capital letters; others have no candidates.
WORDLIKE = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*$")

def fnv(word):
    h = 0x811C9DC5
    for c in word:
        h = ((h ^ ord(c)) * 0x01000193) & 0xFFFFFFFF
    return h

def mix(h):
    h ^= h >> 16; h = h * 0x85EBCA6B & 0xFFFFFFFF
    h ^= h >> 13; h = h * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ (h >> 16)

def plain(word):
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c))

def faker_names():
    """(locale, first names, surnames) of the Python package."""
    import faker.providers.person as person
    for module in sorted(m.name for m in pkgutil.iter_modules(person.__path__)):
        provider = importlib.import_module(f'faker.providers.person.{module}').Provider
        first, last = set(), set()
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not isinstance(values, (list, tuple, dict)): continue
            target = first if attribute.startswith('first_name') else last if attribute.startswith(('last_name', 'middle_name')) else None
            if target is not None: target.update(v for v in values if isinstance(v, str))
        yield module, first, last

def faker_js_names(folder):
    script = r"""
const f = await import(process.argv[1] + '/dist/index.js');
const out = {}; const flat = x => x == null ? [] : Array.isArray(x) ? x : typeof x === 'object' ? Object.values(x).flatMap(flat) : [x];
for (const [name, l] of Object.entries(f.allLocales)) {
  const p = l.person ?? {}, g = l.location ?? {}, w = l.word ?? {}, k = l.commerce ?? {};
  const s = x => flat(x).map(v => typeof v === 'string' ? v : v?.value).filter(v => typeof v === 'string');
  out[name] = { first: s(p.first_name), last: [...s(p.last_name), ...s(p.middle_name)], place: [...s(g.city_name), ...s(g.country), ...s(g.state), ...s(l.date?.month), ...s(l.date?.weekday), ...s(k.department), ...s(k.product_name)],
    word: [...s(w), ...s(l.lorem?.word), ...s(p.job_area), ...s(p.job_type), ...s(p.job_descriptor)] };
}
process.stdout.write(JSON.stringify(out));
"""
    out = subprocess.run(['node', '--input-type=module', '-e', script, os.path.abspath(folder)], capture_output=True, text=True, check=True)
    return json.loads(out.stdout)

RU_ENDINGS = {'consonant': ['', 'а', 'у', 'ом', 'е', 'ым'], 'й': ['й', 'я', 'ю', 'ем', 'е'], 'а': ['а', 'ы', 'и', 'е', 'у', 'ой'], 'я': ['я', 'и', 'е', 'ю', 'ей']}

def forms(word):
    """A word with its Russian case forms; others as they are, and without accents."""
    if re.search('[а-яё]', word):
        last = word[-1]
        stem = word[:-1] if last in RU_ENDINGS else word
        yield from (stem + e for e in (RU_ENDINGS.get(last) or (RU_ENDINGS['consonant'] if last not in 'оуыэюиеёь' else [''])))
        yield word
        if 'ё' in word: yield word.replace('ё', 'е')
    else:
        yield word
        if plain(word) != word: yield plain(word)

def lists(faker_js):
    """Per language, for the templates too: first names, surnames; and all places and words."""
    first, last, thing, word, by_language = set(), set(), set(), set(), {}
    for locale, f, l in faker_names():
        if locale[:2] in LEFT_OUT: continue
        first |= f; last |= l
        a, b = by_language.setdefault(locale[:2], (set(), set())); a |= f; b |= l
    for locale, l in faker_js_names(faker_js).items():
        if locale[:2] in LEFT_OUT: continue
        first |= set(l['first']); last |= set(l['last'])
        if locale[:2] in LANGUAGES: thing |= set(l['place']); word |= set(l['word'])
        a, b = by_language.setdefault(locale[:2], (set(), set())); a |= set(l['first']); b |= set(l['last'])
    return first, last, thing, word, by_language

def read(name):
    with open(os.path.join(HERE, name), encoding='utf8') as f:
        return [line.strip() for line in f if line.strip() and not line.startswith('#')]

def english(most):
    """The most frequent English words of symspellpy's dictionary that are no names alone."""
    import symspellpy
    path = os.path.join(os.path.dirname(symspellpy.__file__), 'frequency_dictionary_en_82_765.txt')
    with open(path, encoding='utf8') as f:
        return [line.split()[0].lstrip('\ufeff') for line in f][:most]

def table(faker_js):
    first, last, thing, word, _ = lists(faker_js)
    bits = {}
    def enter(values, bit, split=True):
        for value in values:
            for part in re.split(r'[\s,/()]+', value.strip()) if split else [value]:
                part = part.lower().replace('’', "'").strip(".'-")
                if 2 <= len(part) <= 24 and WORDLIKE.match(part) and ord(part[0]) < 0x530:
                    for form in forms(part): bits[form] = bits.get(form, 0) | bit
    enter(first, FIRST); enter(last, LAST)
    names = set(bits)
    enter([w for w in word if w[:1].islower()], WORD)
    # The frequency list holds names in lower case; what is a name keeps only that bit, unless it is on our own list.
    enter([w for i, w in enumerate(english(14000)) if len(w) > 2 and (w not in names or i < 150)], WORD)
    enter([t for t in thing if ' ' not in t], THING)
    enter(read('things.txt'), THING); enter(read('words.txt'), WORD)
    return bits

def pack(bits):
    buckets = [{} for _ in range(1 << BUCKET_BITS)]
    for word, value in sorted(bits.items()):
        h = mix(fnv(word))
        entry = buckets[h >> (32 - BUCKET_BITS)]
        entry[h & 0xFFF] = entry.get(h & 0xFFF, 0) | value
    offsets, entries = [0], []
    for bucket in buckets:
        entries += [remainder << 4 | value for remainder, value in sorted(bucket.items())]
        offsets.append(len(entries))
    return b''.join(struct.pack('<I', o)[:3] for o in offsets) + struct.pack(f'<{len(entries)}H', *entries)

if __name__ == '__main__':
    bits = table(sys.argv[1])
    packed = pack(bits)
    with open(sys.argv[2], 'wb') as f: f.write(packed)
    print(len(bits), 'words', len(packed), 'bytes', file=sys.stderr)
