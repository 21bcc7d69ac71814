// A claim in running text: hover or focus shows where it comes from, with the quote and a link.
// It does not judge a claim; `supported` comes with it.
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { OutLink } from './small.jsx';
import { day } from './format.js';
import { spotOf } from './spot.js';
import { t } from './t.js';

const GAP = 6;
const EDGE = 8;
const CLOSE_AFTER_MS = 140;

/** Where the popover goes: under the sentence's first line, above it when there is no room, always inside the window. */
function placeOf(anchor, box) {
  const line = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const all = anchor.getBoundingClientRect();
  const left = Math.max(EDGE, Math.min(line.left, innerWidth - box.width - EDGE));
  const below = all.bottom + GAP;
  const top = below + box.height > innerHeight - EDGE && all.top - GAP - box.height > 0 ? all.top - GAP - box.height : below;
  return { left, top };
}

export function Sentence({ claim, sources, children }) {
  const [shown, setShown] = useState(false);
  const wrap = useRef(null);
  const anchor = useRef(null);
  const pop = useRef(null);
  const timer = useRef(0);
  const id = useId();
  const show = () => {
    clearTimeout(timer.current);
    setShown(true);
  };
  const hideSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => !wrap.current?.contains(document.activeElement) && setShown(false), CLOSE_AFTER_MS);
  };
  const place = useCallback(() => {
    if (!pop.current || !anchor.current) return;
    const { left, top } = placeOf(anchor.current, pop.current.getBoundingClientRect());
    pop.current.style.left = `${left}px`;
    pop.current.style.top = `${top}px`;
  }, []);
  useLayoutEffect(() => {
    if (!shown) return undefined;
    place();
    addEventListener('scroll', place, true);
    return () => removeEventListener('scroll', place, true);
  }, [shown, place]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // A draft that appears under a resting pointer opens nothing: it would cover the button that comes next.
  const onPointerMove = (event) => (event.movementX || event.movementY) && show();
  const onKeyDown = (event) => {
    if (event.key !== 'Escape' || !shown) return;
    event.stopPropagation();
    anchor.current?.focus(); // shows it again, so hiding comes after
    setShown(false);
  };
  return (
    <span ref={wrap} className="claim-wrap" onPointerMove={onPointerMove} onPointerLeave={hideSoon} onKeyDown={onKeyDown} onBlur={(event) => !wrap.current?.contains(event.relatedTarget) && setShown(false)}>
      <span ref={anchor} className={claim.supported ? 'claim' : 'claim claim-unsupported'} role="button" tabIndex={0} aria-expanded={shown} aria-controls={shown ? id : undefined} aria-describedby={claim.supported ? undefined : `${id}-mark`} onFocus={show} onClick={show} onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), show())}>
        {children}
      </span>
      {claim.supported ? null : <span id={`${id}-mark`} className="claim-mark">{t('claim.unsupported')}</span>}
      {shown ? (
        <span ref={pop} id={id} className="pop" role="group" aria-label={t('claim.from')}>
          <ClaimSources claim={claim} sources={sources} />
        </span>
      ) : null}
    </span>
  );
}

/** The sources of one claim: key, title, where the quoted words stand, when changed; each opened there. */
export function ClaimSources({ claim, sources }) {
  const named = claim.sources.map((index) => ({ source: sources[index], spot: claim.spot?.source === index ? claim.spot : null })).filter(({ source }) => source);
  return (
    <>
      {claim.supported ? null : <span className="pop-warn">{t('claim.unsupported.why')}</span>}
      {claim.quote ? <q className="pop-quote" dir="auto">{claim.quote}</q> : null}
      {named.map(({ source, spot }) => (
        <span key={`${source.kind}${source.id}`} className="pop-source">
          <OutLink href={spot?.url ?? source.url}>
            <b>{source.key ?? t(`kind.${source.kind}`)}</b> <bdi>{source.title}</bdi>
          </OutLink>
          {spot ? <bdi className="small">{spotOf(spot)}</bdi> : null}
          <span className="subtle small">{t('source.updated', { when: day(source.updated) })}</span>
        </span>
      ))}
      {named.length ? null : <span className="subtle">{t('claim.no-source')}</span>}
    </>
  );
}
