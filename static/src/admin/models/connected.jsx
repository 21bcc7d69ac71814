// One connected model: what it is, where it is, how it does, and what is known of its key. The key itself never comes back.
// It changes nothing by itself: test, use, change and remove are acts of the page.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { Problem } from '../../parts/problem.jsx';
import { ago, dayAndClock } from '../../parts/format.js';
import { t } from '../../parts/t.js';
import { endOf, modelOf, nameOf, placeOf, priceOf } from './names.js';
import { Removing } from './removing.jsx';
import { TestResult } from './test-result.jsx';
import { wordsOf } from './words-of.js';

function keyOf({ kind, last4, fingerprint, version, account, expires }) {
  if (kind === 'none') return t('key.none');
  const parts = [account, last4 ? `•••• ${last4}` : null, t('key.fingerprint.is', { fingerprint }), t('version', { version })];
  const end = expires ? t(expires <= Date.now() ? 'key.ended' : 'key.ends', { when: dayAndClock(expires) }) : null;
  return [...parts, end].filter(Boolean).join(' · ');
}

function testedOf(tested, route) {
  const when = ago(tested.at);
  if (!tested.ok) return t('tested.not-ok', { when, what: t(wordsOf(tested, route).title) });
  return tested.embedding ? t('tested.embeds.not-ok', { when, what: t(wordsOf(tested.embedding, { provider: route.provider, embeds: true }).title) }) : t('tested.ok', { when });
}

function factsOf(route) {
  const { key } = route;
  return [
    ['route.where', route.region ? placeOf(route.region) : null],
    ['route.host', route.host ?? t('route.host.atlassian')],
    ['route.project', route.project],
    ['connect.deployment', route.provider === 'azure-openai' ? route.model : null],
    ['connect.embeddingModel', route.embeddingModel],
    ['route.embeddingHost', route.embeddingHost],
    ['route.key', keyOf(key)],
    ['key.saved', t('key.saved.by', { when: dayAndClock(key.savedAt), name: key.savedBy.name || key.savedBy.accountId })],
    ['key.tested', route.tested ? testedOf(route.tested, route) : t('tested.never')],
    ['life.price.label', priceOf(route.life)],
  ].filter(([, value]) => value);
}

function Life({ life }) {
  const end = endOf(life);
  if (!end || life.state === 'open') return end ? <p className="subtle small">{end}</p> : null;
  return <p className={life.state === 'gone' ? 'note note-danger' : 'note note-warn'}>{end} {t(`life.${life.state}.do`)} {life.instead ? t('life.instead', { model: life.instead }) : null}</p>;
}

export function Connected({ models, route, onEdit }) {
  const { view, act, problems, tests } = models;
  const [isRemoving, setRemoving] = useState(false);
  const isUsed = route.isChosen && view.mode === 'customer';
  const busy = (name) => act === `${name} ${route.id}`;
  const problem = problems[`test ${route.id}`] ?? problems[`use ${route.id}`];
  const title = nameOf(route, view);
  return (
    <article className="card stack gap-200" aria-label={title} data-used={isUsed}>
      <div className="stack gap-075">
        <div className="row spread wrap">
          <h3>{title}</h3>
          <span className="row gap-100">
            {route.tested?.ok === false ? <Lozenge appearance="removed">{t('route.failing')}</Lozenge> : null}
            {isUsed ? <Lozenge appearance="success">{t('route.used')}</Lozenge> : null}
          </span>
        </div>
        {route.name ? <p className="subtle">{route.providerName}, {modelOf(route, view)}</p> : null}
        <Life life={route.life} />
      </div>
      <dl className="facts facts-wide">{factsOf(route).map(([label, value]) => <div key={label}><dt>{t(label)}</dt><dd>{value}</dd></div>)}</dl>
      <div className="row gap-100 wrap">
        {isUsed ? null : <Button isDisabled={act !== null && !busy('use')} isLoading={busy('use')} onClick={() => models.run(`use ${route.id}`, 'admin.choose', { mode: 'customer', id: route.id })}>{t('act.use')}</Button>}
        <Button isDisabled={act !== null && !busy('test')} isLoading={busy('test')} onClick={() => models.run(`test ${route.id}`, 'admin.testRoute', { id: route.id })}>{t('act.test')}</Button>
        <Button isDisabled={act !== null} onClick={onEdit}>{t('act.change')}</Button>
        <Button appearance="subtle" isDisabled={act !== null} onClick={() => setRemoving(true)}>{t('act.remove')}</Button>
      </div>
      <TestResult test={tests[route.id]} of={route} />
      {problem ? <Problem problem={problem} kept={t('kept.key')} /> : null}
      {isRemoving ? <Removing models={models} route={route} isUsed={isUsed} onClose={() => setRemoving(false)} /> : null}
    </article>
  );
}
