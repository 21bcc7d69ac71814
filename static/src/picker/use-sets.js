// @ts-check
// The writer's saved sets of sources: read once, saved, removed, and brought back as long as the page stands.
// It does not apply a set; the picker adds its sources like any others.
import { useEffect, useState } from 'react';
import { call } from '../bridge.js';
import { problemOf, useTask } from '../parts/use-task.js';

const refsOf = (sources) => sources.map(({ kind, id }) => ({ kind, id }));

export function useSets() {
  const [sets, setSets] = useState(/** @type {any[]} */ ([]));
  const [removed, setRemoved] = useState(/** @type {any} */ (null));
  const [unread, setUnread] = useState(/** @type {any} */ (null));
  const { busy, problem, run } = useTask();
  useEffect(() => {
    let gone = false;
    call('sets.list').then((view) => gone || setSets(view.sets), (error) => gone || setUnread(problemOf(error)));
    return () => {
      gone = true;
    };
  }, []);
  const act = async (name, type, fields) => {
    const view = await run(name, () => call(type, fields));
    if (view) setSets(view.sets);
    return Boolean(view);
  };
  const save = (name, sources) => act('save', 'sets.save', { name, sources: refsOf(sources) });
  const remove = async (set) => (await act('remove', 'sets.remove', { id: set.id })) && setRemoved(set);
  const undo = async () => (await save(removed.name, removed.sources)) && setRemoved(null);
  return { sets, removed, busy, problem, unread, save, remove, undo, forget: () => setRemoved(null) };
}
