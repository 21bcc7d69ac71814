// Choosing a provider and a model and entering the key: facts first, then the key, then a test with the key before it is kept.
// The key leaves the field when it is saved or refused; it is not stored anywhere on the page.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { allowHost } from '../bridge.js';
import { OutLink } from '../parts/small.jsx';
import { Problem } from '../parts/problem.jsx';
import { Select } from '../parts/segmented.jsx';
import { day } from '../parts/format.js';
import { t } from '../parts/t.js';
import { hostOf, trimKey } from './reducer.js';
import { TestResult } from './saved-key.jsx';

function Fact({ label, fact }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{fact.text} <span className="subtle small"><OutLink href={fact.url}>{t('fact.source')}</OutLink> · {t('fact.reviewed', { when: day(fact.reviewed) })}</span></dd>
    </div>
  );
}

function Providers({ catalog, value, onChange }) {
  const name = useId();
  return (
    <fieldset className="providers">
      <legend className="label">{t('form.provider')}</legend>
      <div className="provider-cards">
        {catalog.map((entry) => (
          <label key={entry.provider} className="provider">
            <input type="radio" name={name} checked={entry.provider === value} onChange={() => onChange(entry)} />
            <span><b>{entry.name}</b><span className="subtle small block">{entry.needsEndpoint ? t('form.provider.own-host') : t('form.provider.models', { n: entry.models.length })}</span></span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function useFields(view) {
  const start = view.catalog.find((entry) => entry.provider === view.key?.provider) ?? view.catalog[0];
  const [entry, setEntry] = useState(start);
  const [model, setModel] = useState(view.key?.model ?? start.models[0]?.id ?? '');
  const [endpoint, setEndpoint] = useState(view.key?.endpoint ?? '');
  const [key, setKey] = useState('');
  const choose = (next) => {
    setEntry(next);
    setModel(next.models[0]?.id ?? '');
    setKey('');
  };
  return { entry, model, endpoint, key, setModel, setEndpoint, setKey, choose };
}

export function ModelForm({ view, state, act, onSaved, onCancel }) {
  const fields = useFields(view);
  const { entry, model, endpoint, key } = fields;
  const [isDenied, setDenied] = useState(false);
  const id = useId();
  const host = entry.needsEndpoint ? hostOf(endpoint) : null;
  const isReady = model.trim() && trimKey(key) && (!entry.needsEndpoint || host);
  const save = async (event) => {
    event.preventDefault();
    if (!isReady || state.act) return;
    setDenied(false);
    if (host && !(await allowHost(host, t('form.egress', { host })))) {
      setDenied(true);
      return;
    }
    const saved = await act('save', 'admin.saveKey', { provider: entry.provider, model: model.trim(), ...(host ? { endpoint: endpoint.trim() } : {}), key: trimKey(key) });
    fields.setKey('');
    if (saved?.key && saved.test?.ok !== false) onSaved();
  };
  return (
    <form className="card stack gap-250" onSubmit={save} autoComplete="off">
      <Providers catalog={view.catalog} value={entry.provider} onChange={fields.choose} />
      <dl className="facts facts-wide">
        <Fact label={t('fact.training')} fact={entry.training} />
        <Fact label={t('fact.retention')} fact={entry.retention} />
      </dl>
      {entry.needsEndpoint ? (
        <div className="field">
          <label className="label" htmlFor={`${id}-endpoint`}>{t('form.endpoint')}</label>
          <Textfield id={`${id}-endpoint`} inputMode="url" placeholder="https://models.example.com/v1" value={endpoint} isInvalid={Boolean(endpoint) && !host} aria-describedby={`${id}-endpoint-hint`} onChange={(event) => fields.setEndpoint(event.currentTarget.value)} />
          <p id={`${id}-endpoint-hint`} className={endpoint && !host ? 'hint hint-error' : 'hint'}>{endpoint && !host ? t('form.endpoint.https') : t('form.endpoint.hint')}</p>
        </div>
      ) : null}
      {entry.models.length ? (
        <Select label={t('form.model')} value={model} onChange={fields.setModel} options={entry.models.map(({ id: value, label }) => ({ value, label }))} />
      ) : (
        <div className="field">
          <label className="label" htmlFor={`${id}-model`}>{t('form.model')}</label>
          <Textfield id={`${id}-model`} value={model} placeholder={t('form.model.placeholder')} onChange={(event) => fields.setModel(event.currentTarget.value)} />
        </div>
      )}
      <div className="field">
        <label className="label" htmlFor={`${id}-key`}>{t('form.key')}</label>
        <Textfield id={`${id}-key`} type="password" autoComplete="new-password" spellCheck={false} placeholder={entry.keyHint} value={key} aria-describedby={`${id}-key-hint`} onChange={(event) => fields.setKey(event.currentTarget.value)} />
        <p id={`${id}-key-hint`} className="hint">{t('form.key.hint')}</p>
      </div>
      {isDenied ? <Problem problem={{ kind: 'refused', code: 'egress-denied', params: { host } }} kept={t('kept.not-saved')} /> : null}
      {state.problems.save ? <Problem problem={state.problems.save} kept={t(view.key ? 'kept.key' : 'kept.not-saved')} /> : null}
      {state.test && !state.test.ok ? <TestResult test={state.test} /> : null}
      <div className="row gap-100 wrap">
        <Button type="submit" appearance="primary" isDisabled={!isReady} isLoading={state.act === 'save'}>{t('form.save')}</Button>
        {onCancel ? <Button appearance="subtle" onClick={onCancel}>{t('act.back')}</Button> : null}
        <span className="hint">{t('form.save.hint')}</span>
      </div>
    </form>
  );
}
