// The providers to choose from, and what each says about training and keeping what it is sent: before anything is saved.
import { useId } from 'react';
import { OutLink } from '../../parts/small.jsx';
import { day } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';

export function Providers({ catalog, value, onChange }) {
  const name = useId();
  return (
    <fieldset className="providers">
      <legend className="label">{t('form.provider')}</legend>
      <div className="provider-cards">
        {catalog.map((entry) => (
          <label key={entry.provider} className="provider">
            <input type="radio" name={name} checked={entry.provider === value} onChange={() => onChange(entry)} />
            <span><b>{entry.name}</b><span className="subtle small block">{t(has(`provider.${entry.provider}`) ? `provider.${entry.provider}` : 'provider.other')}</span></span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Fact({ label, fact }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{fact.text} <span className="subtle small"><OutLink href={fact.url}>{t('fact.source')}</OutLink> · {t('fact.reviewed', { when: day(fact.reviewed) })}</span></dd>
    </div>
  );
}

export const Facts = ({ entry }) => (
  <dl className="facts facts-wide">
    <Fact label={t('fact.training')} fact={entry.training} />
    <Fact label={t('fact.retention')} fact={entry.retention} />
  </dl>
);
