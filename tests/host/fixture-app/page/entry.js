// The fixture's page, through the real @forge/bridge. Bundled into page.js by the tests (`bundle.mjs`).
import { invoke, Modal, permissions, realtime, requestJira, router, showFlag, view } from '@forge/bridge';

const show = (id, value) => { document.getElementById(id).textContent = typeof value === 'string' ? value : JSON.stringify(value); };
const on = (id, act) => document.getElementById(id).addEventListener('click', () => act().then((value) => show('out', value ?? 'done'), (error) => show('out', `refused: ${error.message}`)));

on('flag', async () => showFlag({ id: 'one', title: 'A flag', description: 'From the page.', type: 'success', isAutoDismiss: true }));
on('go', () => router.navigate('/browse/DESK-1'));
on('grant', () => permissions.egress.set({ egresses: [{ key: 'model', description: 'The model we run ourselves', configured: [{ domain: 'https://model.granted.example', type: ['FETCH_BACKEND_SIDE'] }] }] }));
on('listen', () => realtime.subscribeGlobal('here', (payload) => show('out', { heard: payload })));
on('modal', () => new Modal({ size: 'small', context: { from: 'page' }, onClose: (value) => show('out', { closed: value ?? null }) }).open());

(async () => {
  await view.theme.enable();
  const context = await view.getContext();
  const who = await invoke('whoami', {});
  show('who', `${who.accountId === context.accountId ? 'same' : 'other'} user in ${who.moduleKey}`);
  const response = await requestJira('/rest/api/3/issue/DESK-1?fields=summary');
  show('issue', (await response.json()).fields?.summary ?? String(response.status));
  if (context.extension.modal) {
    show('who', `modal from ${context.extension.modal.from}`);
    document.getElementById('modal').replaceWith(Object.assign(document.createElement('button'), { textContent: 'Close', id: 'close', onclick: () => view.close({ ok: true }) }));
  }
  document.body.dataset.ready = 'yes';
})();
