// How long what was indexed may be found without being read again.
// It checks the range; what a change deletes is the app's nightly work.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';

const SHORTEST = 1;
const LONGEST = 365;

export function Lifetime({ index }) {
  const { view, act, problems } = index;
  const [typed, setTyped] = useState(/** @type {string|null} */ (null));
  const id = useId();
  const text = typed ?? String(view.ttlDays);
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN;
  const isIn = days >= SHORTEST && days <= LONGEST;
  const isNew = isIn && days !== view.ttlDays;
  const save = async (event) => {
    event.preventDefault();
    if (isNew && !act && (await index.run('lifetime', 'index.setLifetime', { days }))) setTyped(null);
  };
  return (
    <section className="stack gap-100" aria-labelledby="lifetime-title">
      <h3 id="lifetime-title">{t('lifetime.title')}</h3>
      <p className="subtle">{t('lifetime.what')}</p>
      <form className="field" onSubmit={save}>
        <label className="label" htmlFor={id}>{t('lifetime.days')}</label>
        <div className="row gap-100">
          <span className="days"><Textfield id={id} inputMode="numeric" autoComplete="off" value={text} isDisabled={!view.canEdit} isInvalid={!isIn} aria-describedby={`${id}-hint`} onChange={(event) => setTyped(event.currentTarget.value)} /></span>
          <Button type="submit" isDisabled={!isNew || !view.canEdit} isLoading={act === 'lifetime'}>{t('lifetime.save')}</Button>
        </div>
        <p id={`${id}-hint`} role="status" className={isIn ? 'hint' : 'hint hint-error'}>{!isIn ? t('lifetime.range', { from: SHORTEST, to: LONGEST }) : isNew && days < view.ttlDays ? t('lifetime.shorter', { n: days }) : t('lifetime.hint')}</p>
      </form>
      {problems.lifetime ? <Problem problem={problems.lifetime} kept={t('kept.lifetime')} /> : null}
    </section>
  );
}
