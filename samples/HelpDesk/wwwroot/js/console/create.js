import { byId } from './dom.js';
import { get, newKey, post } from './api.js';
import { showCreated } from './created.js';
import { FieldErrors } from './fieldErrors.js';
import { lacks } from './me.js';
import { describe, missingRight } from './problems.js';
import { store } from './store.js';
import { t } from './texts.js';
import { bindTabs } from './tablist.js';

const dialog = byId('create');
const form = byId('create-form');
const errors = new FieldErrors(form);
let method = 'email';
let submitted = { body: null, key: null };

const delivery = () => form.elements.delivery.value;

function follow() {
  byId('platform').disabled = !byId('for-mobile').checked;
  byId('to-optional').hidden = delivery() === 'onMyBehalf';
  byId('to').required = delivery() === 'onMyBehalf';
  byId('create-submit').textContent = t(method === 'email' ? 'create.emailLink' : 'create.makePin');
}

function readEmail() {
  const mobile = byId('for-mobile').checked;
  return {
    delivery: delivery(),
    to: byId('to').value.trim() || undefined,
    forMobileDevice: mobile,
    platform: mobile && byId('platform').value || undefined,
    language: byId('message-language').value,
  };
}

function readFields() {
  const filled = [...byId('more-fields').querySelectorAll('[data-custom]')].filter(input => input.value.trim() !== '');
  return filled.length > 0 ? Object.fromEntries(filled.map(input => [input.dataset.custom, input.value.trim()])) : undefined;
}

const read = () => ({
  customerName: byId('customer-name').value.trim(),
  reference: byId('reference').value.trim() || undefined,
  fields: readFields(),
  email: method === 'email' ? readEmail() : undefined,
});

function check(request) {
  const found = {};
  if (request.customerName === '')
    found.customerName = [t('create.name.missing')];
  if (request.email?.delivery === 'onMyBehalf' && !request.email.to)
    found['email.to'] = [t('create.to.missing')];
  return found;
}

// The key stays while the same request is tried again, so that a lost answer does not lead to a second session.
function keyFor(request) {
  const body = JSON.stringify(request);
  if (submitted.body !== body)
    submitted = { body, key: newKey() };
  return submitted.key;
}

async function submit(event) {
  event.preventDefault();
  const request = read();
  const found = check(request);
  say('');
  if (errors.show(found).length > 0)
    return;
  const button = byId('create-submit');
  button.disabled = true;
  const answer = await post('/sessions', request, { 'Idempotency-Key': keyFor(request) });
  button.disabled = false;
  if (answer.ok)
    await finish(request, answer.data);
  else
    explain(answer);
}

async function finish(request, created) {
  submitted = { body: null, key: null };
  form.hidden = true;
  showCreated(request, created);
  const answer = await get(`/sessions/${encodeURIComponent(created.id)}`);
  if (answer.ok)
    store.put(answer.data);
}

function explain(answer) {
  const rest = answer.status === 400 && answer.data?.errors ? errors.show(answer.data.errors).unplaced : null;
  if (rest !== null)
    say(rest.join(' '));
  else if (answer.status === 403 && answer.data?.missingRights?.length)
    say(t('create.missingRights'), answer.data.missingRights.map(missingRight));
  else
    say(describe(answer));
}

function say(text, items = []) {
  const problem = byId('create-problem');
  problem.hidden = text === '';
  const list = document.createElement('ul');
  list.append(...items.map(item => Object.assign(document.createElement('li'), { textContent: item })));
  problem.replaceChildren(text, ...(items.length > 0 ? [list] : []));
  problem.scrollIntoView({ block: 'nearest' });
}

// What a technician may not do stays selectable, with a word beside it: the server is the judge, and its policy may have just changed.
function hintAtRights() {
  for (const hint of dialog.querySelectorAll('[data-right]')) {
    hint.hidden = !lacks(hint.dataset.right);
    hint.textContent = t('right.missing', t(`right.${hint.dataset.right}`));
  }
}

function reset() {
  form.reset();
  errors.show({});
  say('');
  form.hidden = false;
  byId('created').hidden = true;
  hintAtRights();
  tabs.choose(lacks('emailConnection') && !lacks('pinConnection') ? 'tab-pin' : 'tab-email');
  form.elements.delivery.value = lacks('emailDefaultClient') && !lacks('emailOnBehalf') ? 'onMyBehalf' : 'defaultMailClient';
  follow();
}

const tabs = bindTabs(dialog.querySelector('[role=tablist]'), id => {
  method = id === 'tab-email' ? 'email' : 'pin';
  follow();
});

function open() {
  reset();
  if (!dialog.open)
    dialog.showModal();
  byId('customer-name').focus();
}

/** The dialog that makes a session and invites its customer. */
export function bindCreate() {
  byId('new-session').addEventListener('click', open);
  byId('create-another').addEventListener('click', open);
  form.addEventListener('submit', submit);
  form.addEventListener('change', follow);
  form.addEventListener('reset', () => { submitted = { body: null, key: null }; });
}
