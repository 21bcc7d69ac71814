// HTML as text that cannot be forgotten to escape: everything put into `html` is escaped unless it is `html` itself.

class Html {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

export function escapeHtml(value) {
  return String(value).replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]);
}

/** A template: ``html`<p>${text}</p>` ``. Lists are joined; false, null and undefined leave nothing. */
export function html(strings, ...values) {
  return new Html(strings.reduce((text, part, i) => text + shown(values[i - 1]) + part));
}

/** Marks a text as HTML that is already safe, such as a renderer's output. */
export function safe(text) {
  return new Html(text);
}

function shown(value) {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(shown).join('');
  return value === false || value === null || value === undefined ? '' : escapeHtml(value);
}

/** A link target a product would render: web and mail addresses, and paths of this site. */
export function safeHref(href) {
  return /^(https?:|mailto:|\/(?!\/)|#)/i.test(href ?? '') ? href : undefined;
}
