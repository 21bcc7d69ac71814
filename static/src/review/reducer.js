// @ts-check
// The review's state: which act runs, what the writer leaves out, what the page did meanwhile.
// The job itself is the server's word; here is only what is not yet answered.

export const initial = { act: null, leftOut: null, chosen: 0, isStale: false, problem: null };

const ACTS = {
  begin: (state, { act }) => ({ ...state, act, problem: null }),
  end: (state) => ({ ...state, act: null }),
  leave: (state, { leftOut }) => ({ ...state, leftOut, chosen: state.chosen + 1, problem: null }),
  chosen: (state, { round }) => (round === state.chosen ? { ...state, leftOut: null } : state),
  stale: (state) => ({ ...state, act: null, isStale: true, leftOut: null }),
  failed: (state, { problem }) => ({ ...state, act: null, leftOut: null, problem }),
};

export const reduce = (state, action) => ACTS[action.type](state, action);

const KEEP = 1;
const FOLD_FROM = 3;

/** Rows with runs of unchanged blocks folded; a fold keeps one block on each side so a change is read in its place. */
export function foldsOf(rows) {
  const parts = [];
  let run = [];
  const flush = (isLast) => {
    const head = parts.length ? KEEP : 0;
    const tail = isLast ? 0 : KEEP;
    if (run.length - head - tail < FOLD_FROM) parts.push(...run.map((row) => ({ row })));
    else {
      parts.push(...run.slice(0, head).map((row) => ({ row })));
      parts.push({ fold: run.slice(head, run.length - tail) });
      parts.push(...run.slice(run.length - tail).map((row) => ({ row })));
    }
    run = [];
  };
  for (const row of rows) {
    if (row.kind === 'same') run.push(row);
    else {
      flush(false);
      parts.push({ row });
    }
  }
  flush(true);
  return parts;
}
