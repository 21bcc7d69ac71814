// The pages as people meet them: each state in light and dark, wide and narrow, without a breach of the policy, a console error or a serious axe finding.
// A screenshot of each goes to the ignored folder `screenshots`.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ensureBuilt } from './built.mjs';
import { axe, openBrowser, openPage, SHOTS } from './browser.mjs';
import { states } from './states.mjs';
import { searchStates } from './states-search.mjs';

const LOOKS = [{ name: 'light-1280', width: 1280 }, { name: 'dark-1280', width: 1280, dark: true }, { name: 'light-360', width: 360, height: 740 }];
/** Where columns come and go: a large screen, and a laptop at 200 %. */
const MORE = [{ name: 'light-1440', width: 1440 }, { name: 'zoom-200', width: 640, height: 450, scale: 2 }];
const only = process.env.STATES?.split(',');
let browser;
before(async () => {
  await ensureBuilt();
  await mkdir(SHOTS, { recursive: true });
  browser = await openBrowser();
});
after(() => browser.close());

/** Nothing sticks out to the side: a page that scrolls sideways is broken on a phone. */
const overflow = (tab) => tab.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));

describe('every state', () => {
  for (const [name, state] of Object.entries({ ...states, ...searchStates })) {
    if (only && !only.some((wanted) => name.startsWith(wanted))) continue;
    test(name, async () => {
      for (const look of state.isWide ? [...LOOKS, ...MORE] : LOOKS) {
        const { tab, problems, act } = await openPage(browser, { ...state, ...look });
        try {
          await state.steps?.({ tab, act });
          if (state.see) await act.see(state.see);
        } catch (error) {
          await tab.screenshot({ path: join(SHOTS, `${name}.${look.name}.failed.png`) });
          throw new Error(`${look.name}: ${error.message}`, { cause: error });
        }
        await act.settle();
        await tab.screenshot({ path: join(SHOTS, `${name}.${look.name}.png`), fullPage: state.page !== 'panel' });
        assert.deepEqual(problems, [], look.name);
        assert.equal(await overflow(tab), 0, `${look.name}: wider than the window`);
        assert.deepEqual(await axe(tab), [], look.name);
        await tab.close();
      }
    });
  }
});
