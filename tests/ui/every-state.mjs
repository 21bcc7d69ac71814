// The pages as people meet them: each state in light and dark, wide and narrow, without a breach of the policy, a console error or a serious axe finding.
// A screenshot of each goes to the ignored folder `screenshots`. It knows no state; the lists do.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ensureBuilt } from './built.mjs';
import { axe, openBrowser, openPage, SHOTS } from './browser.mjs';

/** A page is opened and led to its state once for each size of window; a look is what changes while it is open. */
const LIGHT = { window: { width: 1280 }, looks: [{ name: 'light-1280' }] };
const BOTH = { window: { width: 1280 }, looks: [{ name: 'light-1280' }, { name: 'dark-1280', turnsDark: true }] };
const DARK = { window: { width: 1280, dark: true }, looks: [{ name: 'dark-1280' }] };
const NARROW = { window: { width: 360, height: 740 }, looks: [{ name: 'light-360' }] };
/** Where columns come and go: a large screen, and a laptop at 200 %. */
const LARGE = { window: { width: 1440 }, looks: [{ name: 'light-1440' }] };
const ZOOMED = { window: { width: 640, height: 450, scale: 2 }, looks: [{ name: 'zoom-200' }] };
const only = process.env.STATES?.split(',');

/** Nothing sticks out to the side: a page that scrolls sideways is broken on a phone. */
const overflow = (tab) => tab.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));

/** @param {Record<string, any>} states */
export function everyState(states) {
  let browser;
  before(async () => {
    await ensureBuilt();
    await mkdir(SHOTS, { recursive: true });
    browser = await openBrowser();
  });
  after(() => browser.close());

  describe('every state', () => {
    for (const [name, state] of Object.entries(states)) {
      if (only && !only.some((wanted) => name.startsWith(wanted))) continue;
      test(name, async () => {
        for (const visit of visitsOf(state)) await meet(browser, name, state, visit);
      });
    }
  });
}

/** A state that goes by itself is too brief for two looks: its page is opened again, and dark from the start. */
const visitsOf = ({ isBrief, isWide }) => [...(isBrief ? [LIGHT, DARK] : [BOTH]), NARROW, ...(isWide ? [LARGE, ZOOMED] : [])];

async function meet(browser, name, state, { window, looks }) {
  const run = await openPage(browser, { ...state, ...window });
  for (const [at, look] of looks.entries()) {
    const shot = (kind) => run.tab.screenshot({ path: join(SHOTS, `${name}.${look.name}${kind}.png`), fullPage: state.page !== 'panel' && !kind, optimizeForSpeed: true });
    try {
      if (at === 0) await state.steps?.(run);
      if (look.turnsDark) await run.act.turnDark();
      if (state.see) await run.act.see(state.see);
    } catch (error) {
      await shot('.failed');
      throw new Error(`${look.name}: ${error.message}`, { cause: error });
    }
    await run.act.settle();
    await shot('');
    assert.deepEqual(run.problems, [], look.name);
    assert.equal(await overflow(run.tab), 0, `${look.name}: wider than the window`);
    assert.deepEqual(await axe(run.tab, { colors: look.turnsDark }), [], look.name);
  }
}
