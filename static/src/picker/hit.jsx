// A hit: what it is, where, when, the place in its text, and why it is there. Text comes in parts; React writes each as text.
// It decides nothing and has no button inside: an option of a list may not hold one.
import { CheckMarkIcon, ChevronDownIcon, IssueIcon, LockIcon, PageIcon } from '../parts/icons.js';
import { ago } from '../parts/format.js';
import { has, t } from '../parts/t.js';
import { wordsOf } from './query.js';

export const KindIcon = ({ kind }) => (kind === 'page' ? <PageIcon label="" color="currentColor" /> : <IssueIcon label="" color="currentColor" />);

/** The snippet with the found words marked. */
export const Snippet = ({ parts }) => parts.map((part, index) => (part.hit ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>));

/** Why a hit is there, in words; a near miss names the word that was found. */
export function whysOf(hit, query) {
  const typed = new Set(wordsOf(query));
  const others = (hit.terms ?? []).filter((term) => !typed.has(term.toLowerCase()));
  // In the list of what was updated lately, "recent" says nothing.
  const codes = hit.why.map(({ code }) => code).filter((code) => has(`why.${code}`) && (query || code !== 'recent'));
  return codes.map((code) => (code === 'typo' && others.length ? t('why.typo.as', { word: others[0] }) : t(`why.${code}`)));
}

export const Restricted = () => (
  <span className="restricted"><LockIcon label="" color="currentColor" size="small" /> {t('hit.restricted')}</span>
);

export function Hit({ hit, query, id, isActive, isPicked, isFull, isShown, onToggle, onPoint, onShow }) {
  const snippet = hit.snippet ?? [];
  return (
    <li id={id} role="option" aria-selected={isPicked} aria-disabled={(isFull && !isPicked) || undefined} className="hit" data-active={isActive} data-shown={isShown}
      onPointerDown={(event) => event.preventDefault()} onClick={() => onToggle(hit)} onPointerMove={onPoint}>
      <span className="hit-icon">{isPicked ? <CheckMarkIcon label="" color="currentColor" /> : <KindIcon kind={hit.kind} />}</span>
      <span className="hit-body">
        <span className="hit-title" dir="auto">{hit.key ? <b>{hit.key}</b> : null} <bdi>{hit.title}</bdi></span>
        {snippet.length ? <span className="hit-snippet" dir="auto"><Snippet parts={snippet} /></span> : null}
        <span className="hit-facts">
          <bdi>{hit.container.name || hit.container.key}</bdi>
          {hit.status ? <span>{hit.status}</span> : null}
          {hit.updated ? <span>{ago(hit.updated)}</span> : null}
          {hit.restricted ? <Restricted /> : null}
          {whysOf(hit, query).map((why) => <span key={why} className="why">{why}</span>)}
          {hit.same ? <span className="why">{t('hit.same', { n: hit.same })}</span> : null}
        </span>
      </span>
      <span className="hit-more" aria-hidden="true" onClick={(event) => { event.stopPropagation(); onShow(); }}><ChevronDownIcon label="" color="currentColor" size="small" /></span>
    </li>
  );
}
