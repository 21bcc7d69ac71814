// The key that is stored: what it is known by, its test, replacing and removing it. The key itself never comes back.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { Dialog } from '../parts/dialog.jsx';
import { Problem } from '../parts/problem.jsx';
import { dayAndClock } from '../parts/format.js';
import { has, t } from '../parts/t.js';

/** A test in plain words, with how long the answer took. */
export function TestResult({ test }) {
  if (!test) return null;
  if (test.ok) return <div role="status"><SectionMessage appearance="success" title={t('test.ok')}><p>{t('test.ok.what', { ms: test.latencyMs })}</p></SectionMessage></div>;
  const code = test.code?.replace(/^model-/, '');
  const key = has(`test.${code}`) ? `test.${code}` : 'test.unknown';
  return <div role="alert"><SectionMessage appearance="error" title={t(key)}><p>{t(`${key}.do`)}</p></SectionMessage></div>;
}

function Removing({ view, busy, problem, onRemove, onClose }) {
  const { key } = view;
  const name = nameOf(view);
  return (
    <Dialog title={t('key.remove.title', { name })} onClose={onClose} footer={<><Button onClick={onClose}>{t('act.keep-key')}</Button><Button appearance="danger" isLoading={busy} onClick={onRemove}>{t('key.remove.do')}</Button></>}>
      <p>{t('key.remove.gone', { last4: key.last4 ?? '····', fingerprint: key.fingerprint })}</p>
      <ul className="plain-list">
        <li>{t('key.remove.use', { name })}</li>
        <li>{t(view.route.mode === 'customer' ? 'key.remove.mode' : 'key.remove.mode-kept')}</li>
        <li>{t('key.remove.provider', { name })}</li>
      </ul>
      {problem ? <Problem problem={problem} kept={t('kept.key')} /> : null}
    </Dialog>
  );
}

const nameOf = (view) => view.catalog.find((entry) => entry.provider === view.key.provider)?.name ?? view.key.provider;

export function SavedKey({ view, state, act, isEditing, onReplace }) {
  const { key } = view;
  const [isRemoving, setRemoving] = useState(false);
  const facts = [
    ['route.provider', nameOf(view)],
    ['route.model', key.model],
    ['route.host', key.endpoint],
    ['key.last4', key.last4 ? `•••• ${key.last4}` : null],
    ['key.fingerprint', key.fingerprint],
    ['key.version', t('version', { version: key.version })],
    ['key.saved', t('key.saved.by', { when: dayAndClock(key.savedAt), name: key.savedBy.name })],
  ].filter(([, value]) => value);
  const remove = async () => {
    if (await act('remove', 'admin.removeKey')) setRemoving(false);
  };
  return (
    <div className="card stack gap-200">
      <dl className="facts facts-wide">{facts.map(([label, value]) => <div key={label}><dt>{t(label)}</dt><dd className={label === 'key.fingerprint' || label === 'key.last4' ? 'mono' : undefined}>{value}</dd></div>)}</dl>
      {isEditing ? null : (
        <div className="row gap-100 wrap">
          <Button isLoading={state.act === 'test'} onClick={() => act('test', 'admin.test')}>{t('act.test')}</Button>
          <Button onClick={onReplace}>{t('act.replace')}</Button>
          <Button appearance="subtle" onClick={() => setRemoving(true)}>{t('act.remove')}</Button>
        </div>
      )}
      {isEditing ? null : <TestResult test={state.test} />}
      {state.problems.test ? <Problem problem={state.problems.test} kept={t('kept.key')} /> : null}
      {isRemoving ? <Removing view={view} busy={state.act === 'remove'} problem={state.problems.remove} onRemove={remove} onClose={() => setRemoving(false)} /> : null}
    </div>
  );
}
