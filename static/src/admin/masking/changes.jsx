// What admins changed about masking: who, when, what. It holds no word and no planted value.
import { useState } from 'react';
import { dayAndClock } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';
import { className, inline, kindName } from './kinds.jsx';

const SHOWN = 8;

function sentence({ what, kind, class: one, of = '', from, to }) {
  const key = what === 'kind' ? `change.kind.${to}` : `change.${what}`;
  const named = (name) => (has(`class.${name}`) ? inline(className(name)) : name ?? '');
  return t(has(key) ? key : 'change.other', { kind: kind ? inline(kindName(kind)) : '', class: one ? inline(className(one)) : '', of, from: named(from), to: named(to) });
}

export function Changes({ changes }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? changes : changes.slice(0, SHOWN);
  return (
    <section className="stack gap-150" aria-labelledby="changes-title">
      <div className="stack gap-050">
        <h3 id="changes-title">{t('changes.title')}</h3>
        <p className="subtle">{t('changes.what')}</p>
      </div>
      {changes.length ? (
        <ol className="changes">
          {shown.map((change, at) => <li key={`${change.at}${at}`}><time className="subtle small" dateTime={new Date(change.at).toISOString()}>{dayAndClock(change.at)}</time><span><bdi>{change.by.name || t('masking.someone')}</bdi>: {sentence(change)}</span></li>)}
        </ol>
      ) : <p className="hint">{t('changes.none')}</p>}
      {changes.length > SHOWN ? <div><button type="button" className="text-button" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? t('act.less') : t('act.more', { n: changes.length - SHOWN })}</button></div> : null}
    </section>
  );
}
