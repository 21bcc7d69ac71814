// The route card: the seal, then provider, model, region and whose key; or that nothing leaves.
// It does not choose a route.
import { Fragment } from 'react';
import { Seal, sealOf } from '../parts/seal.jsx';
import { has, t } from '../parts/t.js';

/** Where a route is processed, in words; its host where no region is known, and the platform itself where there is none. */
export const regionOf = (route) => (route.region ? (has(`region.${route.region}`) ? t(`region.${route.region}`) : route.region) : route.host ?? t('route.inside'));

const SENT = new Set(['review', 'publishing', 'published', 'reverting', 'reverted']);

/** What may be said of a job's route: that text went out only where that is known, that nothing did where that is. */
export function tenseOf(job) {
  if (job?.state === 'failed' && job.problem?.code === 'not-sent') return 'stopped';
  return SENT.has(job?.state) || (job?.state === 'failed' && job.problem?.code?.startsWith('model-')) ? 'did' : 'will';
}

/** A host may break after its dots. */
const Host = ({ name }) => name.split('.').map((part, index) => <Fragment key={index}>{index ? <>.<wbr /></> : null}{part}</Fragment>);

function Facts({ route }) {
  const facts = [
    ['route.provider', route.providerName ?? route.provider],
    ['route.model', route.model],
    ['route.where', route.region || !route.host ? regionOf(route) : null],
    ['route.host', route.host && <Host name={route.host} />],
    ['route.key', t(`route.key.${route.keyOwner}`)],
  ].filter(([, value]) => value);
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{t(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `tense` is `will` before text goes out, `did` once it has, `stopped` when it was held back. */
export function RouteCard({ route, tense = 'will', engine }) {
  const state = tense === 'stopped' && route.leaves ? 'barred' : sealOf(route);
  const title = { closed: t(tense === 'did' ? 'seal.nothing-left' : 'seal.nothing-leaves'), leaves: t(tense === 'did' ? 'seal.left' : 'seal.leaves', { name: route.providerName ?? route.host ?? '' }), barred: t(tense === 'stopped' ? 'seal.stopped' : 'seal.barred') }[state];
  return (
    <div className="route-card" data-state={state}>
      <div className="route-head">
        <Seal state={state} size={32} />
        <div>
          <p className="route-title">{title}</p>
          <p className="subtle small">{t(state === 'closed' ? 'seal.closed.how' : state === 'barred' ? 'seal.nothing-sent' : 'seal.leaves.how')}</p>
        </div>
      </div>
      {state === 'closed' ? <dl className="facts"><div><dt>{t('route.engine')}</dt><dd>{t('engine.extract')}</dd></div></dl> : <Facts route={route} />}
      {engine}
    </div>
  );
}
