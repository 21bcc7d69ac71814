// The Smart Picker: search, chips, hits with the reason each is there; all of it by keyboard.
// It does not read a source; that starts with the draft.
import { useEffect, useId, useRef, useState } from 'react';
import Button, { IconButton } from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { CheckMarkIcon as CheckIcon, CrossIcon, IssueIcon, PageIcon, SearchIcon } from '../parts/icons.js';
import { Segmented } from '../parts/segmented.jsx';
import { Problem } from '../parts/problem.jsx';
import { Empty, Live, Skeleton } from '../parts/small.jsx';
import { ago } from '../parts/format.js';
import { useActiveInSight, useWhenReady } from '../parts/use-task.js';
import { t } from '../parts/t.js';
import { useHits } from './use-hits.js';

const sameAs = (a) => (b) => a.kind === b.kind && a.id === b.id;
export const KindIcon = ({ kind }) => (kind === 'page' ? <PageIcon label="" color="currentColor" /> : <IssueIcon label="" color="currentColor" />);

function Chips({ picked, onRemove, disabled }) {
  return (
    <ul className="chips" aria-label={t('picker.picked')}>
      {picked.map((hit) => (
        <li key={`${hit.kind}${hit.id}`} className="chip">
          <KindIcon kind={hit.kind} />
          <span className="chip-text"><b>{hit.key}</b> <bdi>{hit.title}</bdi></span>
          {disabled ? null : <IconButton icon={CrossIcon} spacing="compact" appearance="subtle" label={t('picker.remove', { title: hit.key ?? hit.title })} onClick={() => onRemove(hit)} />}
        </li>
      ))}
    </ul>
  );
}

function Hit({ hit, id, isActive, isPicked, isFull, onToggle, onPoint }) {
  return (
    <li id={id} role="option" aria-selected={isPicked} aria-disabled={isFull && !isPicked} className="hit" data-active={isActive} onPointerDown={(event) => event.preventDefault()} onClick={() => onToggle(hit)} onPointerMove={onPoint}>
      <span className="hit-icon">{isPicked ? <CheckIcon label="" color="currentColor" /> : <KindIcon kind={hit.kind} />}</span>
      <span className="hit-body">
        <span className="hit-title">{hit.key ? <b>{hit.key}</b> : null} <bdi>{hit.title}</bdi></span>
        <span className="hit-facts">
          <bdi>{hit.container.name}</bdi>
          {hit.status ? <span>{hit.status}</span> : null}
          <span>{ago(hit.updated)}</span>
          {hit.why.map(({ code }) => <span key={code} className="why">{t(`why.${code}`)}</span>)}
        </span>
      </span>
    </li>
  );
}

export function Picker({ picked, max, onAdd, onRemove, disabled, autoFocus }) {
  const [text, setText] = useState('');
  const [kind, setKind] = useState('all');
  const [active, setActive] = useState(-1);
  const found = useHits(text, kind);
  const id = useId();
  const list = useRef(null);
  const isFull = picked.length >= max;
  useEffect(() => setActive(-1), [text, kind]);
  useActiveInSight(list, active);
  const toggle = (hit) => (picked.some(sameAs(hit)) ? onRemove(hit) : isFull || onAdd(hit));
  const isReady = !found.isSettling && (found.status === 'ready' || found.status === 'more');
  const toggleWhenReady = useWhenReady(isReady, text, () => {
    const hit = found.hits[active < 0 ? 0 : active];
    if (hit) toggle(hit);
  });
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = found.hits.length;
    if (step && count) {
      event.preventDefault();
      setActive(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      toggleWhenReady();
    } else if (event.key === 'Backspace' && !text && picked.length) {
      onRemove(picked.at(-1));
    } else if (event.key === 'Escape') {
      setText('');
      setActive(-1);
    }
  };
  if (disabled) return <Chips picked={picked} disabled />;
  return (
    <div className="picker">
      <label className="label" htmlFor={id}>{t('picker.label')}</label>
      <Textfield id={id} role="combobox" autoComplete="off" autoFocus={autoFocus} placeholder={t('picker.placeholder')} value={text} elemBeforeInput={<span className="field-icon"><SearchIcon label="" /></span>}
        aria-expanded={found.hits.length > 0} aria-controls={`${id}-hits`} aria-autocomplete="list" aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined} aria-describedby={`${id}-keys`}
        onChange={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown} />
      <p id={`${id}-keys`} className="sr-only">{t('picker.keys')}</p>
      {picked.length ? <Chips picked={picked} onRemove={onRemove} /> : null}
      {isFull ? <p className="hint">{t('picker.full', { n: max })}</p> : null}
      <Segmented hideLabel label={t('picker.kinds')} value={kind} onChange={setKind} options={['all', 'issue', 'page'].map((value) => ({ value, label: t(`picker.kind.${value}`) }))} />
      <p className="section-label">{text.trim() ? t('picker.hits') : t('picker.recent')}</p>
      {found.failed.map((product) => (
        <p key={product} className="note note-warn" role="status">{t(`picker.failed.${product}`)} <button type="button" className="text-button inherit" onClick={found.again}>{t('act.retry')}</button></p>
      ))}
      {found.status === 'failed' ? <Problem problem={found.problem} kept={t('kept.choices')} actions={<Button onClick={found.again}>{t('act.retry')}</Button>} /> : null}
      {found.status === 'loading' ? <Skeleton lines={6} label={t('state.searching')} /> : null}
      <ul id={`${id}-hits`} ref={list} role="listbox" aria-multiselectable="true" aria-label={t('picker.hits')} className="hits" data-refreshing={found.status === 'refreshing'} hidden={!found.hits.length}>
        {found.hits.map((hit, index) => (
          <Hit key={`${hit.kind}${hit.id}`} id={`${id}-${index}`} hit={hit} isActive={index === active} isFull={isFull} isPicked={picked.some(sameAs(hit))} onToggle={toggle} onPoint={() => active === index || setActive(index)} />
        ))}
      </ul>
      {found.status === 'ready' && !found.hits.length ? <Empty title={t('picker.none')}>{t('picker.none.do')}</Empty> : null}
      {found.cursor && found.hits.length ? <Button appearance="subtle" shouldFitContainer isLoading={found.status === 'more'} onClick={found.more}>{t('picker.more')}</Button> : null}
      <Live>{found.status === 'ready' ? t('picker.results', { n: found.hits.length }) : ''}</Live>
    </div>
  );
}
