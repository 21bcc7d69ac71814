// What writers use: no model (extract), Quillgate's own, or the chosen one of the customer's; with the reason where one cannot be chosen.
// It sets the choice at once; the server says what the route is then.
import { useId } from 'react';
import Spinner from '@atlaskit/spinner';
import { Problem } from '../../parts/problem.jsx';
import { Seal } from '../../parts/seal.jsx';
import { has, t } from '../../parts/t.js';
import { nameOf } from './names.js';

function reasonOf(mode, view, chosen) {
  if (mode === 'default' && !view.defaultRoute.available) return t(has(`default.${view.defaultRoute.reason}`) ? `default.${view.defaultRoute.reason}` : 'default.unavailable');
  if (mode === 'customer' && !chosen) return t(view.routes.length ? 'mode.customer.none-chosen' : 'mode.customer.no-key');
  return null;
}

export function Modes({ models }) {
  const { view, act } = models;
  const name = useId();
  const chosen = view.routes.find((route) => route.isChosen);
  return (
    <section aria-labelledby="mode-title" className="stack gap-150">
      <h2 id="mode-title">{t('admin.mode')}</h2>
      <div className="modes" role="radiogroup" aria-labelledby="mode-title">
        {['extract', 'default', 'customer'].map((mode) => {
          const reason = reasonOf(mode, view, chosen);
          const isOn = view.route.mode === mode;
          return (
            <label key={mode} className="mode" data-on={isOn} data-off={Boolean(reason)}>
              <input type="radio" name={name} checked={isOn} disabled={Boolean(reason) || act !== null} onChange={() => models.run('mode', 'admin.choose', { mode })} />
              <span className="stack gap-050 grow">
                <span className="row spread"><b>{t(`mode.${mode}`)}</b><Seal state={mode === 'extract' ? 'closed' : 'leaves'} size={20} /></span>
                <span className="subtle small">{mode === 'customer' && chosen ? t('mode.customer.chosen', { name: nameOf(chosen, view) }) : t(`mode.${mode}.what`)}</span>
                {reason ? <span className="small reason">{reason}</span> : null}
                {isOn && act === 'mode' ? <Spinner size="small" label={t('admin.mode.now')} /> : null}
              </span>
            </label>
          );
        })}
      </div>
      {models.problems.mode ? <Problem problem={models.problems.mode} kept={t('kept.mode')} /> : null}
    </section>
  );
}
