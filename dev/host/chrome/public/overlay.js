// Flags, modals and questions of the product around an app. They know nothing of the bridge.
import { el } from './dom.js';

const flags = document.getElementById('flags');
const MARKS = { info: 'i', success: '✓', warning: '!', error: '×' };

/** Shows a flag `{ id, title, description, type, actions, isAutoDismiss }`; one with the same id is replaced. */
export function showFlag({ id, title, description, type = 'info', actions = [], isAutoDismiss }) {
  closeFlag(id);
  const close = () => closeFlag(id);
  const flag = el('div', { class: `flag flag-${type}`, 'data-flag': id },
    el('span', { class: 'flag-mark', 'aria-hidden': 'true' }, MARKS[type] ?? 'i'),
    el('div', {}, el('strong', {}, String(title ?? '')), description && el('p', {}, String(description)),
      actions.length > 0 && el('p', { class: 'flag-actions' }, actions.map((action) => el('button', { type: 'button', class: 'link', onclick: () => action.onClick?.() }, action.text)))),
    el('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss', onclick: close }, '×'));
  flags.append(flag);
  if (isAutoDismiss) setTimeout(close, 8000);
}

export function closeFlag(id) {
  for (const flag of flags.querySelectorAll('.flag')) if (flag.dataset.flag === String(id)) flag.remove();
}

/** Opens a modal around `content` and answers `{ close }`. `size` is one of Forge's names, or `{ width, height }`. */
export function openModal({ content, title = '', size = 'medium', closeOnEscape = true, closeOnOverlayClick = true, onClose }) {
  const before = document.activeElement;
  const named = typeof size === 'string' ? size : 'custom';
  const dialog = el('dialog', { class: `modal modal-${named}`, 'aria-label': title || 'Dialog' }, title && el('header', {}, el('h2', {}, title), el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: () => close() }, '×')), content);
  if (named === 'custom') {
    dialog.style.width = size.width;
    if (size.height) dialog.style.height = size.height;
  }
  let open = true;
  function close(value) {
    if (!open) return;
    open = false;
    dialog.close();
    dialog.remove();
    before?.focus?.();
    onClose?.(value);
  }
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (closeOnEscape) close();
  });
  dialog.addEventListener('mousedown', (event) => {
    if (event.target === dialog && closeOnOverlayClick) close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { close, dialog };
}

/** Asks and answers true or false. */
export function ask({ title, body, yes, no = 'Cancel' }) {
  return new Promise((resolve) => {
    const modal = openModal({
      title,
      size: 'small',
      onClose: (value) => resolve(value === true),
      content: el('div', { class: 'modal-body' }, body, el('p', { class: 'modal-end' }, el('button', { type: 'button', class: 'button', autofocus: true, onclick: () => modal.close(false) }, no), el('button', { type: 'button', class: 'button primary', onclick: () => modal.close(true) }, yes))),
    });
  });
}
