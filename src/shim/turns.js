// @ts-check
// One invocation at a time in a process: the core's glue holds one instance.
// Forge runs them so already; where a host does not, the later one waits.

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Runs a piece of work when the ones before it are done.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(work) {
  const turn = last.then(work);
  last = turn.catch(() => {});
  return turn;
}
