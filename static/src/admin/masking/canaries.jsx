// Planted values: made by the app, shown once with a way to copy, then known by their label alone.
// A request that holds one is not sent; how often that happened stands beside it.
import { useId, useRef, useState } from 'react';
import Button, { IconButton } from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { CrossIcon, WarningIcon } from '../../parts/icons.js';
import { Problem } from '../../parts/problem.jsx';
import { ago, day } from '../../parts/format.js';
import { t } from '../../parts/t.js';
import { Asking } from './asking.jsx';

export function Canaries({ masking }) {
  const { view } = masking;
  const [label, setLabel] = useState('');
  const [planted, setPlanted] = useState(/** @type {any} */ (null));
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const id = useId();
  const problem = masking.problems.plant;
  const plant = async (event) => {
    event.preventDefault();
    if (!label.trim() || masking.act || !view.canEdit) return;
    const after = await masking.run('plant', 'masking.plantCanary', { label: label.trim() });
    if (!after) return;
    setPlanted(after.planted);
    setLabel('');
  };
  const ask = (canary) => setAsked({ name: 'unplant', title: t('canaries.ask', { label: canary.label }), lead: t('canaries.ask.lead'), lines: [t('canaries.ask.value')], label: t('canaries.ask.do'), act: () => masking.run('unplant', 'masking.removeCanary', { id: canary.id }) });
  return (
    <section className="stack gap-150" aria-labelledby="canaries-title">
      <div className="stack gap-050">
        <h3 id="canaries-title">{t('canaries.title')}</h3>
        <p className="subtle">{t('canaries.what')}</p>
      </div>
      <form className="field" onSubmit={plant}>
        <label className="label" htmlFor={id}>{t('canaries.label')}</label>
        <div className="row gap-100">
          <span className="grow"><Textfield id={id} value={label} maxLength={80} autoComplete="off" isDisabled={!view.canEdit} placeholder={t('canaries.placeholder')} onChange={(event) => setLabel(event.currentTarget.value)} /></span>
          <Button type="submit" isDisabled={!label.trim() || !view.canEdit} isLoading={masking.act === 'plant'}>{t('canaries.plant')}</Button>
        </div>
      </form>
      {problem ? <Problem problem={problem} kept={t('kept.masking')} /> : null}
      {planted ? <Once value={planted.value} onClose={() => setPlanted(null)} /> : null}
      {view.canaries.length ? (
        <ul className="words" aria-label={t('canaries.title')}>
          {view.canaries.map((canary) => (
            <li key={canary.id}>
              <span className="stack grow">
                <bdi>{canary.label}</bdi>
                <span className="subtle small">{t('masking.by', { when: day(canary.plantedAt), name: canary.by.name || t('masking.someone') })}</span>
                {canary.seen ? <span className="canary-seen small"><WarningIcon label="" color="currentColor" /> {t('canaries.seen', { n: canary.seen, when: ago(canary.seenAt) })}</span> : <span className="subtle small">{t('canaries.unseen')}</span>}
              </span>
              {view.canEdit ? <IconButton icon={CrossIcon} spacing="compact" appearance="subtle" label={t('canaries.remove', { label: canary.label })} onClick={() => ask(canary)} /> : null}
            </li>
          ))}
        </ul>
      ) : <p className="hint">{t('canaries.none')}</p>}
      {asked ? <Asking asked={asked} masking={masking} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}

/** The one time a value is shown. Where the host lets no page copy, it is marked for the reader to copy. */
function Once({ value, onClose }) {
  const [state, setState] = useState('shown');
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      getSelection()?.selectAllChildren(/** @type {HTMLElement} */ (ref.current));
      setState('marked');
    }
  };
  return (
    <div className="card stack gap-100 once" role="status">
      <p><b>{t('canaries.once')}</b></p>
      <code ref={ref} className="mono once-value">{value}</code>
      <div className="row gap-100 wrap">
        <Button appearance="primary" onClick={copy}>{t('canaries.copy')}</Button>
        <Button appearance="subtle" onClick={onClose}>{t('canaries.copied-it')}</Button>
        {state === 'shown' ? null : <span className="subtle small" role="status">{t(`canaries.${state}`)}</span>}
      </div>
    </div>
  );
}
