// What the index holds of one ticket or page: its pieces' headings and sizes, and when it was read. Its text is not shown.
// The title is the one of now, asked of the product as the admin.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { call } from '../../bridge.js';
import { Problem } from '../../parts/problem.jsx';
import { useTask } from '../../parts/use-task.js';
import { day, dayAndClock, number } from '../../parts/format.js';
import { t } from '../../parts/t.js';
import { refOf } from './rows.js';

export function Inspector() {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState(/** @type {any} */ (null));
  const { busy, problem, run } = useTask();
  const id = useId();
  const ref = refOf(typed);
  const look = async (event) => {
    event.preventDefault();
    if (!ref || busy) return;
    setFound(null);
    const view = await run('inspect', () => call('index.inspect', ref));
    if (view) setFound({ ...view, id: ref.id });
  };
  return (
    <section className="stack gap-100" aria-labelledby="inspect-title">
      <h3 id="inspect-title">{t('inspect.title')}</h3>
      <p className="subtle">{t('inspect.what')}</p>
      <form className="field" onSubmit={look}>
        <label className="label" htmlFor={id}>{t('inspect.field')}</label>
        <div className="row gap-100">
          <span className="grow"><Textfield id={id} autoComplete="off" spellCheck={false} placeholder="PAY-412" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} /></span>
          <Button type="submit" isDisabled={!ref} isLoading={Boolean(busy)}>{t('inspect.do')}</Button>
        </div>
        {typed.trim() && !ref ? <p className="hint" role="status">{t('inspect.hint')}</p> : null}
      </form>
      {problem ? <Problem problem={problem} /> : null}
      <div role="status">{found && !found.found ? <p className="note">{t('inspect.none', { id: found.id })}</p> : null}</div>
      {found?.document ? <Held document={found.document} /> : null}
    </section>
  );
}

const DAY_MS = 86_400_000;
/** The index keeps days, not hours: a whole day of UTC is shown as that day. */
const when = (millis) => (millis % DAY_MS ? dayAndClock(millis) : day(millis, 'UTC'));

function Held({ document }) {
  const { pieces } = document;
  const facts = [
    ['inspect.indexed', when(document.indexedAt)],
    ['inspect.updated', document.updated ? when(document.updated) : null],
    ['inspect.segment', <code key="segment" className="mono">{document.segment}</code>],
  ].filter(([, value]) => value);
  return (
    <div className="card stack gap-150">
      <p><b dir="auto"><bdi>{document.title}</bdi></b></p>
      <dl className="facts">{facts.map(([label, value]) => <div key={label}><dt>{t(label)}</dt><dd>{value}</dd></div>)}</dl>
      <table className="pieces">
        <caption className="sr-only">{t('inspect.pieces', { n: pieces.length })}</caption>
        <thead><tr><th scope="col">{t('inspect.pieces', { n: pieces.length })}</th><th scope="col">{t('inspect.chars')}</th><th scope="col">{t('inspect.terms')}</th></tr></thead>
        <tbody>
          {pieces.map((piece, at) => (
            <tr key={at}><td dir="auto">{piece.heading.length ? <bdi>{piece.heading.join(' › ')}</bdi> : <span className="subtle">{t('inspect.no-heading')}</span>}</td><td>{number(piece.chars)}</td><td>{number(piece.terms)}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
