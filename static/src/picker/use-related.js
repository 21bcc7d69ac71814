// @ts-check
// What is like the page or ticket the Studio was opened on: asked once.
// It ranks nothing; where the index is off there is nothing to show, and nothing is said.
import { useEffect, useState } from 'react';
import { call } from '../bridge.js';

export function useRelated(about) {
  const [hits, setHits] = useState(/** @type {any[]} */ ([]));
  const [isLoading, setLoading] = useState(Boolean(about));
  useEffect(() => {
    if (!about) return undefined;
    let gone = false;
    setLoading(true);
    call('sources.related', { kind: about.kind, id: about.id })
      .then((view) => gone || setHits(view.hits), () => gone || setHits([]))
      .then(() => gone || setLoading(false));
    return () => {
      gone = true;
    };
  }, [about?.kind, about?.id]);
  return { hits, isLoading };
}
