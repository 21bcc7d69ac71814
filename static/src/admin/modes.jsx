// Which engine drafts use: none (extract), the default model, or the customer's own; with the reason where one cannot be chosen.
// It sets the mode at once; the server says what the route is then.
import { useId } from 'react';
import Spinner from '@atlaskit/spinner';
import { Problem } from '../parts/problem.jsx';
import { Seal } from '../parts/seal.jsx';
import { has, t } from '../parts/t.js';

function reasonOf(mode, view) {
  if (mode === 'default' && !view.defaultRoute.available) return t(has(`default.${view.defaultRoute.reason}`) ? `default.${view.defaultRoute.reason}` : 'default.unavailable');
  if (mode === 'customer' && !view.key) return t('mode.customer.no-key');
  return null;
}

export function Modes({ view, busy, problem, onMode }) {
  const name = useId();
  return (
    <section aria-labelledby="mode-title" className="stack gap-150">
      <h2 id="mode-title">{t('admin.mode')}</h2>
      <div className="modes" role="radiogroup" aria-labelledby="mode-title">
        {['extract', 'default', 'customer'].map((mode) => {
          const reason = reasonOf(mode, view);
          const isOn = view.route.mode === mode;
          return (
            <label key={mode} className="mode" data-on={isOn} data-off={Boolean(reason)}>
              <input type="radio" name={name} checked={isOn} disabled={Boolean(reason) || busy !== null} onChange={() => onMode(mode)} />
              <span className="stack gap-050 grow">
                <span className="row spread"><b>{t(`mode.${mode}`)}</b><Seal state={mode === 'extract' ? 'closed' : 'leaves'} size={20} /></span>
                <span className="subtle small">{t(`mode.${mode}.what`)}</span>
                {reason ? <span className="small reason">{reason}</span> : null}
                {isOn && busy === 'mode' ? <Spinner size="small" label={t('admin.mode.now')} /> : null}
              </span>
            </label>
          );
        })}
      </div>
      {problem ? <Problem problem={problem} kept={t('kept.mode')} /> : null}
    </section>
  );
}
