import { h } from './dom.js';
import { get, post } from './api.js';
import { download } from './clipboard.js';
import { confirm } from './confirm.js';
import { lacks } from './me.js';
import { describe } from './problems.js';
import { t } from './texts.js';
import { toast } from './toasts.js';

async function save(button, customer) {
  button.disabled = true;
  const answer = await get(`/customers/export?${new URLSearchParams({ customer })}`);
  button.disabled = false;
  if (!answer.ok) {
    toast(describe(answer), { kind: 'error' });
    return;
  }
  download(JSON.stringify(answer.data, null, 2), `${customer.replace(/[^\p{L}\p{N}@.-]+/gu, '-')}.json`, 'application/json');
  toast(t('export.done', customer, answer.data.items.length));
}

const saveButton = (action, text, customer) => h('button', {
  type: 'button', data: { action }, onclick: event => save(event.currentTarget, customer),
}, text);

async function erase(customer) {
  if (!await confirm(t('erase.title'), t('erase.confirm', customer), t('erase.title')))
    return;
  const answer = await post('/customers/erase', { customer });
  toast(answer.ok ? t('erase.done', answer.data.erased, answer.data.open) : describe(answer), { kind: answer.ok ? 'info' : 'error' });
}

/** All that is stored about a session's customer, for whom asks for it: by name, and by address where there is one. */
export function exportPart(session) {
  if (lacks('exportPersonalData'))
    return [];
  const address = session.invitation?.to;
  const eraseButton = lacks('erasePersonalData') ? null : h('button', {
    type: 'button', class: 'danger', data: { action: 'erase' }, onclick: () => erase(session.customerName),
  }, t('erase.title'));
  return [
    h('h3', {}, t('export.title')),
    h('p', { class: 'hint' }, t('export.hint')),
    h('div', { class: 'buttons start' },
      saveButton('exportName', t('export.byName'), session.customerName),
      address ? saveButton('exportAddress', t('export.byAddress'), address) : null,
      eraseButton),
  ];
}
