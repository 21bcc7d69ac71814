// The common grammar of JQL and CQL: clauses joined by AND, OR, NOT and parentheses, and ORDER BY.
// It makes a tree; what fields and operators mean is `jira/jql.mjs` and `confluence/cql.mjs`.

/** The query does not follow the grammar. */
export class BadQuery extends Error {}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(!~|!=|>=|<=|[=<>~(),])|([^\s"'=<>~!(),]+))/y;

function tokenize(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      if (text.slice(from).trim() === '') break;
      throw new BadQuery(`Error in the query: unexpected character at position ${from + 1}.`);
    }
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (sign) tokens.push({ kind: 'sign', value: sign });
    else tokens.push({ kind: 'word', value: word });
  }
  return tokens;
}

/**
 * Parses a query into `{ where, order }`: `where` is null or a tree of `{ and: [...] }`, `{ or: [...] }`, `{ not }`, `{ field, op, values }`
 * (values being `{ text, quoted }` or `{ call, args }`); `order` a list of `{ field, descending }`.
 */
export function parseQuery(text) {
  const parser = new Parser(tokenize(text));
  const where = parser.atEnd() || parser.isWord('order') ? null : parser.or();
  const order = parser.order();
  if (!parser.atEnd()) throw new BadQuery(`Error in the query: expecting operator but got '${parser.peek().value}'.`);
  return { where, order };
}

class Parser {
  #tokens;
  #at = 0;

  constructor(tokens) {
    this.#tokens = tokens;
  }

  peek() {
    return this.#tokens[this.#at];
  }

  atEnd() {
    return this.#at >= this.#tokens.length;
  }

  isWord(word) {
    const token = this.peek();
    return token?.kind === 'word' && token.value.toLowerCase() === word;
  }

  #isSign(sign) {
    const token = this.peek();
    return token?.kind === 'sign' && token.value === sign;
  }

  #take(what) {
    const token = this.#tokens[this.#at++];
    if (!token) throw new BadQuery(`Error in the query: expecting ${what} before the end of the query.`);
    return token;
  }

  #expect(sign) {
    if (!this.#isSign(sign)) throw new BadQuery(`Error in the query: expecting '${sign}'${this.atEnd() ? ' before the end of the query' : ` but got '${this.peek().value}'`}.`);
    this.#at += 1;
  }

  or() {
    const parts = [this.#and()];
    while (this.isWord('or')) {
      this.#at += 1;
      parts.push(this.#and());
    }
    return parts.length === 1 ? parts[0] : { or: parts };
  }

  #and() {
    const parts = [this.#not()];
    while (this.isWord('and')) {
      this.#at += 1;
      parts.push(this.#not());
    }
    return parts.length === 1 ? parts[0] : { and: parts };
  }

  #not() {
    if (this.isWord('not')) {
      this.#at += 1;
      return { not: this.#not() };
    }
    if (this.#isSign('(')) {
      this.#at += 1;
      const inner = this.or();
      this.#expect(')');
      return inner;
    }
    return this.#clause();
  }

  #clause() {
    const field = this.#take('a field');
    if (field.kind === 'sign') throw new BadQuery(`Error in the query: expecting a field name but got '${field.value}'.`);
    const op = this.#operator();
    if (op === 'in' || op === 'not in') return { field: field.value.toLowerCase(), op, values: this.#list() };
    return { field: field.value.toLowerCase(), op, values: [this.#value()] };
  }

  #operator() {
    const token = this.#take('an operator');
    const word = token.value.toLowerCase();
    if (token.kind === 'sign' && !['(', ')', ','].includes(word)) return word;
    if (token.kind === 'word' && word === 'in') return 'in';
    if (token.kind === 'word' && word === 'is') {
      if (!this.isWord('not')) return 'is';
      this.#at += 1;
      return 'is not';
    }
    if (token.kind === 'word' && word === 'not' && this.isWord('in')) {
      this.#at += 1;
      return 'not in';
    }
    throw new BadQuery(`Error in the query: expecting an operator but got '${token.value}'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.`);
  }

  #list() {
    this.#expect('(');
    const values = [this.#value()];
    while (this.#isSign(',')) {
      this.#at += 1;
      values.push(this.#value());
    }
    this.#expect(')');
    return values;
  }

  #value() {
    const token = this.#take('a value');
    if (token.kind === 'sign') throw new BadQuery(`Error in the query: expecting a value but got '${token.value}'.`);
    if (token.kind === 'word' && this.#isSign('(')) {
      this.#at += 1;
      const args = [];
      while (!this.#isSign(')')) {
        args.push(this.#take('a value').value);
        if (this.#isSign(',')) this.#at += 1;
      }
      this.#expect(')');
      return { call: token.value.toLowerCase(), args };
    }
    return { text: token.value, quoted: token.kind === 'text' };
  }

  order() {
    if (!this.isWord('order')) return [];
    this.#at += 1;
    if (!this.isWord('by')) throw new BadQuery("Error in the query: expecting 'by' after 'order'.");
    this.#at += 1;
    const fields = [];
    do {
      if (this.#isSign(',')) this.#at += 1;
      const field = this.#take('a field').value.toLowerCase();
      const descending = this.isWord('desc');
      if (descending || this.isWord('asc')) this.#at += 1;
      fields.push({ field, descending });
    } while (this.#isSign(','));
    return fields;
  }
}
