// Each connected model: where it is processed, how it is just now, and which other one stands in when it fails.
// Only models of one place can stand in for each other; the app offers no other pair.
import Lozenge from '@atlaskit/lozenge';
import { Problem } from '../../parts/problem.jsx';
import { Switch } from '../../parts/switch.jsx';
import { clock, day, number } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';
import { nameOf, placeOf } from './places.js';

const LOOK = { closed: 'success', open: 'removed', 'half-open': 'moved' };

/** What went wrong last, in a sentence. */
function reasonOf(code) {
  return code && has(`fault.${code}`) ? t(`fault.${code}`) : null;
}

function State({ one }) {
  const reason = reasonOf(one.lastCode);
  const { remaining } = one;
  return (
    <div className="stack gap-050">
      <span className="row gap-100 wrap">
        <Lozenge appearance={LOOK[one.state]}>{t(`health.${one.state}`)}</Lozenge>
        {one.vectors ? <span className="subtle small">{t('health.vectors')}</span> : null}
      </span>
      {one.state === 'open' ? <span className="small">{t('health.until', { when: clock(one.until) })}</span> : null}
      {reason ? <span className="subtle small">{t('health.last', { reason })}</span> : null}
      {remaining ? <span className="subtle small">{t(remaining.requests === undefined ? 'health.left-tokens' : 'health.left', { n: number(remaining.requests ?? remaining.tokens), when: clock(remaining.resetAt) })}</span> : null}
    </div>
  );
}

function StandsIn({ rules, from }) {
  const { view } = rules;
  const pairs = view.fallbacks.filter((pair) => pair.from === from.id);
  if (!pairs.length) return <span className="subtle small">{t('fallback.none')}</span>;
  return (
    <ul className="rule-switches">
      {pairs.map(({ to, on }) => (
        <li key={to} className="row gap-100">
          <Switch label={t('fallback.label', { from: from.label, to: nameOf(view, to) })} isOn={on} isDisabled={!view.canEdit || Boolean(rules.act)} isBusy={rules.act === `fallback ${from.id} ${to}`} onChange={(next) => rules.run(`fallback ${from.id} ${to}`, 'models.setFallback', { from: from.id, to, on: next })} />
          <bdi>{nameOf(view, to)}</bdi>
        </li>
      ))}
    </ul>
  );
}

export function Health({ rules }) {
  const { view } = rules;
  const problem = Object.entries(rules.problems).find(([name, one]) => one && name.startsWith('fallback '))?.[1];
  return (
    <section className="stack gap-150" aria-labelledby="health-title">
      <div className="stack gap-050">
        <h3 id="health-title">{t('health.title')}</h3>
        <p className="subtle">{t('health.what')}</p>
      </div>
      <ul className="rule-routes">
        {view.routes.map((route) => (
          <li key={route.id} className="card rule-route">
            <div className="stack gap-050">
              <span className="row gap-100 wrap"><b><bdi>{route.label}</bdi></b>{route.isUsed ? <Lozenge appearance="inprogress">{t('health.used')}</Lozenge> : null}</span>
              <span className="subtle small">{placeOf(route.boundary)}</span>
              {route.isGone ? <span className="small reason">{t('health.gone')}</span> : route.retires ? <span className="small reason">{t('health.retires', { when: day(`${route.retires}T00:00:00Z`, 'UTC') })}</span> : null}
            </div>
            <div className="stack gap-100">{view.health.filter((one) => one.id === route.id).map((one) => <State key={String(one.vectors)} one={one} />)}</div>
            <div className="stack gap-050">
              <span className="section-label">{t('fallback.title')}</span>
              <StandsIn rules={rules} from={route} />
            </div>
          </li>
        ))}
      </ul>
      {problem ? <Problem problem={problem} kept={t('kept.rules')} /> : null}
    </section>
  );
}
