// @ts-check
// Light and dark: chooses between the two themes that theme.css holds, by the host's word or else the system's.
// It adds no style element; the policy would refuse it.
import { enableTheme } from '../bridge.js';

const THEMES = 'light:light dark:dark shape:shape spacing:spacing typography:typography';

/** Follows the theme of the host's context, and keeps following it when the host changes the attributes later. */
export function followTheme(theme) {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const asked = theme?.colorMode;
  const apply = () => {
    root.dataset.colorMode = asked === 'dark' || asked === 'light' ? asked : dark.matches ? 'dark' : 'light';
  };
  apply();
  if (asked !== 'dark' && asked !== 'light') dark.addEventListener('change', apply);
  // The host may name themes this file does not carry (increased contrast): without ours nothing would have a color.
  new MutationObserver(() => {
    if (root.dataset.theme !== THEMES) root.dataset.theme = THEMES;
    if (!root.dataset.colorMode || root.dataset.colorMode === 'auto') apply();
  }).observe(root, { attributeFilter: ['data-theme', 'data-color-mode'] });
  root.dataset.theme = THEMES;
  enableTheme();
}
