// Where texts of each class may be processed: anywhere the chosen model is, or in the places that are ticked.
// Ticking none leaves the extract alone; the row says so.
import { useId } from 'react';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';
import { className } from '../masking/kinds.jsx';
import { placeOf } from './places.js';

function Row({ rules, rule }) {
  const { view } = rules;
  const group = useId();
  const isLimited = rule.boundaries !== undefined;
  const isOff = !view.canEdit || Boolean(rules.act);
  const set = (boundaries) => rules.run('class', 'models.setClass', { class: rule.class, ...(boundaries ? { boundaries } : {}) });
  const turn = (place, on) => set(on ? [...rule.boundaries, place] : rule.boundaries.filter((one) => one !== place));
  return (
    <li className="rule-class">
      <fieldset className="stack gap-075">
        <legend><b>{className(rule.class)}</b></legend>
        <label className="row gap-100"><input type="radio" name={group} checked={!isLimited} disabled={isOff} onChange={() => set(null)} />{t('class-rule.anywhere')}</label>
        <label className="row gap-100"><input type="radio" name={group} checked={isLimited} disabled={isOff} onChange={() => set(view.routes.filter((route) => route.isUsed).map((route) => route.boundary))} />{t('class-rule.only')}</label>
        {isLimited ? (
          <div className="rule-places">
            {view.boundaries.map((place) => <label key={place} className="row gap-100"><input type="checkbox" checked={rule.boundaries.includes(place)} disabled={isOff} onChange={(event) => turn(place, event.target.checked)} /><bdi>{placeOf(place)}</bdi></label>)}
            {rule.boundaries.length ? null : <p className="hint">{t('class-rule.nowhere')}</p>}
          </div>
        ) : null}
      </fieldset>
    </li>
  );
}

export function Classes({ rules }) {
  return (
    <section className="stack gap-150" aria-labelledby="class-rules-title">
      <div className="stack gap-050">
        <h3 id="class-rules-title">{t('class-rule.title')}</h3>
        <p className="subtle">{t('class-rule.what')}</p>
      </div>
      <ul className="rule-classes">{rules.view.classes.map((rule) => <Row key={rule.class} rules={rules} rule={rule} />)}</ul>
      {rules.problems.class ? <Problem problem={rules.problems.class} kept={t('kept.rules')} /> : null}
    </section>
  );
}
