// The hits in their sections, as one or more list boxes that the search field drives. Where there is no room beside them, the preview opens under its row
// and the section goes on in a second list box: a list box may hold options only.
import { Fragment } from 'react';
import { Skeleton } from '../parts/small.jsx';
import { t } from '../parts/t.js';
import { Hit } from './hit.jsx';
import { UnderPane } from './preview.jsx';
import { idOf } from './use-hits.js';

/** The parts of the sections: each is one list box, cut behind the hit whose preview is open under it. */
export function partsOf(sections, openId) {
  return sections.flatMap(({ id, label, hits, isLoading }) => {
    const at = openId ? hits.findIndex((hit) => idOf(hit) === openId) + 1 : 0;
    const parts = at ? [hits.slice(0, at), hits.slice(at)] : [hits];
    return parts.map((part, index) => ({ id: `${id}${index}`, label, heading: index === 0, hits: part, open: at && index === 0 ? hits[at - 1] : null, isLoading: isLoading && index === 0 })).filter((part) => part.hits.length || part.heading);
  });
}

export function Lists({ id, parts, order, hitProps, renderOpen }) {
  const place = new Map(order.map((hit, index) => [idOf(hit), index]));
  return parts.map((part) => (
    <Fragment key={part.id}>
      {part.heading ? <h3 className="section-label">{part.label}</h3> : null}
      {part.isLoading ? <Skeleton lines={3} /> : null}
      {part.hits.length ? (
        <ul id={`${id}-${part.id}`} role="listbox" aria-multiselectable="true" aria-label={part.label} className="hits">
          {part.hits.map((hit) => <Hit key={idOf(hit)} id={`${id}-${place.get(idOf(hit))}`} hit={hit} {...hitProps(hit)} />)}
        </ul>
      ) : null}
      {part.open ? <UnderPane key={idOf(part.open)}>{renderOpen(part.open)}</UnderPane> : null}
    </Fragment>
  ));
}

/** The ids of the list boxes, for `aria-controls`. */
export const listIds = (id, parts) => parts.filter((part) => part.hits.length).map((part) => `${id}-${part.id}`).join(' ') || undefined;

/** The sections of an empty search, or the one of a typed one. A hit stands in one section only. */
export function sectionsOf({ query, found, related, about }) {
  if (query) return [{ id: 'found', label: t(found.isWhole ? 'picker.hits' : 'picker.so-far'), hits: found.hits }];
  const known = new Set(related.hits.map(idOf));
  const recent = { id: 'recent', label: t('picker.recent'), hits: found.hits.filter((hit) => !known.has(idOf(hit))) };
  if (!about || (!related.isLoading && !related.hits.length)) return [recent];
  return [{ id: 'related', label: t('picker.related', { title: about.key ?? about.title }), hits: related.hits, isLoading: related.isLoading }, recent];
}
