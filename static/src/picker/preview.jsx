// The preview of one hit: title, where, when, the place in its text at length, a way to open it and one to add or remove it.
// It shows what the search answered and reads nothing more.
import { useCallback, useLayoutEffect, useRef } from 'react';
import Button from '@atlaskit/button/new';
import { OutLink } from '../parts/small.jsx';
import { LinkExternalIcon, LockIcon } from '../parts/icons.js';
import { dayAndClock, listOf } from '../parts/format.js';
import { spotOf } from '../parts/spot.js';
import { t } from '../parts/t.js';
import { KindIcon, Snippet, whysOf } from './hit.jsx';

/** Puts the pane beside its row, and no lower than the column ends: the host sizes the frame by its content. */
function usePlace(anchorId) {
  const pane = useRef(null);
  const place = useCallback(() => {
    const anchor = document.getElementById(anchorId);
    const frame = pane.current?.offsetParent;
    if (!anchor || !frame) return;
    const top = anchor.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    const lowest = Math.max(0, Math.max(frame.offsetHeight, frame.closest('.column')?.offsetHeight ?? 0) - pane.current.offsetHeight);
    pane.current.style.insetBlockStart = `${Math.max(0, Math.min(top, lowest))}px`;
  }, [anchorId]);
  useLayoutEffect(() => {
    place();
    addEventListener('resize', place);
    return () => removeEventListener('resize', place);
  });
  return pane;
}

/** The preview under its row, brought into sight: what was asked for may lie below the screen. */
export function UnderPane({ children }) {
  const pane = useRef(null);
  useLayoutEffect(() => {
    pane.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return <div ref={pane} className="hit-under">{children}</div>;
}

export const SidePane = ({ anchorId, onPointerEnter, children }) => (
  <div ref={usePlace(anchorId)} className="hit-pane" onPointerEnter={onPointerEnter}>{children}</div>
);

/** A title this short is seen whole in its row, and not said again under it. */
const SHORT = 70;

export function Preview({ hit, query, isPicked, isFull, onToggle, onEscape }) {
  const whys = [...whysOf(hit, query), ...(hit.same ? [t('hit.same', { n: hit.same })] : [])];
  return (
    <section className="hit-preview" aria-label={t('preview.hit', { title: hit.key ?? hit.title })} onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), onEscape())}>
      <p className="hit-preview-kind"><KindIcon kind={hit.kind} /> <b>{hit.key ?? t(`kind.${hit.kind}`)}</b> {hit.type && hit.type !== hit.kind ? <span>{hit.type}</span> : null} {hit.status ? <span>{hit.status}</span> : null}</p>
      <h3 dir="auto" data-short={hit.title.length < SHORT}><bdi>{hit.title}</bdi></h3>
      <p className="subtle small"><bdi>{hit.container.name || hit.container.key}</bdi>{hit.updated ? <> · {t('source.updated', { when: dayAndClock(hit.updated) })}</> : null}</p>
      {hit.snippet?.length ? <p className="hit-preview-text" dir="auto"><Snippet parts={hit.snippet} /></p> : <p className="subtle">{t('preview.hit.no-text')}</p>}
      {hit.spot ? <p className="small"><span className="subtle">{t('preview.hit.where')}</span> <bdi>{spotOf(hit.spot)}</bdi></p> : null}
      {whys.length ? <p className="small"><span className="subtle">{t('preview.hit.why')}</span> {listOf(whys)}</p> : null}
      {hit.restricted ? <p className="note row gap-075"><LockIcon label="" color="currentColor" size="small" /> <span>{t('hit.restricted.what')}</span></p> : null}
      <div className="row spread wrap">
        <OutLink href={hit.spot?.url ?? hit.url} className="out">{t('preview.hit.open')} <LinkExternalIcon label={t('opens.new-tab')} color="currentColor" size="small" /></OutLink>
        <Button appearance={isPicked ? 'default' : 'primary'} isDisabled={isFull && !isPicked} onClick={() => onToggle(hit)}>{t(isPicked ? 'preview.hit.remove' : 'preview.hit.add')}</Button>
      </div>
    </section>
  );
}
