import { confirm, describe, download, refresh } from './rescue-sessions.js';

/** Saves all that is stored about a customer. */
export async function save(element, button, customer) {
  const { desk } = element;
  if (button.ariaDisabled === 'true')
    return;
  button.ariaDisabled = 'true';
  const answer = await desk.service.get(`/customers/export?${new URLSearchParams({ customer })}`);
  button.ariaDisabled = null;
  if (!answer.ok) {
    element.toast(describe(desk, answer), { kind: 'error' });
    return;
  }
  download(JSON.stringify(answer.data, null, 2), `${customer.replace(/[^\p{L}\p{N}@.-]+/gu, '-')}.json`, 'application/json');
  element.toast(desk.t('export.done', customer, answer.data.items.length));
}

/** Erases what is stored about a customer by one of a session's keys. */
export async function erase(element, action, { id }, customer) {
  const { desk } = element;
  const { t } = desk;
  if (!await confirm(element, t('erase.title'), t('erase.confirm', customer), t('erase.title')))
    return;
  const answer = await desk.service.post('/customers/erase', { customer });
  element.toast(answer.ok ? t('erase.done', answer.data.erased, answer.data.open) : describe(desk, answer), { kind: answer.ok ? 'info' : 'error' });
  // No event tells of what is erased.
  if (answer.ok)
    await Promise.all([refresh(desk, id), desk.sessions.load()]);
  element.view.keepFocus(null, { action });
}
