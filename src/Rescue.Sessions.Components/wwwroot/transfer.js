import { awaited, describe, dialogOf, h, onceAtATime, openModal, stillShows } from './rescue-sessions.js';

// Who takes no transfers is listed too, with the reason, so that nobody looks for them in vain.
const colleague = ({ t }, { id, name, presence, active }) => h('label', { class: 'colleague', data: { presence } },
  h('input', { type: 'radio', name: 'transfer-to', value: id, disabled: presence !== 'available', 'aria-describedby': 'transfer-error' }),
  h('span', { class: 'colleague-name' }, name),
  h('span', { class: 'chip', data: { presence } }, t(`presence.${presence}`)),
  h('span', { class: 'muted' }, t('transfer.load', active)));

const byEase = (a, b) => (a.presence !== 'available') - (b.presence !== 'available') || a.active - b.active || a.name.localeCompare(b.name);

/** Offers a session to a colleague who is chosen by presence and load. */
export async function offerTransfer(element, session) {
  const { desk } = element;
  const { t, service } = desk;
  const found = await awaited(desk.colleagues());
  if (!found || !stillShows(element, session))
    return;
  if (!found.ok) {
    element.toast(describe(desk, found), { kind: 'error' });
    return;
  }
  const colleagues = found.data.items.filter(one => one.id !== desk.me.id).sort(byEase);
  const error = h('p', { class: 'field-error', id: 'transfer-error', role: 'alert' });
  const form = h('form', { novalidate: true, onsubmit: event => {
    event.preventDefault();
    offer();
  } },
    h('h2', { id: 'transfer-title' }, t('transfer.title')),
    colleagues.length === 0
      ? h('p', { class: 'empty' }, t('transfer.nobody'))
      : h('fieldset', { class: 'field' }, h('legend', {}, t('transfer.to')), h('div', { class: 'colleagues' }, ...colleagues.map(one => colleague(desk, one)))),
    error,
    h('div', { class: 'buttons' },
      h('button', { type: 'button', data: { close: '' } }, t('dialog.cancel')),
      colleagues.length > 0 && h('button', { class: 'primary', type: 'submit' }, t('transfer.offer'))));
  const dialog = dialogOf({ id: 'transfer', 'aria-labelledby': 'transfer-title' }, form);

  const offer = onceAtATime(async () => {
    const chosen = form.querySelector('input:checked');
    if (!chosen) {
      error.textContent = t('transfer.missing');
      form.querySelector('input:enabled')?.focus();
      return;
    }
    error.textContent = '';
    const answer = await service.post(service.session(session.id, '/transfer'), { to: chosen.value });
    if (!answer.ok) {
      const problem = answer.data?.errors?.to?.[0] ?? describe(desk, answer);
      if (dialog.isConnected)
        error.textContent = problem;
      else
        element.toast(problem, { kind: 'error' });
      return;
    }
    desk.sessions.take(session.id, answer);
    dialog.close();
    element.toast(t('done.transfer', session.customerName, colleagues.find(one => one.id === chosen.value).name));
  });

  element.shadowRoot.append(dialog);
  openModal(dialog);
  await new Promise(resolve => dialog.addEventListener('close', resolve, { once: true }));
  dialog.remove();
}
