// Saved sets: the chosen sources under a name, applied again with one click, removed with a way back.
// It holds what is typed for a name; the sets themselves are `use-sets.js`'s.
import { useId, useRef, useState } from 'react';
import Button, { IconButton } from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { CrossIcon } from '../parts/icons.js';
import { Problem } from '../parts/problem.jsx';
import { Live } from '../parts/small.jsx';
import { t } from '../parts/t.js';

const LONGEST_NAME = 80;

/** The name a set gets: a button until it is pressed, then a field. */
export function SaveSet({ picked, sets }) {
  const [name, setName] = useState(/** @type {string|null} */ (null));
  const [saved, setSaved] = useState('');
  const opener = useRef(null);
  const id = useId();
  const close = () => {
    setName(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const save = async (event) => {
    event.preventDefault();
    const wanted = name?.trim();
    if (!wanted || sets.busy || !(await sets.save(wanted, picked))) return;
    setSaved(wanted);
    close();
  };
  if (name === null) {
    return (
      <>
        <button ref={opener} type="button" className="text-button small" onClick={() => setName('')}>{t('sets.save')}</button>
        <Live>{saved ? t('sets.saved', { name: saved }) : ''}</Live>
      </>
    );
  }
  return (
    <form className="save-set" onSubmit={save} onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), close())}>
      <label className="sr-only" htmlFor={id}>{t('sets.name')}</label>
      <Textfield id={id} isCompact autoFocus maxLength={LONGEST_NAME} value={name} placeholder={t('sets.name.placeholder')} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" spacing="compact" isDisabled={!name.trim()} isLoading={sets.busy === 'save'}>{t('sets.save.do')}</Button>
      <Button spacing="compact" appearance="subtle" onClick={close}>{t('act.cancel')}</Button>
    </form>
  );
}

export function SavedSets({ sets, onApply }) {
  const { removed } = sets;
  if (!sets.sets.length && !removed && !sets.problem) return null;
  return (
    <section className="sets" aria-labelledby="sets-title">
      <h3 id="sets-title" className="section-label">{t('sets.title')}</h3>
      <ul>
        {sets.sets.map((set) => {
          const gone = set.sources.filter(({ title }) => !title).length;
          return (
            <li key={set.id} className="set">
              <button type="button" className="set-apply" onClick={() => onApply(set)}>
                <bdi className="truncate">{set.name}</bdi> <span className="subtle small">{t('source.count', { n: set.sources.length })}{gone ? ` · ${t('sets.gone', { n: gone })}` : ''}</span>
              </button>
              <IconButton icon={CrossIcon} spacing="compact" appearance="subtle" label={t('sets.remove', { name: set.name })} isDisabled={Boolean(sets.busy)} onClick={() => sets.remove(set)} />
            </li>
          );
        })}
      </ul>
      {removed ? <p className="note row spread" role="status"><span className="truncate">{t('sets.removed', { name: removed.name })}</span> <button type="button" className="text-button inherit" onClick={sets.undo}>{t('act.undo')}</button></p> : null}
      {sets.problem ? <Problem problem={sets.problem} kept={t('kept.sets')} /> : null}
    </section>
  );
}
