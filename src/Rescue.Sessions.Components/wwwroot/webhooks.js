import { FieldErrors, confirm, copy, describe, focusedElement, h, onceAtATime } from './rescue-sessions.js';
import { textField } from './form.js';

const path = '/settings/webhooks';
const pageSize = 20;

// What waits to be sent is looked at again, soon at first; a receiver that is away may be tried for hours.
const firstLook = 1_500;
const longestPause = 30_000;

/** The tenant's webhooks: who gets which events, the secret at the one moment at which it is told, and what has become of the messages. */
export class Webhooks {
  #element;
  #desk;
  #types = [];
  #edited = null;
  #items = new Map();

  constructor(element) {
    this.#element = element;
    this.#desk = element.desk;
    const { t } = this.#desk;
    this.problem = h('p', { id: 'webhooks-problem', class: 'notice error', role: 'alert', hidden: true });
    this.secrets = h('div', {});
    this.list = h('ul', { class: 'webhooks', 'aria-label': t('settings.webhooks') });
    this.none = h('p', { class: 'muted', hidden: true }, t('webhooks.none'));
    this.form = this.#drawForm();
    this.errors = new FieldErrors(this.form, this.#desk.words);
    this.part = h('div', {}, this.problem, this.secrets, this.list, this.none, this.form);
  }

  /** Answers false where the host has no webhooks. */
  async load() {
    const answer = await this.#desk.service.get(path);
    if (answer.status === 404)
      return false;
    this.#tell(answer);
    if (!answer.ok)
      return true;
    this.#types = answer.data.types;
    this.types.replaceChildren(...this.#types.map(type => h('label', { class: 'option' }, h('input', { type: 'checkbox', value: type }), h('code', {}, type))));
    for (const webhook of answer.data.webhooks)
      this.#put(webhook);
    this.#count();
    return true;
  }

  // ---- The form that adds and changes

  #drawForm() {
    const { t } = this.#desk;
    const save = onceAtATime(() => this.#save());
    const choice = (value, text) => h('label', { class: 'option' }, h('input', { type: 'radio', name: 'events', value, checked: value === 'all' }), h('span', {}, text));
    this.types = h('div', { id: 'webhook-types', class: 'types', hidden: true });
    this.title = h('h3', { id: 'webhook-title' }, t('webhooks.add'));
    this.submit = h('button', { class: 'primary', type: 'submit' }, t('webhooks.add'));
    this.cancel = h('button', { type: 'button', hidden: true, onclick: () => this.#leaveEdit() }, t('dialog.cancel'));
    return h('form', {
      id: 'webhook-form', novalidate: true, autocomplete: 'off', 'aria-labelledby': 'webhook-title',
      onsubmit: event => {
        event.preventDefault();
        save();
      },
      onchange: () => this.#showTypes(),
    },
    this.title,
    h('div', { class: 'pick' },
      textField('webhook-url', 'url', t('webhooks.url'), { type: 'url', maxlength: '2048', spellcheck: 'false', placeholder: 'https://' }, t('webhooks.url.hint')),
      textField('webhook-description', 'description', t('webhooks.description'), { maxlength: '256' }, t('webhooks.description.hint'))),
    h('fieldset', { class: 'field' },
      h('legend', {}, t('webhooks.events')),
      choice('all', t('webhooks.events.all')),
      choice('some', t('webhooks.events.some')),
      this.types,
      h('p', { class: 'field-error', id: 'webhook-types-error', role: 'alert', data: { error: 'types' } })),
    h('div', { class: 'buttons start' }, this.submit, this.cancel));
  }

  #showTypes() { this.types.hidden = this.form.elements.events.value === 'all'; }

  #fill({ url = '', description = null, types = [] } = {}) {
    this.form.querySelector('#webhook-url').value = url;
    this.form.querySelector('#webhook-description').value = description ?? '';
    this.form.elements.events.value = types.length === 0 ? 'all' : 'some';
    for (const box of this.types.querySelectorAll('input'))
      box.checked = types.includes(box.value);
    this.errors.show({});
    this.#showTypes();
  }

  #edit(webhook) {
    const { t } = this.#desk;
    this.#edited = webhook.id;
    this.title.textContent = t('webhooks.change', webhook.url);
    this.submit.textContent = t('settings.save');
    this.cancel.hidden = false;
    this.#fill(webhook);
    this.form.querySelector('#webhook-url').focus();
  }

  #leaveEdit() {
    const { t } = this.#desk;
    const item = this.#items.get(this.#edited);
    this.#edited = null;
    this.title.textContent = this.submit.textContent = t('webhooks.add');
    this.cancel.hidden = true;
    this.#fill();
    const focused = focusedElement();
    // Whoever has gone on to something else stays there.
    if (!focused || this.form.contains(focused))
      item?.focus('edit');
  }

  get #written() {
    const isSome = this.form.elements.events.value === 'some';
    return {
      url: this.form.querySelector('#webhook-url').value.trim(),
      description: this.form.querySelector('#webhook-description').value.trim() || null,
      types: isSome ? [...this.types.querySelectorAll('input:checked')].map(box => box.value) : [],
    };
  }

  async #save() {
    const { service, t } = this.#desk;
    const [edited, written] = [this.#edited, this.#written];
    // None chosen would be all of them to the server.
    if (this.form.elements.events.value === 'some' && written.types.length === 0) {
      this.errors.show({ types: t('webhooks.events.missing') });
      this.types.querySelector('input')?.focus();
      return;
    }
    const isNew = edited === null;
    const answer = await (isNew ? service.post(path, { ...written, enabled: true }) : this.#items.get(edited).inTurn(() => service.put(`${path}/${edited}`, written)));
    // Whoever has gone on to write something else is left it.
    const isSame = edited === this.#edited && JSON.stringify(written) === JSON.stringify(this.#written);
    const told = Object.fromEntries(Object.entries(answer.data?.errors ?? {}).map(([field, messages]) => [field.replace(/\[.*/, ''), messages]));
    // What was wrong with one has nothing to do with another that is in the form since.
    const placed = edited === this.#edited ? this.errors.show(told) : { length: 0, unplaced: Object.values(told).flat() };
    if (!answer.ok) {
      if (placed.length === 0 || placed.unplaced.length > 0)
        this.#element.toast(placed.unplaced.join(' ') || this.#said(answer), { kind: 'error' });
      return;
    }
    this.#put(answer.data);
    this.#count();
    if (isNew) {
      if (isSame)
        this.#fill();
      this.#showSecret(answer.data);
    } else {
      if (isSame)
        this.#leaveEdit();
      this.#element.toast(t('settings.saved'));
    }
  }

  // ---- The secret, which no later answer has

  // Each stays until it is kept; of one webhook the last is the one that will hold.
  #showSecret({ id, url, secret }) {
    const { t } = this.#desk;
    const leave = () => {
      this.#hideSecret(id);
      (this.#items.get(id) ?? this).focus('test');
    };
    this.#hideSecret(id);
    const title = h('h3', { id: `webhook-secret-title-${id}`, tabindex: '-1' }, t('webhooks.secret', url));
    this.secrets.append(h('div', { class: 'notice', role: 'group', 'aria-labelledby': title.id, data: { secretOf: id } },
      title,
      h('p', {}, t('webhooks.secret.once')),
      h('div', { class: 'with-button' },
        h('input', { readonly: true, 'aria-label': t('webhooks.secret.label'), value: secret }),
        h('button', { type: 'button', data: { do: 'copySecret' }, onclick: () => copy(this.#element, secret) }, t('webhooks.secret.copy')),
        h('button', { type: 'button', data: { do: 'keepSecret' }, onclick: leave }, t('webhooks.secret.kept')))));
    title.focus();
  }

  #hideSecret(id) { this.secrets.querySelector(`[data-secret-of="${id}"]`)?.remove(); }

  focus() { this.form.querySelector('#webhook-url').focus(); }

  // ---- The list

  #put(webhook) {
    const item = this.#items.get(webhook.id);
    if (item) {
      item.show(webhook);
      return;
    }
    const made = new Item(this.#element, webhook, {
      said: answer => this.#said(answer),
      edit: now => this.#edit(now),
      told: made => this.#showSecret(made),
      gone: () => this.#drop(webhook.id),
    });
    this.#items.set(webhook.id, made);
    this.list.append(made.part);
  }

  #drop(id) {
    this.#items.get(id).part.remove();
    this.#items.delete(id);
    this.#hideSecret(id);
    if (this.#edited === id)
      this.#leaveEdit();
    this.#count();
    if (!focusedElement())
      this.focus();
  }

  #count() { this.none.hidden = this.#items.size > 0; }

  #tell(answer) {
    this.problem.hidden = answer.ok;
    this.problem.textContent = answer.ok ? '' : this.#said(answer);
  }

  #said(answer) { return answer.status === 404 ? this.#desk.t('webhooks.gone') : describe(this.#desk, answer); }
}

/** One webhook, with the log of its messages once somebody wants to see it. */
class Item {
  #element;
  #desk;
  #webhook;
  #acts;
  #next = null;
  #pause = firstLook;
  #timer;
  #looks = 0;
  #replaying = new Set();
  #changing = Promise.resolve();

  constructor(element, webhook, acts) {
    this.#element = element;
    this.#desk = element.desk;
    this.#acts = acts;
    this.log = h('div', { class: 'deliveries', id: `deliveries-${webhook.id}`, hidden: true });
    this.about = h('div', {});
    this.part = h('li', { class: 'webhook', data: { id: webhook.id } }, this.about, this.log);
    this.show(webhook);
    element.signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  get #path() { return `${path}/${this.#webhook.id}`; }

  show(webhook) {
    const { t, clock } = this.#desk;
    this.#webhook = webhook;
    const had = this.about.contains(focusedElement()) ? focusedElement().dataset.do : null;
    const { url, description, types, enabled, disabledReason, formerSecretUntil } = webhook;
    this.about.replaceChildren(...[
      h('p', { class: 'webhook-head' },
        h('strong', {}, url), ' ',
        h('span', { class: 'chip', data: { enabled: String(enabled) } }, t(enabled ? 'webhooks.enabled' : 'webhooks.disabled'))),
      description && h('p', {}, description),
      !enabled && disabledReason && h('p', { class: 'notice error' }, disabledReason),
      h('p', { class: 'hint' }, types.length === 0 ? t('webhooks.events.all') : types.map((type, index) => [index > 0 && ', ', h('code', {}, type)]).flat().filter(Boolean)),
      formerSecretUntil && h('p', { class: 'hint' }, t('webhooks.former', clock.dateTime(formerSecretUntil))),
      h('div', { class: 'buttons start' },
        this.#button('test', () => this.#test()),
        this.#button('deliveries', () => this.#toggleLog(), { 'aria-expanded': String(!this.log.hidden), 'aria-controls': this.log.id }),
        this.#button('edit', () => this.#acts.edit(this.#webhook)),
        this.#button(enabled ? 'disable' : 'enable', () => this.#enable(!enabled)),
        this.#button('rotate', () => this.#rotate()),
        this.#button('remove', () => this.#remove(), { class: 'danger' })),
    ].filter(Boolean));
    if (had)
      this.focus(had);
  }

  focus(name) {
    const other = { enable: 'disable', disable: 'enable' }[name];
    (this.about.querySelector(`[data-do="${name}"]`) ?? this.about.querySelector(`[data-do="${other}"]`))?.focus();
  }

  #button(name, act, properties = {}) {
    const { t } = this.#desk;
    const button = h('button', {
      type: 'button', data: { do: name }, 'aria-label': t('action.on', t(`webhooks.${name}`), this.#webhook.url), ...properties,
      onclick: async () => {
        if (button.ariaDisabled === 'true')
          return;
        button.ariaDisabled = 'true';
        await act();
        button.ariaDisabled = null;
      },
    }, t(`webhooks.${name}`));
    return button;
  }

  /** Asks for a change once the one before it is answered: the last that is asked for is the last that is stored, and the last that is shown. */
  inTurn(ask) { return this.#changing = this.#changing.then(ask); }

  #fail(answer) { this.#element.toast(this.#acts.said(answer), { kind: 'error' }); }

  async #test() {
    const { service, t } = this.#desk;
    const answer = await service.post(`${this.#path}/test`);
    if (!answer.ok)
      this.#fail(answer);
    else if (answer.data.delivered)
      this.#element.toast(t('webhooks.test.done', answer.data.statusCode));
    else
      this.#element.toast(t('webhooks.test.failed', answer.data.problem ?? answer.data.statusCode), { kind: 'error' });
  }

  async #enable(enabled) {
    const { service, t } = this.#desk;
    const answer = await this.inTurn(() => service.put(this.#path, { enabled }));
    if (!answer.ok) {
      this.#fail(answer);
      return;
    }
    this.show(answer.data);
    this.#element.toast(t('settings.saved'));
  }

  async #rotate() {
    const { service, t } = this.#desk;
    if (!await confirm(this.#element, t('webhooks.rotate'), t('webhooks.rotate.text', this.#webhook.url), t('webhooks.rotate')))
      return;
    const answer = await this.inTurn(() => service.post(`${this.#path}/rotate`));
    if (!answer.ok) {
      this.#fail(answer);
      return;
    }
    this.show(answer.data);
    this.#acts.told(answer.data);
  }

  async #remove() {
    const { service, t } = this.#desk;
    if (!await confirm(this.#element, t('webhooks.remove'), t('webhooks.remove.text', this.#webhook.url), t('webhooks.remove')))
      return;
    const answer = await this.inTurn(() => service.remove(this.#path));
    // Whatever has taken it away, it is gone.
    if (!answer.ok && answer.status !== 404) {
      this.#fail(answer);
      return;
    }
    clearTimeout(this.#timer);
    this.#acts.gone();
    this.#element.toast(t('webhooks.removed'));
  }

  // ---- What has become of the messages

  async #toggleLog() {
    this.log.hidden = !this.log.hidden;
    this.about.querySelector('[data-do=deliveries]').setAttribute('aria-expanded', String(!this.log.hidden));
    clearTimeout(this.#timer);
    if (!this.log.hidden)
      await this.#load();
  }

  async #load() {
    clearTimeout(this.#timer);
    const { service, t } = this.#desk;
    const look = ++this.#looks;
    const answer = await service.get(`${this.#path}/deliveries?limit=${pageSize}`);
    if (look !== this.#looks)
      return;
    if (!answer.ok) {
      this.log.replaceChildren(h('p', { class: 'notice error', role: 'alert' }, this.#acts.said(answer)));
      return;
    }
    const { deliveries, next } = answer.data;
    this.#next = next;
    const had = this.log.contains(focusedElement()) ? focusedElement().dataset.key : null;
    const open = new Set([...this.log.querySelectorAll('details[open]')].map(part => part.dataset.key));
    this.rows = h('ul', { class: 'versions' }, ...deliveries.map(delivery => this.#row(delivery, open.has(delivery.id))));
    this.log.replaceChildren(
      h('h4', {}, t('webhooks.deliveries')),
      deliveries.length === 0 ? h('p', { class: 'muted' }, t('webhooks.deliveries.none')) : this.rows,
      h('div', { class: 'buttons start' },
        h('button', { type: 'button', data: { key: 'refresh' }, onclick: () => this.#load() }, t('webhooks.refresh')),
        next && h('button', { type: 'button', data: { key: 'more' }, onclick: onceAtATime(event => this.#more(event.currentTarget)) }, t('list.more'))));
    if (had)
      (this.log.querySelector(`[data-key="${had}"]`) ?? this.log.querySelector('[data-key=refresh]')).focus();
    const isPending = deliveries.some(({ state }) => state === 'pending');
    this.#pause = isPending ? Math.min(longestPause, this.#pause * 1.5) : firstLook;
    if (isPending && this.part.isConnected)
      this.#lookLater();
  }

  #lookLater() { this.#timer = setTimeout(() => !this.log.hidden && this.#load(), this.#pause); }

  async #more(button) {
    const { service } = this.#desk;
    // Looking again would show the first page only.
    clearTimeout(this.#timer);
    const look = ++this.#looks;
    button.ariaDisabled = 'true';
    const answer = await service.get(`${this.#path}/deliveries?limit=${pageSize}&before=${this.#next}`);
    button.ariaDisabled = null;
    // Looked at again meanwhile, the list begins anew.
    if (look !== this.#looks)
      return;
    if (!answer.ok) {
      this.#fail(answer);
      if (this.rows.children.length <= pageSize)
        this.#lookLater();
      return;
    }
    const rows = answer.data.deliveries.map(delivery => this.#row(delivery));
    this.rows.append(...rows);
    this.#next = answer.data.next;
    if (this.#next === null) {
      button.remove();
      rows.at(-1)?.querySelector('button').focus();
    }
  }

  #row(delivery, isOpen = false) {
    const { t, named, clock } = this.#desk;
    const { id, type, state, attempts, attemptedAt, createdAt, dueAt, problem, statusCode, body } = delivery;
    const more = [
      attempts > 0 && t('webhooks.attempts', attempts, clock.dateTime(attemptedAt)),
      problem ?? (statusCode && t('webhooks.answered', statusCode)),
      state === 'pending' && dueAt && clock.until(dueAt) > 0 && t('webhooks.again', clock.dateTime(dueAt)),
    ];
    return h('li', { data: { delivery: id, state } },
      h('div', {},
        h('code', {}, type),
        h('span', { class: 'chip', data: { delivery: state } }, named('delivery', state)),
        h('time', { class: 'muted', datetime: createdAt }, clock.dateTime(createdAt)),
        h('button', { type: 'button', data: { key: `replay-${id}` }, 'aria-label': t('action.on', t('webhooks.replay'), `${type}, ${clock.dateTime(createdAt)}`), onclick: () => this.#replay(id) },
          t('webhooks.replay'))),
      h('p', { class: 'hint' }, more.filter(Boolean).join(' · ')),
      h('details', { open: isOpen, data: { key: id } },
        h('summary', { data: { key: `body-${id}` } }, t('webhooks.body')),
        h('pre', { class: 'body', tabindex: '0', 'aria-label': t('webhooks.body') }, indented(body))));
  }

  async #replay(id) {
    const { service, t } = this.#desk;
    // The list may be drawn anew between two clicks.
    if (this.#replaying.has(id))
      return;
    this.#replaying.add(id);
    const answer = await service.post(`${this.#path}/deliveries/${id}/replay`);
    this.#replaying.delete(id);
    if (!answer.ok) {
      this.#fail(answer);
      return;
    }
    this.#element.toast(t('webhooks.replayed'));
    this.#pause = firstLook / 1.5;
    await this.#load();
  }
}

// As it was sent it is one line.
function indented(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
