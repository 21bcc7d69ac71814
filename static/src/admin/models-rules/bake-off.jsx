// Models compared on tickets we made up: chosen, started, followed, stopped; and what came of it in one table.
// It scores nothing; the app does.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import { Problem } from '../../parts/problem.jsx';
import { Empty } from '../../parts/small.jsx';
import { decimal, dayAndClock, localeTag, number, percent } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';

const share = (part, whole) => (whole ? percent(part / whole) : '–');
/** Millionths of a US dollar; small amounts to a tenth of a cent. */
const dollars = (millionths) => new Intl.NumberFormat(localeTag(), { style: 'currency', currency: 'USD', maximumFractionDigits: millionths < 1e6 ? 4 : 2 }).format(millionths / 1e6);
const reasons = (problems) => [...new Set(problems)].map((code) => (has(`fault.${code}`) ? t(`fault.${code}`) : has(`refused.${code}`) ? t(`refused.${code}`) : code)).join('; ');

const COLUMNS = [
  ['bake.valid', (route) => `${number(route.valid)} / ${number(route.tasks)}`],
  ['bake.supported', (route) => share(route.supported, route.claims)],
  ['bake.leaks', (route) => number(route.unknown + route.altered + route.lost)],
  ['bake.obeyed', (route) => number(route.obeyed)],
  ['bake.cost', (route) => (route.cost === undefined ? t('bake.cost.unknown') : dollars(route.cost))],
  ['bake.time', (route) => (route.took === undefined ? '–' : t('bake.seconds', { n: decimal(route.took / 1000) }))],
];

function Results({ bakeOff }) {
  return (
    <div className="rule-table" role="region" aria-label={t('bake.results')} tabIndex={0}>
      <table className="bake">
        <caption className="sr-only">{t('bake.results')}</caption>
        <thead><tr><th scope="col">{t('bake.model')}</th>{COLUMNS.map(([label]) => <th key={label} scope="col">{t(label)}</th>)}</tr></thead>
        <tbody>
          {bakeOff.routes.map((route) => (
            <tr key={route.id}>
              <th scope="row"><bdi>{route.label}</bdi>{route.problems.length ? <span className="subtle small bake-reason">{t('bake.no-answer', { n: route.problems.length, reasons: reasons(route.problems) })}</span> : null}</th>
              {COLUMNS.map(([label, value]) => <td key={label} data-label={t(label)}>{value(route)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function BakeOff({ rules }) {
  const { view, act, problems } = rules;
  const { bakeOff } = view;
  const group = useId();
  const [chosen, setChosen] = useState(() => view.routes.map((route) => route.id));
  const picked = chosen.filter((id) => view.routes.some((route) => route.id === id));
  const isRunning = bakeOff?.state === 'running';
  const turn = (id, on) => setChosen((last) => (on ? [...last, id] : last.filter((one) => one !== id)));
  return (
    <section className="stack gap-150" aria-labelledby="bake-title">
      <div className="stack gap-050">
        <h3 id="bake-title">{t('bake.title')}</h3>
        <p className="subtle">{t('bake.what', { n: view.bakeOffTasks })}</p>
      </div>
      {view.routes.length ? (
        <fieldset className="rule-picks" disabled={isRunning || !view.canEdit}>
          <legend className="label">{t('bake.choose')}</legend>
          {view.routes.map((route) => <label key={route.id} className="row gap-100" htmlFor={`${group}${route.id}`}><input id={`${group}${route.id}`} type="checkbox" checked={picked.includes(route.id)} onChange={(event) => turn(route.id, event.target.checked)} /><bdi>{route.label}</bdi></label>)}
        </fieldset>
      ) : <Empty title={t('bake.no-models')}>{t('bake.no-models.do')}</Empty>}
      {view.routes.length ? (
        <div className="row gap-100 wrap">
          {isRunning ? <Button isLoading={act === 'bake-stop'} onClick={() => rules.bake('bake-stop', 'models.bakeOffCancel')}>{t('bake.stop')}</Button> : <Button isDisabled={!picked.length || !view.canEdit} isLoading={act === 'bake'} onClick={() => rules.bake('bake', 'models.bakeOff', { routes: picked })}>{t('bake.start')}</Button>}
          <span className="hint">{t('bake.sends', { n: picked.length * view.bakeOffTasks })}</span>
        </div>
      ) : null}
      {problems.bake || problems['bake-stop'] ? <Problem problem={problems.bake ?? problems['bake-stop']} kept={t('kept.rules')} /> : null}
      {bakeOff ? (
        <div className="stack gap-100">
          <p role="status">{t(`bake.${bakeOff.state}`, { done: number(bakeOff.done), total: number(bakeOff.total), when: dayAndClock(bakeOff.started), name: bakeOff.by || t('masking.someone') })}</p>
          {isRunning ? <progress className="rule-progress" max={bakeOff.total} value={bakeOff.done} aria-label={t('bake.progress')} /> : null}
          {bakeOff.done ? <Results bakeOff={bakeOff} /> : null}
          {bakeOff.done ? <p className="hint">{t('bake.how')}</p> : null}
        </div>
      ) : null}
    </section>
  );
}
