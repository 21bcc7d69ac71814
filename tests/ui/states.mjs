// Every state of every page that a person can meet: the scenario, the steps to it, what must be read there.
// It holds data and short steps only; `every-state.mjs` runs them.

const pick = async ({ act, tab }) => {
  await act.see('PAY-412');
  await tab.focus('.picker input');
  await act.press('ArrowDown', 'Enter', 'ArrowDown', 'Enter');
};
const target = async ({ act, tab }) => {
  await act.type('.combo input', 'release');
  await act.byText('REL', '[role=option]');
  await act.press('Enter');
  await tab.waitForSelector('.combo-list', { hidden: true });
  await act.type('input[maxlength="255"]', 'Payments 2.4 release notes');
};
const pickPage = async ({ act }) => {
  await act.click('Update a page', 'label');
  await act.type('.combo input', 'payments');
  await act.byText('Payments 2.3', '[role=option]');
  await act.press('Enter');
};
const isNarrow = ({ tab }) => tab.viewport().width < 1024;
const toDraft = (run) => (isNarrow(run) ? run.act.click('Draft', '.step') : null);
const fill = async (run) => {
  await pick(run);
  if (isNarrow(run)) await run.act.click('Draft', '.step');
  await target(run);
};
const start = (label) => async (run) => {
  await fill(run);
  await run.act.click(label);
};
const job = { at: '/job/j1' };
const then = (...steps) => async (run) => {
  for (const step of steps) await step(run);
};
const click = (text, tag) => ({ act }) => act.click(text, tag);
const see = (text) => ({ act }) => act.see(text);

/** @type {Record<string, {page?: string, query?: object, steps?: (run: any) => any, see: string, ready?: string, isBrief?: boolean}>} `isBrief` is a state that the page leaves by itself. */
export const states = {
  'studio-start': { steps: see('PAY-412'), see: 'Recently updated' },
  'studio-loading': { query: { slow: 60000 }, ready: '.skeleton', see: 'Sources' },
  'studio-filled-from-issue': { query: { s: 'filled' }, steps: toDraft, see: 'New page' },
  'studio-filled-from-page': { query: { s: 'opened-page' }, steps: toDraft, see: 'Page to update' },
  'studio-waiting-drafts': { query: { s: 'waiting-drafts' }, steps: toDraft, see: 'drafts wait for you' },
  'studio-search-none': { query: { s: 'empty' }, see: 'Nothing matches' },
  'studio-search-one-product': { query: { s: 'no-confluence' }, steps: see('PAY-412'), see: 'Confluence did not answer' },
  'studio-search-failed': { query: { s: 'search-fault' }, see: 'Jira or Confluence did not answer' },
  'studio-many-sources': { query: { s: 'many' }, steps: async ({ act, tab }) => {
    await act.see('PAY-500');
    await tab.focus('.picker input');
    for (let at = 0; at < 40; at += 1) await act.press('ArrowDown', 'Enter');
  }, see: 'You have 40 sources' },
  'studio-ready-extract': { steps: fill, see: 'Make the extract' },
  'studio-ready-model': { query: { s: 'model' }, steps: fill, see: 'Draft from 2 sources' },
  'studio-exact-bytes': { query: { s: 'model' }, steps: then(fill, (run) => (isNarrow(run) ? run.act.click('Seal', '.step') : null), click('Show exactly what is sent')), see: 'Exactly what would be sent' },
  'studio-route-refused': { query: { s: 'barred' }, steps: (run) => (isNarrow(run) ? run.act.click('Seal', '.step') : null), see: 'No model may be used here' },
  'studio-target-list': { steps: then(toDraft, ({ act }) => act.type('.combo input', 'r')), see: 'Operations and on-call' },
  'studio-reading': { query: { s: 'reading' }, steps: start('Make the extract'), see: 'Reading 2 of 4' },
  'studio-waiting-model': { query: { s: 'waiting' }, steps: start('Draft from 2'), see: 'Waiting for Gemini' },
  'studio-draft': { steps: then(start('Make the extract'), see('Review the changes')), see: 'no source' },
  'studio-draft-partial': { query: { s: 'partial' }, steps: then(start('Make the extract'), see('Review the changes')), see: 'could not be read' },
  'studio-source-popover': { steps: then(start('Make the extract'), see('Review the changes'), ({ tab }) => tab.focus('.claim')), see: 'PAY-412' },
  'studio-model-failed': { query: { s: 'model-failed' }, steps: start('Draft from 2'), see: 'did not accept the key' },
  'studio-not-sent': { query: { s: 'not-sent' }, steps: start('Draft from 2'), see: 'stopped before it left' },
  'studio-start-refused': { query: { s: 'start-refused' }, steps: start('Make the extract'), see: 'A page with this title exists' },
  'studio-open-failed': { query: { s: 'open-fault' }, see: 'storage did not answer' },
  'studio-no-permission': { query: { s: 'no-permission' }, see: 'You may not do this' },
  'studio-offline': { query: { s: 'offline' }, see: 'took too long' },
  'studio-german-dates': { query: { s: 'update', locale: 'de-DE', ...job }, see: 'Publish as version 8' },
  'review-new-page': { query: job, see: 'Publish as a new page' },
  'review-update': { query: { s: 'update', ...job }, see: 'Publish as version 8' },
  'review-unfolded': { query: { s: 'update', ...job }, steps: then(see('unchanged blocks'), click('unchanged blocks')), see: 'Hide 12 unchanged blocks' },
  'review-left-out': { query: { s: 'update', ...job }, steps: then(see('Keep'), async ({ tab }) => (await tab.waitForSelector('.diff-choice label')).click()), see: '2 changes left out' },
  'review-stale': { query: { s: 'stale', ...job }, steps: click('Publish as version 8'), see: 'The page changed while you were reading' },
  'review-expired': { query: { s: 'expired', ...job }, see: 'This review has expired' },
  'review-publish-failed': { query: { s: 'publish-fault', ...job }, steps: click('Publish as'), see: 'Nothing was written' },
  'review-unknown': { query: { s: 'unknown', ...job }, steps: click('Publish as version 8'), see: 'not known yet whether version 8', isBrief: true },
  'review-not-found': { query: { s: 'unknown-job', ...job }, see: 'no longer there' },
  'published': { query: { s: 'published', ...job }, see: 'Version 8 is live' },
  'published-with-model': { query: { s: 'published-model', ...job }, see: 'masked, to Google Vertex AI' },
  'reverted': { query: { s: 'published', ...job }, steps: click('Revert to version 7'), see: 'back to version 7' },
  'conflict': { query: { s: 'conflict', ...job }, steps: click('Revert to version 7'), see: 'Robin Example edited the page since' },
  'conflict-impossible': { query: { s: 'conflict-impossible', ...job }, steps: click('Revert to version 7'), see: 'cannot be separated' },
  'history': { query: { at: '/history' }, see: 'What you made' },
  'history-of-page': { query: { at: '/history/9001' }, see: 'Now at version 8' },
  'history-empty': { query: { s: 'jobs-empty', at: '/history' }, see: 'Nothing here yet' },
  'history-failed': { query: { s: 'history-fault', at: '/history' }, see: 'storage did not answer' },
  'panel': { page: 'panel', see: 'Draft a page from this' },
  'panel-empty': { page: 'panel', query: { s: 'panel-empty' }, see: 'Nothing to extract yet' },
  'panel-failed': { page: 'panel', query: { s: 'panel-fault' }, see: 'did not answer' },
  'panel-loading': { page: 'panel', query: { slow: 60000 }, ready: '.skeleton', see: '' },
};

export { fill, pick, pickPage, target };
