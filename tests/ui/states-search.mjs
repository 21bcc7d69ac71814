// The states of search: the picker in the Studio, and the admin's page of the index.
// It holds data and short steps only; `every-state.mjs` runs them.

const see = (text) => ({ act }) => act.see(text);
const click = (text, tag) => ({ act }) => act.click(text, tag);
const then = (...steps) => async (run) => {
  for (const step of steps) await step(run);
};
const isNarrow = ({ tab }) => tab.viewport().width < 1024;
/** Types into the picker once its first list is there. */
const typed = (text) => async ({ tab, act }) => {
  await act.see('Recently updated');
  await tab.focus('.picker input');
  await tab.keyboard.type(text);
};
const answered = see('Results');
/** The preview of the active hit: beside it by arrow, under it where there is no room. */
const preview = async (run) => run.act.press(...(isNarrow(run) ? ['ArrowRight'] : ['ArrowDown', 'ArrowUp']));
const openHow = ({ tab }) => tab.$eval('.how', (details) => { details.open = true; });
const pickTwo = async ({ tab, act }) => {
  await act.see('PAY-412');
  await tab.focus('.picker input');
  await act.press('ArrowDown', 'Enter', 'ArrowDown', 'Enter');
};

const admin = (scenario, more = {}) => ({ page: 'admin', query: { ...(scenario ? { s: scenario } : {}), at: '/search' }, ...more });
const turn = (name) => async ({ tab }) => (await tab.waitForSelector(`input[aria-label="Index ${name}"]`)).click();
const days = (value) => async ({ tab, act }) => {
  const field = await tab.waitForSelector('.days input');
  await field.click({ count: 3 });
  await tab.keyboard.type(value);
  await act.settle();
};
const lookUp = (text) => async ({ act }) => {
  await act.type('input[placeholder="PAY-412"]', text);
  await act.press('Enter');
};

/** @type {Record<string, {page?: string, query?: object, steps?: (run: any) => any, see: string, ready?: string, isWide?: boolean}>} `isWide` adds 1440 px and 200 % zoom. */
export const searchStates = {
  'picker-start': { query: { s: 'sets' }, see: 'Weekly on-call', isWide: true },
  'picker-typing': { query: { s: 'slow-search' }, steps: typed('capt'), see: 'On this page so far' },
  'picker-results': { steps: then(typed('refund'), answered), see: 'similar in meaning', isWide: true },
  'picker-typo': { steps: then(typed('setlement'), answered), see: 'matched as “settlement”' },
  'picker-preview': { steps: then(typed('capture'), answered, preview), see: 'Add as a source', isWide: true },
  'picker-preview-restricted': { steps: then(typed('refund'), answered, preview), see: 'only some people may read this' },
  'picker-filters': { steps: then(typed('project:PAY -type:bug capture'), answered), see: 'not type:' },
  'picker-completing': { steps: then(typed('upd'), see('→')), see: 'updated:' },
  'picker-syntax': { steps: then(see('PAY-412'), ({ tab }) => tab.click('.syntax button')), see: 'Changed in the last 7 days', isWide: true },
  'picker-bad-query': { steps: typed('refund updated:soon '), see: 'needs a date such as' },
  'picker-nothing-found': { steps: then(typed('zeppelin'), see('Nothing matches')), see: 'fewer words' },
  'picker-failed-typed': { query: { s: 'search-fault-later' }, steps: typed('refund'), see: 'Your choices are kept' },
  'picker-related': { query: { at: '/from/issue/PAY-408' }, see: 'Related to PAY-408', isWide: true },
  'picker-chosen': { steps: pickTwo, see: 'Save as a set' },
  'picker-set-naming': { steps: then(pickTwo, click('Save as a set')), see: 'Cancel' },
  'picker-set-removed': { query: { s: 'sets' }, steps: async ({ tab }) => (await tab.waitForSelector('button::-p-aria(Remove the set Release 2.4)')).click(), see: 'Undo' },
  'picker-index-off': { query: { s: 'index-off' }, steps: then(see('PAY-412'), openHow), see: 'admin can switch it on' },
  'picker-index-empty': { query: { s: 'index-empty' }, steps: see('PAY-412'), see: 'Nothing is indexed yet' },
  'picker-index-partial': { query: { s: 'index-partial' }, steps: then(typed('refund'), answered, openHow), see: '312 of 1,800 documents indexed', isWide: true },
  'picker-index-broken': { query: { s: 'index-broken' }, steps: then(typed('refund'), answered, openHow), see: 'Part of the index could not be read' },
  'picker-index-unavailable': { query: { s: 'index-unavailable' }, steps: see('PAY-412'), see: 'The index cannot be read right now' },
  'picker-how-found': { steps: then(typed('refund'), answered, openHow), see: 'About 160 searches a minute' },

  'search-admin': { ...admin(), see: 'Engineering handbook', isWide: true },
  'search-admin-settled': { ...admin('index-settled'), see: 'Release notes' },
  'search-admin-first': { ...admin('index-none'), see: 'Nothing is indexed until you switch it on' },
  'search-admin-many': { ...admin('index-long'), steps: click('Show more'), see: 'Archive 3' },
  'search-admin-loading': { ...admin('', { ready: '.skeleton' }), query: { at: '/search', slow: 60000 }, see: 'never leaves this site' },
  'search-admin-failed': { ...admin('index-fault'), see: 'storage did not answer' },
  'search-admin-only': { ...admin('admin-only'), see: 'Only admins see this page' },
  'search-admin-read-only': { ...admin('index-readonly'), see: 'may not change it' },
  'search-admin-one-product': { ...admin('index-one-product'), see: 'Jira did not answer' },
  'search-admin-filter-none': { ...admin(), steps: ({ act }) => act.type('.containers-bar input', 'zeppelin'), see: 'Nothing matches' },
  'search-admin-switching-off': { ...admin(), steps: turn('Payments'), see: '1,240 documents, 3,120 excerpts, 4.8 MB' },
  'search-admin-switch-failed': { ...admin('index-set-fault'), steps: turn('Security desk'), see: 'The index is as it was' },
  'search-admin-rebuilding': { ...admin(), steps: click('Build all of it again'), see: 'Nothing is lost' },
  'search-admin-lifetime-shorter': { ...admin(), steps: days('30'), see: 'more than 30 days ago' },
  'search-admin-lifetime-wrong': { ...admin(), steps: days('400'), see: 'Enter a whole number from 1 to 365' },
  'search-admin-inspected': { ...admin('index-settled'), steps: lookUp('pay-412'), see: 'What the gateway answers', isWide: true },
  'search-admin-inspect-none': { ...admin('index-settled'), steps: lookUp('PAY-999'), see: 'holds nothing of PAY-999' },
  'search-admin-recall': { ...admin('index-settled'), steps: click('Run the comparison'), see: 'of the ten best hits' },
  'search-admin-recall-off': { ...admin('recall-off'), steps: click('Run the comparison'), see: 'The index is off' },
  'search-admin-meaning': { ...admin('index-embedding'), see: '2,210 of 4,314 documents' },
  'search-admin-meaning-own': { ...admin('index-embedding-own'), steps: async ({ tab }) => (await tab.waitForSelector('input[aria-label="Search by meaning"]')).click(), see: 'Model for embeddings' },
  'search-admin-meaning-other': { ...admin('index-embedding-other'), steps: async ({ tab }) => (await tab.waitForSelector('input[aria-label="Search by meaning"]')).click(), see: 'Route that embeds' },
  'search-admin-meaning-gone': { ...admin('index-embedding-gone'), see: 'Use another route' },
  'search-admin-meaning-asked': { ...admin('index-embedding-off'), steps: async ({ tab }) => (await tab.waitForSelector('input[aria-label="Search by meaning"]')).click(), see: 'cannot be called back' },
};
