// The Smart Picker: search, filters, chosen sources, hits with the reason each is there and a preview; all of it by keyboard.
// It does not read a source; that starts with the draft.
import '../styles/picker.css';
import { useId, useRef, useState } from 'react';
import { Segmented } from '../parts/segmented.jsx';
import { Live } from '../parts/small.jsx';
import { useActiveInSight } from '../parts/use-task.js';
import { t } from '../parts/t.js';
import { Chips } from './chosen.jsx';
import { FilterChips, FilterLine, Syntax } from './filters.jsx';
import { listIds, partsOf, sectionsOf } from './lists.jsx';
import { Preview, SidePane } from './preview.jsx';
import { completionsOf } from './query.js';
import { Results } from './results.jsx';
import { SearchField } from './search-field.jsx';
import { SaveSet } from './sets.jsx';
import { useActive } from './use-active.js';
import { idOf, useHits } from './use-hits.js';
import { usePicked } from './use-picked.js';
import { useQuery } from './use-query.js';
import { useRelated } from './use-related.js';
import { useSets } from './use-sets.js';
import { useShown, useWide } from './use-shown.js';

/** @param {{picked: any[], max: number, about?: any, onAdd: (hit: any) => void, onRemove: (hit: any) => void, disabled?: boolean}} props `about` is what the Studio was opened on. */
export function Picker(props) {
  return props.disabled ? <Chips picked={props.picked} disabled /> : <OpenPicker {...props} />;
}

/** All that the parts of the picker share, made from its hooks. */
function usePicker({ about, ...props }) {
  const typed = useQuery();
  const { query, text } = typed;
  const [kind, setKind] = useState('all');
  const picks = usePicked(props);
  const found = useHits(query, kind, picks.picked);
  const related = useRelated(about);
  const preview = useShown();
  const isWide = useWide();
  const sections = sectionsOf({ query, found, related, about });
  const order = sections.flatMap((section) => section.hits);
  const completions = completionsOf(text, found.pool);
  const keyboard = useActive({ typed, found, order, preview, isWide, completions, kind, picks });
  const parts = partsOf(sections, isWide ? null : preview.shown);
  return { typed, query, kind, setKind, picks, found, preview, isWide, order, parts, completions, keyboard, sets: useSets(), bad: found.status === 'bad' && found.isSettled ? found.problem : null };
}

function OpenPicker(props) {
  const picker = usePicker(props);
  const { typed, query, picks, found, preview, isWide, order, parts, completions, keyboard, sets, bad } = picker;
  const id = useId();
  const root = useRef(null);
  useActiveInSight(root, keyboard.active);
  const focusField = () => document.getElementById(id)?.focus();
  const backToField = () => {
    preview.hide();
    focusField();
  };
  const shownHit = isWide && order.find((hit) => idOf(hit) === preview.shown);
  const renderPreview = (hit) => <Preview hit={hit} query={query} isPicked={picks.has(hit)} isFull={picks.isFull} onToggle={picks.toggle} onEscape={backToField} />;
  const onBlur = ({ relatedTarget }) => isWide && relatedTarget && !root.current?.contains(relatedTarget) && preview.hide();
  return (
    <div ref={root} className="picker" onPointerLeave={isWide ? preview.leave : undefined} onBlur={onBlur}>
      <SearchField id={id} typed={typed} bad={bad} keyboard={keyboard} lists={listIds(id, parts)} />
      {shownHit ? <SidePane anchorId={`${id}-${order.indexOf(shownHit)}`} onPointerEnter={preview.stay}>{renderPreview(shownHit)}</SidePane> : null}
      <FilterLine completions={completions} onInsert={(completion) => { typed.insert(completion); focusField(); }}><Syntax /></FilterLine>
      <FilterChips filters={typed.filters} bad={bad?.params?.field} onRemove={(filter) => { typed.drop(filter); focusField(); }} />
      <Chosen picks={picks} sets={sets} />
      <Segmented hideLabel label={t('picker.kinds')} value={picker.kind} onChange={picker.setKind} options={['all', 'issue', 'page'].map((value) => ({ value, label: t(`picker.kind.${value}`) }))} />
      <Results id={id} picker={picker} renderPreview={renderPreview} />
      <Live>{completions.length ? t('filter.completes', { filter: completions[0].label }) : found.isWhole ? t('picker.results', { n: order.length }) : ''}</Live>
    </div>
  );
}

function Chosen({ picks, sets }) {
  const { picked, max, isFull, fitted } = picks;
  return (
    <>
      {picked.length ? (
        <section className="chosen" aria-label={t('picker.picked')}>
          <div className="row spread wrap"><span className="section-label">{t('picker.picked')}</span><SaveSet picked={picked} sets={sets} /></div>
          <Chips picked={picked} onRemove={picks.remove} />
        </section>
      ) : null}
      {isFull && fitted ? <p className="note" role="status">{t('sets.fitted', { ...fitted, max })}</p> : null}
      {isFull && !fitted ? <p className="hint">{t('picker.full', { n: max })}</p> : null}
    </>
  );
}
