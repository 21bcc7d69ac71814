// Connecting a model, or changing one: facts first, then the provider's own fields, then a test before anything is kept.
// The key leaves the field when it is saved or refused, and stays while something else is to be put right; it is stored nowhere on the page.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { allowHost } from '../../bridge.js';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';
import { Field, mistakeOf } from './field.jsx';
import { blank, callOf, fieldsOf, filled, hostsToAllow, mayKeepKey, missing } from './fields.js';
import { More } from './inputs.jsx';
import { nameOf } from './names.js';
import { Facts, Providers } from './providers.jsx';
import { TestResult } from './test-result.jsx';
import { UNKEPT } from './use-models.js';

function useForm(view, route) {
  const start = view.catalog.find((entry) => entry.provider === route?.provider) ?? view.catalog[0];
  const [entry, setEntry] = useState(start);
  const [fields, setFields] = useState(() => (route ? filled(route) : blank(start)));
  const set = (name) => (value) => setFields((last) => ({ ...last, [name]: value }));
  const choose = (next) => {
    setEntry(next);
    setFields({ ...blank(next), name: fields.name });
  };
  return { entry, fields, set, choose };
}

/** The names under which a field's mistake may be told. */
const TOLD = { area: 'region' };

/** What is left to do before it can be saved, in words. */
const leftOf = (left) => (left ? t(`connect.missing.${left}`) : t('form.save.hint'));

export function Connect({ models, route, onClose, onSaved }) {
  const { view, act, problems, tests } = models;
  const { entry, fields, set, choose } = useForm(view, route);
  const [deniedHost, setDenied] = useState(/** @type {string|null} */ (null));
  const keepsKey = mayKeepKey(route, entry, fields);
  const left = missing(entry, fields, keepsKey);
  const { first, more } = fieldsOf(entry.provider);
  const mistake = (name) => mistakeOf(problems.save, name);
  const isTold = [...first, ...more].some((name) => mistake(TOLD[name] ?? name));
  const pick = (next) => {
    models.forget('save');
    setDenied(null);
    choose(next);
  };
  const save = async (event) => {
    event.preventDefault();
    if (left || act) return;
    setDenied(null);
    for (const host of hostsToAllow(entry, fields)) {
      if ([route?.host, route?.embeddingHost].includes(host) || (await allowHost(host, t('form.egress', { host })))) continue;
      setDenied(host);
      return;
    }
    const saved = await models.run('save', 'admin.saveRoute', callOf(fields, route?.id));
    if (!saved || saved.test?.kept || saved.test?.code === 'model-auth') set('key')('');
    if (saved?.test?.kept) (onSaved ?? onClose)?.();
  };
  const shown = (name) => <Field key={`${entry.provider} ${name}`} name={name} entry={entry} fields={fields} set={set} mistake={mistake} keepsKey={keepsKey} />;
  return (
    <form className="card stack gap-250 connect" onSubmit={save} autoComplete="off" aria-label={route ? t('connect.change', { name: nameOf(route, view) }) : t('connect.new')}>
      {route ? <h3>{t('connect.change', { name: nameOf(route, view) })}</h3> : <Providers catalog={view.catalog} value={entry.provider} onChange={pick} />}
      <Facts entry={entry} />
      {entry.needsKey ? null : <p className="note">{entry.keyHint}</p>}
      {first.map(shown)}
      {more.length ? <More isOpen={more.some((name) => mistake(TOLD[name] ?? name))}>{more.map(shown)}</More> : null}
      {deniedHost ? <Problem problem={{ kind: 'refused', code: 'egress-denied', params: { host: deniedHost } }} kept={t('kept.not-saved')} /> : null}
      {problems.save && !isTold ? <Problem problem={problems.save} kept={t(route ? 'kept.key' : 'kept.not-saved')} /> : null}
      {isTold ? <p className="sr-only" role="alert">{t('connect.look')}</p> : null}
      <TestResult test={tests[UNKEPT]} of={{ ...fields, region: fields.region || undefined, project: fields.project || undefined }} />
      <div className="row gap-100 wrap">
        <Button type="submit" appearance="primary" isDisabled={Boolean(left)} isLoading={act === 'save'}>{t(entry.needsKey ? 'form.save' : 'form.save.keyless')}</Button>
        {onClose ? <Button appearance="subtle" isDisabled={act === 'save'} onClick={onClose}>{t('act.cancel')}</Button> : null}
        <span className="hint">{leftOf(left)}</span>
      </div>
    </form>
  );
}
