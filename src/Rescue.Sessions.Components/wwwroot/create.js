import { FieldErrors, describe, dialogOf, focusedElement, h, languageName, missingRights, nearestLanguage, newKey, openModal } from './rescue-sessions.js';

const customFields = { field0: 64, field1: 512, field2: 512, field3: 256, field4: 64, field5: 64, tracking: 64 };
const platforms = ['windows', 'macos', 'linux', 'chromeos', 'ios', 'android'];
const telephones = ['ios', 'android'];
const [longerPin, longestPin] = [10, 12];
const submits = { email: 'create.emailLink', sms: 'create.smsLink', pin: 'create.makePin' };

/** A button, and the dialog that makes a session and invites its customer. */
export function show(element, desk, { Created }) { return new Creation(element, desk, Created); }

class Creation {
  #element;
  #desk;
  #method = 'email';
  #submitted = { body: null, key: null };
  #replaces = null;
  #opened = 0;

  constructor(element, desk, Created) {
    this.#element = element;
    this.#desk = desk;
    const { t } = desk;
    this.form = this.#drawForm();
    this.created = new Created(element, { another: () => this.open(), correct: session => this.#correct(session) });
    this.dialog = dialogOf({ id: 'create', class: 'create', 'aria-labelledby': 'create-title', onclose: () => this.created.leave() }, this.form, this.created.section);
    this.errors = new FieldErrors(this.form, desk.words, path => path === 'reference' && desk.me.reference?.checked === true);
    desk.addEventListener('me', () => this.dialog.open && this.#offer(), { signal: element.signal });
    // The code is of who was signed in; what is typed is not kept from anybody.
    desk.sessions.addEventListener('cleared', () => this.created.section.hidden || this.dialog.close(), { signal: element.signal });
    element.shadowRoot.append(
      h('button', { id: 'new-session', class: 'primary', type: 'button', data: { home: '' }, onclick: () => this.open() }, t('create.open')),
      this.dialog);
  }

  /** Opens the dialog with the given values in its fields; without any, with those that the element's attributes give. */
  async open(values = {}) {
    await this.#desk.loadMe();
    this.#reset(values);
    openModal(this.dialog);
    this.#find('customer-name').focus();
  }

  keepFocus() {
    if (!focusedElement() && this.dialog.open)
      this.created.section.querySelector('h2').focus();
  }

  #find(id) { return this.#element.shadowRoot.getElementById(id); }

  get #delivery() { return this.form.elements.delivery.value; }

  // ---- The form

  #drawForm() {
    const { t } = this.#desk;
    const optional = properties => h('span', { class: 'muted', ...properties }, t('create.optional'));
    return h('form', { id: 'create-form', novalidate: true, autocomplete: 'off', onsubmit: event => this.#submit(event), onchange: () => this.#follow() },
      h('div', { class: 'dialog-head' },
        h('h2', { id: 'create-title' }, t('create.title')),
        h('button', { class: 'close', type: 'button', data: { close: '' }, 'aria-label': t('dialog.close') }, '×')),
      h('div', { id: 'create-problem', class: 'notice error', role: 'alert', tabindex: '-1', hidden: true }),
      field('customer-name', t('create.name'), { 'data-field': 'customerName', maxlength: '128', required: true }, t('create.name.hint')),
      field('reference', [t('create.reference'), ' ', optional({ id: 'reference-optional' })], { 'data-field': 'reference', maxlength: '64' }, ''),
      h('details', { id: 'more-fields', class: 'field' },
        h('summary', {}, t('create.fields')),
        ...Object.entries(customFields).map(([name, length]) =>
          field(name, t(`fields.${name}`), { 'data-custom': name, 'data-field': `fields.${name}`, maxlength: length }))),
      h('div', { class: 'dialog-tabs', role: 'tablist', 'aria-label': t('create.method'), onkeydown: event => this.#stepTabs(event) },
        ...Object.keys(submits).map(method => h('button', {
          id: `tab-${method}`, type: 'button', role: 'tab', 'aria-controls': `panel-${method}`, onclick: () => this.#choose(method),
        }, t(`create.${method}`)))),
      this.#drawEmail(optional),
      this.#drawSms(),
      h('div', { id: 'panel-pin', role: 'tabpanel', 'aria-labelledby': 'tab-pin', hidden: true },
        this.#hint('pinConnection'),
        h('p', {}, t('create.pin.text')),
        this.#drawLongerPin()),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', data: { close: '' } }, t('dialog.cancel')),
        h('button', { id: 'create-submit', class: 'primary', type: 'submit' }, t('create.emailLink'))));
  }

  #drawEmail(optional) {
    const { t } = this.#desk;
    const way = (value, text, right) => [
      h('label', { class: 'option' }, h('input', { type: 'radio', name: 'delivery', value }), ' ', h('span', {}, text)),
      this.#hint(right),
    ];
    return h('div', { id: 'panel-email', role: 'tabpanel', 'aria-labelledby': 'tab-email' },
      this.#hint('emailConnection'),
      h('fieldset', { class: 'field' },
        h('legend', {}, t('create.delivery')),
        ...way('defaultMailClient', t('create.ownClient'), 'emailDefaultClient'),
        ...way('onMyBehalf', t('create.onBehalf'), 'emailOnBehalf'),
        h('p', { class: 'field-error', id: 'delivery-error', data: { error: 'email.delivery' } })),
      h('div', { class: 'pair' },
        field('to', [t('create.to'), ' ', optional({ id: 'to-optional' })], { 'data-field': 'email.to', type: 'email', maxlength: '320', spellcheck: 'false' }),
        this.#drawLanguage('message-language', 'email.language')),
      ...this.#drawDevice('', 'email', t('create.mobile'), platforms));
  }

  // A telephone that only carries the link to a computer is not the device that is helped.
  #drawSms() {
    const { t } = this.#desk;
    return h('div', { id: 'panel-sms', role: 'tabpanel', 'aria-labelledby': 'tab-sms', hidden: true },
      h('div', { class: 'pair' },
        field('number', t('create.number'), { 'data-field': 'sms.to', type: 'tel', maxlength: '40', required: true, dir: 'ltr' }, t('create.number.hint')),
        this.#drawLanguage('sms-language', 'sms.language')),
      ...this.#drawDevice('sms-', 'sms', t('create.sms.mobile'), telephones));
  }

  // Wrong PINs are counted for each length by itself.
  #drawLongerPin() {
    const { t } = this.#desk;
    return h('div', { class: 'field', id: 'longer-pin-field' },
      h('label', { class: 'option' },
        h('input', { id: 'longer-pin', type: 'checkbox', data: { field: 'pinLength' }, 'aria-describedby': 'longer-pin-hint longer-pin-error' }), ' ',
        h('span', { id: 'longer-pin-label' })),
      h('p', { class: 'hint', id: 'longer-pin-hint' }, t('create.pin.longer.hint')),
      h('p', { class: 'field-error', id: 'longer-pin-error' }));
  }

  #drawLanguage(id, path) {
    return h('div', { class: 'field', id: `${id}-field`, hidden: true },
      h('label', { for: id }, this.#desk.t('create.language')),
      h('select', { id, data: { field: path }, 'aria-describedby': `${id}-error` }),
      h('p', { class: 'field-error', id: `${id}-error` }));
  }

  #drawDevice(prefix, path, text, choices) {
    const { t } = this.#desk;
    const [mobile, platform] = [`${prefix}for-mobile`, `${prefix}platform`];
    return [
      h('div', { class: 'field' },
        h('label', { class: 'option' },
          h('input', { id: mobile, type: 'checkbox', data: { field: `${path}.forMobileDevice` }, 'aria-describedby': `${mobile}-error` }), ' ', h('span', {}, text)),
        this.#hint('mobileAddOn'),
        h('p', { class: 'field-error', id: `${mobile}-error` })),
      h('div', { class: 'field' },
        h('label', { for: platform }, t('create.platform')),
        h('select', { id: platform, data: { field: `${path}.platform` }, disabled: true, 'aria-describedby': `${platform}-hint ${platform}-error` },
          h('option', { value: '' }, t('platform.detect')),
          ...choices.map(choice => h('option', { value: choice }, t(`platform.${choice}`)))),
        h('p', { class: 'hint', id: `${platform}-hint` }, t('create.platform.hint')),
        h('p', { class: 'field-error', id: `${platform}-error` })),
    ];
  }

  // What a technician may not do stays selectable, with a word beside it: the server is the judge, and its policy may have just changed.
  #hint(right) { return h('p', { class: 'right-hint', data: { right }, hidden: true }); }

  #showHints() {
    for (const hint of this.form.querySelectorAll('[data-right]')) {
      hint.hidden = !this.#desk.lacks(hint.dataset.right);
      hint.textContent = hint.hidden ? '' : this.#desk.t('right.missing', this.#desk.t(`right.${hint.dataset.right}`));
    }
  }

  #askForReference() {
    const { required = false, example = null } = this.#desk.me.reference ?? {};
    const hint = this.#find('reference-hint');
    this.#find('reference').required = required;
    this.#find('reference-optional').hidden = required;
    hint.hidden = example === null;
    hint.textContent = example === null ? '' : this.#desk.t('create.reference.example', example);
  }

  // What the organisation has set comes before what the technician reads. It may be a language in which nothing is written but a template of its own.
  #fillLanguages(id, ways) {
    this.#find(`${id}-field`).hidden = !ways?.languages;
    if (!ways?.languages)
      return;
    const languages = [...new Set([...ways.languages, ways.language])].filter(Boolean);
    const chosen = ways.language ?? nearestLanguage(this.#element.languageTag, languages);
    const title = (tag, name) => name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
    this.#find(id).replaceChildren(...languages.map(tag =>
      h('option', { value: tag, lang: tag, dir: 'auto', selected: tag === chosen }, title(tag, languageName(tag, tag)))));
  }

  // What the server does not tell of may be the shortest.
  get #longerPin() {
    const usual = this.#desk.me.pinLength ?? 0;
    return usual < longerPin ? longerPin : longestPin;
  }

  #offerLongerPin() {
    this.#find('longer-pin-field').hidden = this.#desk.me.pinLength >= longestPin;
    this.#find('longer-pin-label').textContent = this.#desk.t('create.pin.longer', this.#longerPin);
  }

  #reset(values) {
    const desk = this.#desk;
    const given = name => this.#element.getAttribute(name) ?? '';
    this.#opened++;
    this.#find('create-submit').ariaDisabled = null;
    this.#submitted = { body: null, key: null };
    this.#replaces = null;
    this.form.reset();
    this.#fillLanguages('message-language', desk.me);
    this.#fillLanguages('sms-language', desk.me.sms);
    this.#offer();
    this.created.section.hidden = true;
    this.form.hidden = false;
    this.errors.show({});
    this.#say('');
    this.#find('customer-name').value = values.customerName ?? given('customer-name');
    this.#find('reference').value = values.reference ?? given('reference');
    this.#find('to').value = values.to ?? given('to');
    this.#find('number').value = values.phone ?? given('phone');
    for (const [name, value] of Object.entries(values.fields ?? {}))
      if (name in customFields)
        this.#find(name).value = value;
    this.form.elements.delivery.value = desk.lacks('emailDefaultClient') && !desk.lacks('emailOnBehalf') ? 'onMyBehalf' : 'defaultMailClient';
    this.#choose(this.#first());
  }

  // What there is for whoever is signed in; what is written stays.
  #offer() {
    this.#offerLongerPin();
    this.#find('tab-sms').hidden = !this.#canText;
    this.#askForReference();
    this.#showHints();
  }

  // What the service has no gateway for is no way at all, and who may not have it send finds the words about that with the email.
  get #canText() {
    const desk = this.#desk;
    return Boolean(desk.me.sms) && !desk.lacks('emailConnection') && !desk.lacks('emailOnBehalf');
  }

  get #methods() { return Object.keys(submits).filter(method => !this.#find(`tab-${method}`).hidden); }

  #first() {
    const desk = this.#desk;
    if (this.#canText && this.#find('number').value !== '' && this.#find('to').value === '')
      return 'sms';
    return desk.lacks('emailConnection') && !desk.lacks('pinConnection') ? 'pin' : 'email';
  }

  #choose(method) {
    this.#method = method;
    for (const each of Object.keys(submits)) {
      const tab = this.#find(`tab-${each}`);
      tab.setAttribute('aria-selected', String(each === method));
      tab.tabIndex = each === method ? 0 : -1;
      this.#find(`panel-${each}`).hidden = each !== method;
    }
    this.#follow();
  }

  #stepTabs(event) {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')
      return;
    event.preventDefault();
    const methods = this.#methods;
    this.#choose(methods.at((methods.indexOf(this.#method) + (event.key === 'ArrowRight' ? 1 : -1)) % methods.length));
    this.#find(`tab-${this.#method}`).focus();
  }

  #follow() {
    const { t } = this.#desk;
    const isSent = this.#delivery === 'onMyBehalf';
    for (const prefix of ['', 'sms-'])
      this.#find(`${prefix}platform`).disabled = !this.#find(`${prefix}for-mobile`).checked;
    this.#find('to-optional').hidden = isSent;
    this.#find('to').required = isSent;
    this.#find('create-submit').textContent = t(submits[this.#method]);
  }

  #read() {
    const filled = [...this.form.querySelectorAll('[data-custom]')].filter(input => input.value.trim() !== '');
    return {
      customerName: this.#find('customer-name').value.trim(),
      reference: this.#find('reference').value.trim() || undefined,
      fields: filled.length > 0 ? Object.fromEntries(filled.map(input => [input.dataset.custom, input.value.trim()])) : undefined,
      email: this.#method === 'email' ? this.#readEmail() : undefined,
      sms: this.#method === 'sms' ? this.#readSms() : undefined,
      pinLength: this.#method === 'pin' && this.#find('longer-pin').checked ? this.#longerPin : undefined,
    };
  }

  #readEmail() {
    return {
      delivery: this.#delivery,
      to: this.#find('to').value.trim() || undefined,
      ...this.#readDevice(''),
      language: this.#find('message-language').value || undefined,
    };
  }

  #readSms() {
    return { to: this.#find('number').value.trim(), ...this.#readDevice('sms-'), language: this.#find('sms-language').value || undefined };
  }

  #readDevice(prefix) {
    const mobile = this.#find(`${prefix}for-mobile`).checked;
    return { forMobileDevice: mobile, platform: mobile && this.#find(`${prefix}platform`).value || undefined };
  }

  #check(request) {
    const { t } = this.#desk;
    const found = {};
    if (request.customerName === '')
      found.customerName = [t('create.name.missing')];
    if (!request.reference && this.#find('reference').required)
      found.reference = [t('create.reference.missing')];
    if (request.email?.delivery === 'onMyBehalf' && !request.email.to)
      found['email.to'] = [t('create.to.missing')];
    if (request.sms && !request.sms.to)
      found['sms.to'] = [t('create.number.missing')];
    return found;
  }

  // The key stays while the same request is tried again, so that a lost answer does not lead to a second session.
  #keyFor(request) {
    const body = JSON.stringify(request);
    if (this.#submitted.body !== body)
      this.#submitted = { body, key: newKey() };
    return this.#submitted.key;
  }

  async #submit(event) {
    event.preventDefault();
    const { t } = this.#desk;
    const button = this.#find('create-submit');
    if (button.ariaDisabled === 'true')
      return;
    const request = this.#read();
    this.#say('');
    const missing = Object.entries(this.#check(request));
    this.errors.show({});
    if (missing.length > 0) {
      for (const [path, [text]] of missing) {
        const input = this.form.querySelector(`[data-field="${path}"]`);
        input.setAttribute('aria-invalid', 'true');
        this.#find(`${input.id}-error`).textContent = text;
      }
      this.form.querySelector('[aria-invalid=true]').focus();
      return;
    }
    button.ariaDisabled = 'true';
    button.textContent = t('create.working');
    const [opened, replaced] = [this.#opened, this.#replaces];
    const answer = await this.#desk.service.post('/sessions', request, { 'Idempotency-Key': this.#keyFor(request) });
    // Opened anew meanwhile, the form is somebody else's.
    const isOwn = opened === this.#opened;
    if (isOwn) {
      button.ariaDisabled = null;
      this.#follow();
    }
    if (answer.ok)
      await this.#finish(request, answer.data, replaced, isOwn);
    else if (isOwn && this.dialog.open)
      this.#explain(answer);
    else
      this.#element.toast(`${t('created.title', request.customerName)}: ${describe(this.#desk, answer)}`, { kind: 'error' });
  }

  async #finish(request, made, replaced, isOwn) {
    const { service, sessions, t } = this.#desk;
    if (isOwn) {
      this.#submitted = { body: null, key: null };
      this.#replaces = null;
      this.#showMade(request, made);
    } else {
      this.#element.toast(t('created.title', made.customerName ?? request.customerName), { action: { label: t('toast.show'), run: () => this.#showMade(request, made) } });
    }
    this.#element.tell('created', { session: made });
    const [answer] = await Promise.all([service.get(service.session(made.id)), replaced && this.#revoke(replaced)]);
    sessions.take(made.id, answer);
  }

  // As long as that is not done, the code that somebody else may have got opens a session.
  async #revoke(session) {
    const { service, sessions, t } = this.#desk;
    const answer = await service.post(service.session(session.id, '/revoke'));
    sessions.take(session.id, answer);
    if (answer.ok || answer.status === 404 || answer.data?.endReason)
      return;
    this.#element.toast(t('created.notRevoked', session.customerName, describe(this.#desk, answer)), {
      kind: 'error', action: { label: t('action.revoke'), run: () => this.#revoke(session) },
    });
  }

  // The code is told this once, whatever has become of the dialog.
  #showMade(request, made) {
    if (this.#element.isConnected)
      openModal(this.dialog);
    this.form.hidden = true;
    this.created.show(request, made);
  }

  #explain(answer) {
    const { t } = this.#desk;
    const rest = answer.status === 400 && answer.data?.errors ? this.errors.show(answer.data.errors).unplaced : null;
    if (rest !== null)
      this.#say(rest.join(' '));
    else if (answer.status === 403 && answer.data?.missingRights?.length)
      this.#say(t('create.missingRights'), missingRights(this.#desk, answer.data));
    else
      this.#say(describe(this.#desk, answer));
  }

  #say(text, items = []) {
    const problem = this.#find('create-problem');
    problem.hidden = text === '';
    problem.replaceChildren(text, ...items.length > 0 ? [h('ul', {}, ...items.map(item => h('li', {}, item)))] : []);
    problem.scrollIntoView({ block: 'nearest' });
  }

  // The address or number was refused: the same again, with a better one; the code that nobody got is taken back.
  #correct(session) {
    this.form.hidden = false;
    this.created.section.hidden = true;
    this.created.leave();
    this.#replaces = session;
    const input = this.#find(this.#method === 'sms' ? 'number' : 'to');
    input.focus();
    input.select();
  }
}

function field(id, label, properties, hint = null) {
  const described = [hint !== null && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  return h('div', { class: 'field' },
    h('label', { for: id }, label),
    h('input', { id, ...properties, 'aria-describedby': described }),
    hint !== null && h('p', { class: 'hint', id: `${id}-hint`, hidden: hint === '' }, hint),
    h('p', { class: 'field-error', id: `${id}-error` }));
}
