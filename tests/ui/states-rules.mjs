// The states of the admin's rules for models, and of what the Studio says of stand-ins.
// It holds data and short steps only; `every-state.mjs` runs them.

const admin = (scenario, more = {}) => ({ page: 'admin', query: scenario ? { s: scenario } : {}, ...more });
const then = (...steps) => async (run) => {
  for (const step of steps) await step(run);
};
const see = (text) => ({ act }) => act.see(text);
const flip = (label) => async ({ tab }) => (await tab.waitForSelector(`input[aria-label="${label}"]`)).click();
const limit = (text) => async ({ tab, act }) => {
  const field = await tab.waitForSelector('section[aria-labelledby="budget-title"] input');
  await field.click({ count: 3 });
  await tab.keyboard.type(text);
  await act.see('Most tokens a month');
};
const only = (name) => async ({ tab }) => {
  await tab.waitForSelector('.rule-class');
  for (const row of await tab.$$('.rule-class')) {
    if ((await row.$eval('legend', (legend) => legend.textContent)) === name) await (await row.$$('input[type=radio]'))[1].click();
  }
};

/** @type {Record<string, {page?: string, query?: object, steps?: (run: any) => any, see: string, ready?: string, isWide?: boolean}>} */
export const rulesStates = {
  'rules-admin': { ...admin('rules-many'), see: 'A month’s tokens', isWide: true },
  'rules-first': { ...admin('rules-first'), see: 'No other model of yours' },
  'rules-empty': { ...admin('rules-empty'), see: 'No model is connected' },
  'rules-failed': { ...admin('rules-fault'), see: 'storage did not answer' },
  'rules-resting': { ...admin('rules-many'), see: 'Rests' },
  'rules-spent': { ...admin('rules-spent'), see: 'This month’s tokens are used up' },
  'rules-stands-in': { ...admin('rules-many'), steps: flip('If Vertex AI, Gemini 3.5 Flash fails, ask OpenAI in the EU'), see: 'If it fails, ask' },
  'rules-moved': { ...admin('rules-moved'), steps: flip('If OpenAI in the EU fails, ask Vertex AI, Gemini 3.5 Flash'), see: 'not processed in the same place' },
  'rules-act-failed': { ...admin('rules-act-fault'), steps: flip('If OpenAI in the EU fails, ask Vertex AI, Gemini 3.5 Flash'), see: 'The rules are as they were' },
  'rules-class': { ...admin('rules-many'), steps: only('Public'), see: 'Only in these places' },
  'rules-budget-range': { ...admin('rules-many'), steps: limit('1.5 million'), see: 'Enter a whole number' },
  'bake-running': { ...admin('bake-running'), see: 'You can leave this page' },
  'bake-done': { ...admin('bake-done'), see: 'started by Robin Example', isWide: true },
  'bake-stopped': { ...admin('bake-stopped'), see: 'Stopped after 5' },
  'bake-followed': { ...admin('rules-many'), steps: then(see('Compare your models'), ({ act }) => act.click('Compare', 'button')), see: 'started by Robin Example' },
  'studio-stands-in': { query: { s: 'model-fallback' }, steps: async ({ act, tab }) => {
    await act.see('PAY-412');
    if (tab.viewport().width < 1024) await act.click('Seal', '.step');
  }, see: 'If it fails' },
  'job-stood-in': { query: { s: 'model-stood-in', at: '/job/j1' }, see: 'answered: the first model did not' },
};
