// Whether a body is well-formed storage format: tags closed in order, CDATA ended, known entities. Confluence refuses the rest.
// It does not judge which elements or macros are allowed.
import { ENTITIES } from '../text.mjs';

const PIECE = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|&(#x?[0-9a-fA-F]+|\w+);|&/g;
const HTML_ENTITY = /^(?:[A-Za-z]{2,8}\d{0,2})$/;

/** Answers undefined, or what is wrong. */
export function malformation(body) {
  const open = [];
  for (const [whole, closing, name, , selfClosing, entity] of body.matchAll(PIECE)) {
    if (whole.startsWith('<!')) continue;
    if (whole === '<' || whole === '&') return `Unexpected character '${whole}'`;
    if (entity !== undefined) {
      if (!entity.startsWith('#') && !(entity in ENTITIES) && !HTML_ENTITY.test(entity)) return `Undeclared general entity "${entity}"`;
    } else if (closing) {
      const expected = open.pop();
      if (expected !== name) return `Unexpected close tag </${name}>${expected ? `; expected </${expected}>` : ''}`;
    } else if (!selfClosing) {
      open.push(name);
    }
  }
  return open.length > 0 ? `Unexpected EOF; was expecting a close tag for element <${open.at(-1)}>` : undefined;
}
