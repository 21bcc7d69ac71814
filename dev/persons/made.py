"""Makes sentences from the templates of this folder, filled with names of the two faker packages. Seeded: the same every time.

Every fourth template is left for testing alone. A third of the names are made up by syllables of others, so that the tagger
does not learn to trust its table of names alone. Usage: python made.py FAKER_JS OUT
"""
import json, os, random, re, sys
import names

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIX = {'en': ['Ltd', 'Inc', 'Corporation', '& Sons', 'Group', 'Foundation', 'Partners'], 'de': ['GmbH', 'AG', 'KG', 'Stiftung', '& Co', 'Verlag', 'Werke'], 'fr': ['SA', 'et Fils', 'SARL', 'Frères'],
          'es': ['S.A.', 'SL', 'Hermanos', 'e Hijos'], 'it': ['S.p.A.', 'Srl', 'e Figli'], 'ru': ['Банк', 'Групп', 'Нефть']}
PREFIX = {'en': ['Bank of', 'University of', ''], 'de': ['Firma', 'Universität', ''], 'fr': ['Groupe', 'Société', ''], 'es': ['Grupo', 'Banco', ''], 'it': ['Gruppo', 'Banca', ''], 'ru': ['', '', '']}
SHARE = {'en': 6000, 'de': 3000, 'fr': 3000, 'es': 3600, 'it': 3000, 'ru': 2200}

class Maker:
    def __init__(self, faker_js, seed):
        self.random = random.Random(seed)
        _, _, _, _, self.names = names.lists(faker_js)
        self.js = names.faker_js_names(faker_js)
        self.things = names.read('things.txt')
        self.things = [w for line in self.things for w in line.split()]
        self.words = [w for line in names.read('words.txt') for w in line.split()]

    def pool(self, language, which):
        # The language's own names mostly, those of others sometimes: people move.
        if self.random.random() < 0.2 and language != 'ru': language = self.random.choice(['en', 'de', 'fr', 'es', 'it', 'tr', 'pl', 'nl', 'sv', 'cs', 'pt', 'hr'])
        return self.cached(language)[which]

    cache = {}
    def cached(self, language):
        if language not in self.cache:
            capital = lambda v: sorted(w for w in v if w[:1].isupper() and '.' not in w and len(w) > 2 and len(w) < 20)
            f, l = self.names[language]
            cyrillic = (lambda w: re.match('[А-Я]', w)) if language == 'ru' else (lambda w: ord(w[0]) < 0x250)
            self.cache[language] = [[w for w in capital(f) if cyrillic(w)], [w for w in capital(l) if cyrillic(w)]]
        return self.cache[language]

    def one(self, language, which):
        name = self.random.choice(self.pool(language, which))
        if self.random.random() < 0.33 and name.isalpha():
            other = self.random.choice(self.cached(language)[which])
            if other.isalpha(): name = name[:max(2, len(name) // 2)] + other[len(other) // 2:]
        return name

    def first(self, l): return self.one(l, 0)
    def last(self, l):
        name = self.one(l, 1)
        if l == 'es' and self.random.random() < 0.5: name += ' ' + self.one(l, 1)
        if self.random.random() < 0.05: name = self.random.choice({'de': ['von', 'von der', 'zu'], 'fr': ['de', 'de la', 'du'], 'es': ['de la', 'del', 'de'], 'it': ['Di', 'De', 'della'], 'ru': [''], 'en': ['van', 'van der', 'de']}[l]) + ' ' + name
        return name.strip()
    def full(self, l):
        first = self.first(l)
        r = self.random.random()
        if r < 0.1: first += ' ' + self.first(l)
        elif r < 0.18 and l != 'ru': first += ' ' + self.random.choice('ABCDEFGHJKLMNPRSTW') + '.'
        elif r < 0.22: first = first[0] + '.'
        return f'{first} {self.last(l)}'

    def company(self, l):
        r = self.random.random()
        stem = self.one(l, 1) if r < 0.6 else self.random.choice(self.things) if r < 0.8 else self.last(l) + ' & ' + self.last(l)
        if r < 0.45: return f'{stem} {self.random.choice(SUFFIX[l])}'
        if r < 0.6: return f'{self.random.choice(PREFIX[l])} {stem}'.strip() if l != 'ru' else f'«{stem}»'
        return stem + ' ' + self.random.choice(SUFFIX[l])

    def place(self, l):
        locale = {'en': ['en_US', 'en_GB', 'en', 'en_AU', 'en_CA'], 'de': ['de', 'de_AT', 'de_CH'], 'fr': ['fr', 'fr_CH', 'fr_BE'], 'es': ['es', 'es_MX'], 'it': ['it'], 'ru': ['ru']}[l]
        places = [w for n in locale for w in self.js.get(n, {}).get('place', []) if w[:1].isupper() and len(w) < 25]
        return self.random.choice(places) if places else 'Berlin'

    def thing(self, l):
        r = self.random.random()
        word = self.random.choice(self.things)
        if r < 0.1: return word.upper()
        if r < 0.2: return word + self.random.choice(['Server', 'DB', 'Manager', 'X', 'Service'])
        return word
    def two(self, l):
        word = lambda: (self.random.choice(self.words) if self.random.random() < 0.4 else self.random.choice(self.things)).capitalize()
        return f'{word()} {word()}'
    def street(self, l):
        n = self.last(l)
        return {'en': f'{n} Street', 'de': self.random.choice([f'{n}straße', f'{self.first(l)}-{n}-Straße', f'{n}weg']), 'fr': f'{n}', 'es': n, 'it': f'{self.first(l)} {n}', 'ru': f'{n}'}[l]

    def fill(self, template, l):
        out, spans = '', []
        for part in re.split(r'(\{[A-Z]\})', template.replace('\\n', '\n')):
            if not re.fullmatch(r'\{[A-Z]\}', part): out += part; continue
            slot = part[1]
            if slot in 'PFLIR':
                value = {'P': self.full, 'F': self.first, 'L': self.last, 'I': lambda l: self.first(l)[0] + '. ' + self.last(l), 'R': lambda l: self.last(l) + ', ' + self.first(l)}[slot](l)
                r = self.random.random()
                if slot != 'R' and r < 0.03: value = value.upper()
                # The comma parts "Last, First" in two for the tagger.
                at = len(out)
                for piece in value.split(', '):
                    spans.append({'start': at, 'end': at + len(piece), 'type': 'PERSON'}); at += len(piece) + 2
            else:
                value = {'T': self.thing, 'C': self.place, 'O': self.company, 'X': self.two, 'S': self.street, 'K': lambda l: 'ABC-%d' % self.random.randrange(999), 'N': lambda l: str(self.random.choice([self.random.randrange(1, 31), self.random.randrange(1800, 2025), '%d.%d' % (self.random.randrange(9), self.random.randrange(20))]))}[slot](l)
            out += value
        return {'text': out, 'spans': spans}

if __name__ == '__main__':
    maker = Maker(sys.argv[1], 20261)
    for language, share in SHARE.items():
        templates = [t for t in open(f'{HERE}/templates/{language}.txt', encoding='utf8').read().split('\n') if t]
        rows = []
        for _ in range(share):
            at = maker.random.randrange(len(templates))
            rows.append({**maker.fill(templates[at], language), 'part': at % 4})
        with open(f'{sys.argv[2]}/made_{language}.jsonl', 'w', encoding='utf8') as f:
            for r in rows: f.write(json.dumps(r, ensure_ascii=False) + '\n')
        print('made', language, len(rows))
