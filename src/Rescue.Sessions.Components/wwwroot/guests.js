import { FieldErrors, confirm, copy, describe, dialogOf, h, onceAtATime, openModal, refresh } from './rescue-sessions.js';

/** Invites a guest: asks for a name and a time, then shows the link, which is told this once. */
export async function inviteGuest(element, session) {
  const { desk } = element;
  const { t, service } = desk;
  const error = h('p', { class: 'field-error', id: 'guest-error', role: 'alert', data: { error: 'guests' } });
  const name = h('input', { id: 'guest-name', type: 'text', maxlength: 128, dir: 'auto', autocomplete: 'off', required: true, 'aria-describedby': 'guest-name-error', data: { field: 'name' } });
  const minutes = h('input', { id: 'guest-minutes', type: 'number', min: 1, step: 1, value: 60, required: true, 'aria-describedby': 'guest-minutes-error', data: { field: 'minutes' } });
  const form = h('form', { novalidate: true, onsubmit: event => {
    event.preventDefault();
    invite();
  } },
    h('h2', { id: 'guest-title' }, t('guests.title')),
    h('p', { class: 'muted' }, t('guests.note')),
    h('div', { class: 'field' }, h('label', { for: 'guest-name' }, t('guests.name')), name, h('p', { class: 'field-error', id: 'guest-name-error' })),
    h('div', { class: 'field' }, h('label', { for: 'guest-minutes' }, t('guests.minutes')), minutes, h('p', { class: 'field-error', id: 'guest-minutes-error' })),
    error,
    h('div', { class: 'buttons' },
      h('button', { type: 'button', data: { close: '' } }, t('dialog.cancel')),
      h('button', { class: 'primary', type: 'submit' }, t('guests.make'))));
  const errors = new FieldErrors(form, desk.words);
  const dialog = dialogOf({ id: 'guest', 'aria-labelledby': 'guest-title' }, form);

  const invite = onceAtATime(async () => {
    // Enter in the link that is told sends the form, too.
    if (!name.isConnected)
      return;
    errors.show({});
    const answer = await service.post(service.session(session.id, '/guests'), { name: name.value, minutes: minutes.valueAsNumber || 0 });
    if (!answer.ok) {
      const { length, unplaced } = errors.show(answer.data?.errors ?? {});
      if (length === 0 || unplaced.length)
        error.textContent = unplaced[0] ?? describe(desk, answer);
      if (!dialog.isConnected)
        element.toast(form.querySelector('.field-error:not(:empty)').textContent, { kind: 'error' });
      else if (!form.querySelector('[aria-invalid]'))
        name.focus();
      return;
    }
    refresh(desk, session.id);
    told(answer.data);
    if (!dialog.isConnected && element.isConnected)
      await open();
  });

  // The link cannot be asked for again, so that who has closed the dialog meanwhile gets it too.
  function told({ link }) {
    const shown = h('input', { id: 'guest-link', type: 'text', readonly: true, dir: 'ltr', value: link, 'aria-labelledby': 'guest-title', onfocus: () => shown.select() });
    form.replaceChildren(
      h('h2', { id: 'guest-title' }, t('guests.link')),
      h('p', { class: 'muted' }, t('guests.once')),
      h('div', { class: 'field' }, shown),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', class: 'primary', id: 'guest-copy', onclick: () => copy(element, link) }, t('created.copyLink')),
        h('button', { type: 'button', data: { close: '' } }, t('dialog.close'))));
    form.querySelector('#guest-copy').focus();
  }

  async function open() {
    element.shadowRoot.append(dialog);
    openModal(dialog);
    await new Promise(resolve => dialog.addEventListener('close', resolve, { once: true }));
    dialog.remove();
  }

  await open();
}

/** Asks, and ends a guest's visit. */
export async function endVisit(element, session, guest) {
  const { desk } = element;
  const { t } = desk;
  if (!await confirm(element, t('guests.end'), t('guests.endSure', guest.name), t('guests.end')))
    return;
  const answer = await desk.service.call('DELETE', desk.service.session(session.id, `/guests/${guest.id}`));
  if (answer.ok)
    desk.sessions.take(session.id, answer);
  else
    element.toast(describe(desk, answer), { kind: 'error' });
}
