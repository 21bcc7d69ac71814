// "Show exactly what is sent": the request as it would leave, with the tokens that stand for masked values highlighted.
// It does not reformat the body: these are the bytes.
import { Dialog } from '../parts/dialog.jsx';
import { MaskedList } from '../parts/small.jsx';
import { bytes } from '../parts/format.js';
import { has, t } from '../parts/t.js';

const TOKEN = /(\[[A-Z][A-Z_]*_\d+(?:\.[a-z]+)?\])/;
const size = (text) => new TextEncoder().encode(text).length;

export default function SentBytes({ preview, onClose }) {
  const { request, masked, left, route } = preview;
  return (
    <Dialog wide title={t('sent.title')} onClose={onClose}>
      <p className="note"><strong>{t('sent.not-yet')}</strong> {request ? t('sent.what', { size: bytes(size(request.body)), host: hostOf(request.url), excerpts: preview.excerpts ?? 0, tokens: preview.inputTokens ?? 0 }) : t('seal.nothing-leaves')}</p>
      {masked?.length ? <MaskedList masked={masked} /> : null}
      {request ? (
        <pre className="code sent" tabIndex={0} role="region" aria-label={t('sent.body')}>
          <span className="sent-line">{request.method} {request.url}</span>
          {'\n\n'}
          {request.body.split(TOKEN).map((part, index) => (index % 2 ? <mark key={index}>{part}</mark> : part))}
        </pre>
      ) : null}
      {left?.length ? (
        <section>
          <h3 className="section-label">{t('sent.left')}</h3>
          <ul className="plain-list">
            {left.map(({ ref, reason }) => <li key={`${ref.kind}${ref.id}`}><b>{ref.id}</b> {t(has(`left.${reason}`) ? `left.${reason}` : 'left.other')}</li>)}
          </ul>
        </section>
      ) : null}
      <p className="hint">{route?.keyOwner === 'customer' ? t('sent.key.customer') : t('sent.key')}</p>
    </Dialog>
  );
}

function hostOf(url) {
  try {
    const { host } = new URL(url);
    return host === 'llm' ? t('route.inside') : host;
  } catch {
    return url;
  }
}
