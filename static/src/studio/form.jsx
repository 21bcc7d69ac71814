// The middle column before a draft exists: what to make, where, how, and the one button.
// It does not start anything itself; it reports.
import Button from '@atlaskit/button/new';
import { Segmented, Select } from '../parts/segmented.jsx';
import { Problem } from '../parts/problem.jsx';
import { t } from '../parts/t.js';
import { Target } from './target.jsx';
import { regionOf } from './route-card.jsx';
import { missingOf, routeOf } from './reducer.js';

const TONES = ['neutral', 'plain', 'formal'];

export function engineOptions(view) {
  const model = view.route.mode === 'extract' ? view.routes.find((route) => route.mode !== 'extract') : view.route;
  const options = [{ value: 'extract', label: t('engine.extract') }];
  if (model) options.push({ value: 'route', label: t('engine.route', { model: model.model ?? t(`route.${model.mode}`) }), disabled: view.route.mode === 'extract' });
  return options;
}

export function Form({ state, dispatch, onStart, busy, problem, onExtract, go }) {
  const { form, view } = state;
  const set = (field, value) => dispatch({ type: 'set', field, value });
  const missing = missingOf(form);
  const route = routeOf(view, form);
  const isExtract = form.engine === 'extract';
  const options = engineOptions(view);
  return (
    <form className="stack gap-250" onSubmit={(event) => { event.preventDefault(); if (!missing.length && !busy) onStart(); }}>
      <Segmented label={t('use.label')} value={form.useCase} onChange={(value) => set('useCase', value)} options={view.useCases.map((value) => ({ value, label: t(`use.${value}`) }))} />
      <div className="stack gap-150">
        <Target key={form.useCase} form={form} onSet={set} />
        {form.useCase === 'update' && form.page ? <div><button type="button" className="text-button small" onClick={() => go(`/history/${form.page.id}`)}>{t('history.of-page')}</button></div> : null}
      </div>
      <div className="stack gap-150">
        {options.length > 1 ? <Segmented label={t('engine.label')} value={form.engine} onChange={(value) => set('engine', value)} options={options} /> : <p><span className="label">{t('engine.label')}</span>{options[0].label}</p>}
        {isExtract ? <p className="hint">{t('engine.extract.hint')} {options.some((option) => option.disabled) ? t('engine.route.off') : ''}</p> : null}
        {isExtract ? null : (
          <div className="two">
            <Select label={t('language.label')} value={form.language} onChange={(value) => set('language', value)} options={view.languages.map((value) => ({ value, label: t(`language.${value}`) }))} />
            <Select label={t('tone.label')} value={form.tone} onChange={(value) => set('tone', value)} options={TONES.map((value) => ({ value, label: t(`tone.${value}`) }))} />
          </div>
        )}
      </div>
      {problem ? <Problem problem={problem} kept={t('kept.nothing-written')} actions={problem.code === 'no-route' ? <Button onClick={onExtract}>{t('act.use-extract')}</Button> : null} /> : null}
      <div className="primary-area">
        <Button type="submit" appearance="primary" isLoading={busy} isDisabled={missing.length > 0 || Boolean(route.refusal)} shouldFitContainer>
          {t(isExtract ? 'act.extract' : 'act.draft', { n: form.sources.length })}
        </Button>
        <p className="hint" role="status">
          {missing.length ? t('need', { what: missing.map((key) => t(key)).join(', ') }) : isExtract ? t('seal.nothing-leaves') : t('act.draft.what', { model: route.model, region: regionOf(route) })}
        </p>
      </div>
    </form>
  );
}
