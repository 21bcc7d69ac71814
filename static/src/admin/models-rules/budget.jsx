// What a month may cost, in tokens, and what this one cost so far.
// It counts nothing; each request is counted before it leaves, at the most it can cost.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { Problem } from '../../parts/problem.jsx';
import { day, number } from '../../parts/format.js';
import { t } from '../../parts/t.js';

const MOST = 1e12;
/** Digits with the marks people put between them. */
const parse = (text) => (/^[\d\s.,'’]*$/.test(text) && /\d/.test(text) ? Number(text.replace(/\D/g, '')) : NaN);

export function Budget({ rules }) {
  const { view, act, problems } = rules;
  const { budget } = view;
  const [typed, setTyped] = useState(/** @type {string|null} */ (null));
  const id = useId();
  const text = typed ?? (budget.monthlyTokens === undefined ? '' : number(budget.monthlyTokens));
  const isEmpty = text.trim() === '';
  const tokens = isEmpty ? undefined : parse(text);
  const isIn = isEmpty || (Number.isSafeInteger(tokens) && tokens <= MOST);
  const isNew = typed !== null && isIn && tokens !== budget.monthlyTokens;
  const isSpent = budget.monthlyTokens !== undefined && budget.spent >= budget.monthlyTokens;
  const save = async (event) => {
    event.preventDefault();
    if (isNew && !act && (await rules.run('budget', 'models.setBudget', tokens === undefined ? {} : { monthlyTokens: tokens }))) setTyped(null);
  };
  return (
    <section className="stack gap-100" aria-labelledby="budget-title">
      <div className="stack gap-050">
        <h3 id="budget-title">{t('budget.title')}</h3>
        <p className="subtle">{t('budget.what')}</p>
      </div>
      <p>{t('budget.spent', { tokens: number(budget.spent), n: budget.requests, when: day(budget.until, 'UTC') })}</p>
      {budget.monthlyTokens ? <progress className="rule-progress" max={budget.monthlyTokens} value={Math.min(budget.spent, budget.monthlyTokens)} aria-label={t('budget.share')} /> : null}
      {isSpent ? <p className="note note-warn" role="status">{t('budget.is-spent')}</p> : null}
      <form className="field" onSubmit={save}>
        <label className="label" htmlFor={id}>{t('budget.limit')}</label>
        <div className="row gap-100">
          <span className="rule-number"><Textfield id={id} inputMode="numeric" autoComplete="off" placeholder={t('budget.none')} value={text} isDisabled={!view.canEdit} isInvalid={!isIn} aria-describedby={`${id}-hint`} onChange={(event) => setTyped(event.currentTarget.value)} /></span>
          <Button type="submit" isDisabled={!isNew || !view.canEdit} isLoading={act === 'budget'}>{t('budget.save')}</Button>
        </div>
        <p id={`${id}-hint`} role="status" className={isIn ? 'hint' : 'hint hint-error'}>{t(isIn ? 'budget.hint' : 'budget.range')}</p>
      </form>
      {problems.budget ? <Problem problem={problems.budget} kept={t('kept.rules')} /> : null}
    </section>
  );
}
