// The states of the admin's page of masking, and of what the issue panel says is in a ticket.
// It holds data and short steps only; `every-state.mjs` runs them.

const see = (text) => ({ act }) => act.see(text);
const then = (...steps) => async (run) => {
  for (const step of steps) await step(run);
};
const admin = (scenario, more = {}) => ({ page: 'admin', query: { ...(scenario ? { s: scenario } : {}), at: '/masking' }, ...more });
const press = (label) => async ({ tab }) => (await tab.waitForSelector(`button::-p-aria(${label})`)).click();
/** One class is shown where there is no room for four. */
const turn = (kind, one) => async ({ tab }) => {
  await tab.waitForSelector('.kinds-table');
  if (await tab.$eval('.kinds-choice', (choice) => getComputedStyle(choice).display !== 'none')) await tab.select('.kinds-choice select', one);
  await (await tab.waitForSelector(`input[aria-label="Mask ${kind} in ${one}"]`)).click();
};
const choose = (name, to) => async ({ tab }) => {
  await tab.waitForSelector(`select[aria-label="Class of ${name}"]`);
  await tab.select(`select[aria-label="Class of ${name}"]`, to);
};
export const tried = (text) => async ({ tab }) => {
  await (await tab.waitForSelector('.textarea')).click();
  await tab.keyboard.type(text);
};
export const pattern = (text) => async ({ tab, act }) => {
  await tab.waitForSelector('section[aria-labelledby="deny-title"] select');
  await tab.select('section[aria-labelledby="deny-title"] select', 'pattern');
  await act.type('section[aria-labelledby="deny-title"] input', text);
  await act.press('Enter');
};
const plant = async ({ act }) => {
  await act.type('section[aria-labelledby="canaries-title"] input', 'Salary sheet');
  await act.press('Enter');
};
const OWN = 'Call +44 20 7946 0777 or write to anna@example.com about Blue Heron. Then anna@example.com answers.';

/** @type {Record<string, {page?: string, query?: object, steps?: (run: any) => any, see: string, ready?: string, isWide?: boolean}>} */
export const maskingStates = {
  'masking-admin': { ...admin(), see: 'Runbook of the payroll', isWide: true },
  'masking-first': { ...admin('masking-first'), see: 'Nothing was changed yet' },
  'masking-long': { ...admin('masking-long'), steps: then(see('Show more'), ({ act }) => act.click('Show more')), see: 'Archive' },
  'masking-loading': { ...admin('', { ready: '.skeleton' }), query: { at: '/masking', slow: 60000 }, see: 'The answer is restored here' },
  'masking-failed': { ...admin('masking-fault'), see: 'cannot be read' },
  'masking-lost': { ...admin('masking-lost'), see: 'The rules of what is masked cannot be read' },
  'masking-lost-asked': { ...admin('masking-lost'), steps: ({ act }) => act.click('Give the rules up'), see: 'Give up the rules that cannot be read?' },
  'masking-lost-given-up': { ...admin('masking-lost'), steps: then(({ act }) => act.click('Give the rules up'), ({ act }) => act.click('Give them up')), see: 'What is masked' },
  'masking-admin-only': { ...admin('admin-only'), see: 'Only admins see this page' },
  'masking-read-only': { ...admin('masking-readonly'), see: 'may not change it' },
  'masking-no-report': { ...admin('masking-no-report'), see: 'The counts cannot be read' },
  'masking-one-product': { ...admin('masking-one-product'), see: 'Jira did not answer' },
  'masking-list-failed': { ...admin('masking-list-fault'), see: 'Jira or Confluence did not answer' },
  'masking-off-asked': { ...admin(), steps: turn('phone numbers', 'public'), see: 'Stop masking phone numbers in public?' },
  'masking-off-failed': { ...admin('masking-act-fault'), steps: then(turn('phone numbers', 'public'), ({ act }) => act.click('Stop masking')), see: 'What is masked is as it was' },
  'masking-on-again': { ...admin(), steps: turn('names', 'public'), see: 'Names are masked in public again' },
  'masking-class-asked': { ...admin(), steps: choose('IT desk', 'public'), see: 'Make IT desk public?' },
  'masking-filter-none': { ...admin(), steps: ({ act }) => act.type('.containers-filter input', 'zeppelin'), see: 'Nothing matches' },
  'masking-tried': { ...admin(), steps: tried(OWN), see: 'EMAIL_1', isWide: true },
  'masking-tried-sent': { ...admin(), steps: then(tried(OWN), see('EMAIL_1'), ({ act }) => act.click('What a model sees', 'span')), see: '[SECRET_1]' },
  'masking-tried-nothing': { ...admin(), steps: tried('Nothing personal.'), see: 'Nothing in this text would be masked' },
  'masking-try-failed': { ...admin('masking-try-fault'), steps: tried(OWN), see: 'The rules of what is masked cannot be read' },
  'masking-bad-pattern': { ...admin(), steps: pattern('SRV-.*'), see: 'A dot, an anchor' },
  'masking-word-removing': { ...admin(), steps: press('Remove Blue Heron'), see: 'Stop masking Blue Heron?' },
  'masking-word-removed': { ...admin(), steps: press('Remove Jenkins'), see: 'Jenkins was removed' },
  'masking-planted': { ...admin(), steps: plant, see: 'It is not shown again', isWide: true },
  'masking-forgetting': { ...admin(), steps: press('Forget Runbook of the payroll'), see: 'no longer stopped' },
  'panel-findings': { page: 'panel', query: { s: 'panel-findings' }, see: '2 e-mail addresses', ready: '.panel' },
  'panel-findings-none': { page: 'panel', query: { s: 'panel-findings-none' }, see: 'No personal data or secrets were found', ready: '.panel' },
};
