// The Smart Picker: search, filters, chosen sources, hits with the reason each is there and a preview; all of it by keyboard.
// It does not read a source; that starts with the draft.
import '../styles/picker.css';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { SearchIcon } from '../parts/icons.js';
import { Segmented } from '../parts/segmented.jsx';
import { Problem } from '../parts/problem.jsx';
import { Empty, Live, Skeleton } from '../parts/small.jsx';
import { useActiveInSight } from '../parts/use-task.js';
import { t } from '../parts/t.js';
import { Chips } from './chosen.jsx';
import { badQueryText, FilterChips, FilterLine, Syntax } from './filters.jsx';
import { HowFound, IndexState } from './index-note.jsx';
import { Lists, listIds, partsOf, sectionsOf } from './lists.jsx';
import { Preview, SidePane } from './preview.jsx';
import { completionsOf } from './query.js';
import { SavedSets, SaveSet } from './sets.jsx';
import { useActive } from './use-active.js';
import { idOf, useHits } from './use-hits.js';
import { useQuery } from './use-query.js';
import { useRelated } from './use-related.js';
import { useSets } from './use-sets.js';
import { useShown, useWide } from './use-shown.js';

const sameAs = (a) => (b) => a.kind === b.kind && a.id === b.id;

/** Keeps the list as high as it was until an answer replaced it: what is below does not jump while one types. */
function useSteady(isSettled) {
  const box = useRef(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.minBlockSize = isSettled ? '' : `${height.current}px`;
    if (isSettled) height.current = box.current.offsetHeight;
  });
  return box;
}

export function Picker(props) {
  return props.disabled ? <Chips picked={props.picked} disabled /> : <OpenPicker {...props} />;
}

function OpenPicker({ picked, max, about, onAdd, onRemove }) {
  const typed = useQuery();
  const { text, filters, query } = typed;
  const [kind, setKind] = useState('all');
  const [left, setLeft] = useState(/** @type {{added: number, of: number}|null} */ (null));
  const found = useHits(query, kind, picked);
  const related = useRelated(about);
  const sets = useSets();
  const preview = useShown();
  const isWide = useWide();
  const id = useId();
  const root = useRef(null);
  const steady = useSteady(found.isSettled);
  const isFull = picked.length >= max;
  const isPicked = (hit) => picked.some(sameAs(hit));
  const toggle = (hit) => (isPicked(hit) ? onRemove(hit) : isFull || onAdd(hit));
  const sections = sectionsOf({ query, found, related, about });
  const order = sections.flatMap((section) => section.hits);
  const parts = partsOf(sections, isWide ? null : preview.shown);
  const shownHit = order.find((hit) => idOf(hit) === preview.shown);
  const completions = completionsOf(text, found.pool);
  const { active, at, onKeyDown } = useActive({ typed, found, order, picked, preview, isWide, completions, kind, toggle, onRemove });
  useActiveInSight(root, active);
  const bad = found.status === 'bad' && found.isSettled ? found.problem : null;
  const apply = (set) => {
    const wanted = set.sources.filter((source) => source.title && !isPicked(source));
    const fits = wanted.slice(0, max - picked.length);
    fits.forEach(onAdd);
    setLeft(fits.length < wanted.length ? { added: fits.length, of: wanted.length } : null);
  };
  const focusField = () => document.getElementById(id)?.focus();
  const renderPreview = (hit) => <Preview hit={hit} query={query} isPicked={isPicked(hit)} isFull={isFull} onToggle={toggle} onEscape={() => { preview.hide(); focusField(); }} />;
  const hitProps = (hit) => ({
    query, isFull, isActive: idOf(hit) === active, isPicked: isPicked(hit), isShown: idOf(hit) === preview.shown,
    onToggle: () => { if (isWide) preview.dismiss(idOf(hit)); toggle(hit); }, onPoint: isWide ? (event) => event.pointerType === 'mouse' && preview.rest(idOf(hit)) : undefined, onShow: () => preview.toggle(idOf(hit)),
  });
  return (
    <div ref={root} className="picker" onPointerLeave={isWide ? preview.leave : undefined} onBlur={(event) => isWide && event.relatedTarget && !root.current?.contains(event.relatedTarget) && preview.hide()}>
      <div className="picker-field">
        <label className="label" htmlFor={id}>{t('picker.label')}</label>
        <Textfield id={id} role="combobox" autoComplete="off" spellCheck={false} placeholder={t('picker.placeholder')} value={text} isInvalid={Boolean(bad)} elemBeforeInput={<span className="field-icon"><SearchIcon label="" /></span>}
          aria-expanded={order.length > 0} aria-controls={listIds(id, parts)} aria-autocomplete="list" aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined} aria-describedby={`${bad ? `${id}-bad ` : ''}${id}-keys`}
          onChange={(event) => typed.type(event.currentTarget.value)} onKeyDown={onKeyDown} />
        <p id={`${id}-keys`} className="sr-only">{t('picker.keys')}</p>
        {bad ? <p id={`${id}-bad`} role="alert" className="hint hint-error">{badQueryText(bad)}</p> : null}
      </div>
      {isWide && shownHit ? <SidePane anchorId={`${id}-${order.indexOf(shownHit)}`} onPointerEnter={preview.stay}>{renderPreview(shownHit)}</SidePane> : null}
      <FilterLine completions={completions} onInsert={(completion) => { typed.insert(completion); focusField(); }}><Syntax /></FilterLine>
      <FilterChips filters={filters} bad={bad?.params?.field} onRemove={(filter) => { typed.drop(filter); focusField(); }} />
      {picked.length ? (
        <section className="chosen" aria-label={t('picker.picked')}>
          <div className="row spread wrap"><span className="section-label">{t('picker.picked')}</span><SaveSet picked={picked} sets={sets} /></div>
          <Chips picked={picked} onRemove={onRemove} />
        </section>
      ) : null}
      {left && isFull ? <p className="note" role="status">{t('sets.fitted', { added: left.added, of: left.of, max })}</p> : isFull ? <p className="hint">{t('picker.full', { n: max })}</p> : null}
      <Segmented hideLabel label={t('picker.kinds')} value={kind} onChange={setKind} options={['all', 'issue', 'page'].map((value) => ({ value, label: t(`picker.kind.${value}`) }))} />
      <div ref={steady} className="results">
        <IndexState index={found.index} />
        {query ? null : <SavedSets sets={sets} onApply={apply} />}
        {found.failed.map((product) => (
          <p key={product} className="note note-warn" role="status">{t(`picker.failed.${product}`)} <button type="button" className="text-button inherit" onClick={found.again}>{t('act.retry')}</button></p>
        ))}
        {found.status === 'failed' && found.problem ? <Problem problem={found.problem} kept={t('kept.choices')} actions={<Button onClick={found.again}>{t('act.retry')}</Button>} /> : null}
        {!found.hits.length && ['loading', 'refreshing'].includes(found.status) ? <Skeleton lines={6} label={t('state.searching')} /> : null}
        <Lists id={id} parts={parts.filter((part) => part.hits.length || part.isLoading)} order={order} hitProps={hitProps} renderOpen={renderPreview} />
        {found.isWhole && !order.length ? <Empty title={t('picker.none')}>{t('picker.none.do')}</Empty> : null}
        {found.isWhole && found.cursor && found.hits.length ? <Button appearance="subtle" shouldFitContainer isLoading={found.status === 'more'} onClick={found.more}>{t('picker.more')}</Button> : null}
        <HowFound index={found.index} />
      </div>
      <Live>{completions.length ? t('filter.completes', { filter: completions[0].label }) : found.isWhole ? t('picker.results', { n: order.length }) : ''}</Live>
    </div>
  );
}
