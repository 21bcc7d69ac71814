// @ts-check
// The text of the search field and the filters taken out of it. Together they are the query.
import { useMemo, useState } from 'react';
import { complete, queryOf, sameFilter, takeFilters } from './query.js';

export function useQuery() {
  const [text, setText] = useState('');
  const [filters, setFilters] = useState(/** @type {import('./query.js').Filter[]} */ ([]));
  const type = (typed) => {
    const taken = takeFilters(typed);
    setText(taken.text);
    if (taken.filters.length) setFilters((last) => [...last, ...taken.filters.filter((filter, at) => !last.some(sameFilter(filter)) && taken.filters.findIndex(sameFilter(filter)) === at)]);
  };
  return {
    text,
    filters,
    query: useMemo(() => queryOf(filters, text), [filters, text]),
    type,
    insert: (completion) => type(complete(text, completion)),
    drop: (filter) => setFilters((last) => last.filter((one) => one !== filter)),
    clear: () => setText(''),
  };
}
