// What stands below the field: the index's state, saved sets, the hits or why there are none, and how they were found.
// It keeps its height until an answer replaced what was there: nothing below jumps while one types.
import { useLayoutEffect, useRef } from 'react';
import Button from '@atlaskit/button/new';
import { Problem } from '../parts/problem.jsx';
import { Empty, Skeleton } from '../parts/small.jsx';
import { t } from '../parts/t.js';
import { HowFound, IndexState } from './index-note.jsx';
import { Lists } from './lists.jsx';
import { SavedSets } from './sets.jsx';
import { idOf } from './use-hits.js';

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

/** What a row is told: whether it is marked, chosen, shown; and what a click, a resting pointer and the arrow at its end do. */
function useRow({ query, picks, preview, isWide, keyboard }) {
  return (hit) => {
    const id = idOf(hit);
    const onToggle = () => {
      if (isWide) preview.dismiss(id);
      picks.toggle(hit);
    };
    return {
      query, onToggle, isFull: picks.isFull, isActive: id === keyboard.active, isPicked: picks.has(hit), isShown: id === preview.shown,
      onPoint: isWide ? (event) => event.pointerType === 'mouse' && preview.rest(id) : undefined,
      onShow: () => preview.toggle(id),
    };
  };
}

export function Results({ id, picker, renderPreview }) {
  const { query, found, parts, order, picks, sets } = picker;
  const box = useSteady(found.isSettled);
  const hitProps = useRow(picker);
  const retry = <Button onClick={found.again}>{t('act.retry')}</Button>;
  const isWaiting = !found.hits.length && ['loading', 'refreshing'].includes(found.status);
  return (
    <div ref={box} className="results">
      <IndexState index={found.index} />
      {query ? null : <SavedSets sets={sets} onApply={picks.apply} />}
      {found.failed.map((product) => (
        <p key={product} className="note note-warn" role="status">{t(`picker.failed.${product}`)} <button type="button" className="text-button inherit" onClick={found.again}>{t('act.retry')}</button></p>
      ))}
      {found.status === 'failed' && found.problem ? <Problem problem={found.problem} kept={t('kept.choices')} actions={retry} /> : null}
      {isWaiting ? <Skeleton lines={6} label={t('state.searching')} /> : null}
      <Lists id={id} parts={parts.filter((part) => part.hits.length || part.isLoading)} order={order} hitProps={hitProps} renderOpen={renderPreview} />
      {found.isWhole && !order.length ? <Empty title={t('picker.none')}>{t('picker.none.do')}</Empty> : null}
      {found.isWhole && found.cursor && found.hits.length ? <Button appearance="subtle" shouldFitContainer isLoading={found.status === 'more'} onClick={found.more}>{t('picker.more')}</Button> : null}
      <HowFound index={found.index} />
    </div>
  );
}
