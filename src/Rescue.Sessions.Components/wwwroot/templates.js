import { confirm, describe, focusedElement, h, languageName, onceAtATime, setText } from './rescue-sessions.js';
import { labelled, savedBy, savingOf } from './form.js';
import { Preview } from './preview.js';

const other = 'other';
const rightToLeft = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/i;
const parts = ['subject', 'text', 'html'];
const platforms = ['windows', 'macos', 'linux', 'chromeos', 'ios', 'android'];
const isError = problem => problem.severity === 'error';

/** The words of the email: an editor that checks while one types, with a preview. */
export function show(element, desk) { return new Templates(element, desk); }

class Templates {
  #element;
  #desk;
  #shown = { subject: '', text: '', html: '' };
  #version = 0;
  #key = '';
  #asked = 0;
  #loads = 0;
  #histories = 0;
  #typing;
  #fields;
  #focused;

  constructor(element, desk) {
    this.#element = element;
    this.#desk = desk;
    this.#fields = {
      subject: h('input', { id: 'template-subject', data: { part: 'subject' }, maxlength: '2001', 'aria-describedby': 'problems' }),
      text: h('textarea', { id: 'template-text', data: { part: 'text' }, rows: '16', 'aria-describedby': 'problems' }),
      html: h('textarea', { id: 'template-html', data: { part: 'html' }, rows: '12', spellcheck: 'false', 'aria-label': desk.t('template.html'), 'aria-describedby': 'problems' }),
    };
    this.#focused = this.#fields.text;
    this.preview = new Preview(desk);
    this.#draw();
    for (const field of Object.values(this.#fields)) {
      field.addEventListener('input', () => this.#soon());
      field.addEventListener('focus', () => { this.#focused = field; });
    }
    addEventListener('beforeunload', event => this.#isDirty && event.preventDefault(), { signal: element.signal });
    this.opened = this.#open();
  }

  async #open() {
    const answer = await this.#desk.service.get('/settings/templates');
    if (!answer.ok) {
      this.#find('editor-part').hidden = true;
      setText(this.#find('origin'), describe(this.#desk, answer));
      return;
    }
    this.#fillLanguages(answer.data);
    this.#find('names').append(...answer.data.placeholders.map(name => h('button', {
      type: 'button', title: `${name.meaning} ${this.#desk.t('template.sample', name.sample)}`, 'aria-description': name.meaning, data: { name: name.name },
      onclick: () => this.#insert(asPrinted(name)),
    }, h('code', {}, name.name))));
    this.#find('functions').append(...answer.data.functions.flatMap(one => this.#functionPart(one)));
    await this.#load();
  }

  #find(id) { return this.#element.shadowRoot.getElementById(id); }

  #draw() {
    const { t } = this.#desk;
    const choose = () => this.#choose();
    this.#element.shadowRoot.append(h('div', { class: 'templates' },
      h('div', { class: 'pick' },
        labelled('template-language', t('template.language'), h('select', { id: 'template-language', onchange: choose })),
        h('div', { id: 'other-language-field', hidden: true },
          labelled('other-language', t('template.other'), h('input', {
            id: 'other-language', maxlength: '35', spellcheck: 'false', placeholder: 'pt-BR', 'aria-describedby': 'other-language-error', onchange: choose,
          }))),
        labelled('template-platform', t('template.platform'), h('select', { id: 'template-platform', onchange: choose },
          h('option', { value: 'any' }, t('template.anyPlatform')),
          ...platforms.map(platform => h('option', { value: platform }, t(`platform.${platform}`)))))),
      h('p', { id: 'origin', class: 'notice', role: 'status' }),
      h('div', { id: 'theirs', class: 'notice error', role: 'alert', hidden: true }),
      h('div', { id: 'editor-part', class: 'editor' }, this.#drawForm(), this.preview.part)));
  }

  #drawForm() {
    const { t } = this.#desk;
    const save = savingOf(() => [this.#key, this.#written], () => this.#save());
    return h('form', {
      id: 'template-form', class: 'write', novalidate: true, autocomplete: 'off',
      onsubmit: event => {
        event.preventDefault();
        save();
      },
    },
    labelled('template-subject', t('template.subject'), this.#fields.subject),
    labelled('template-text', t('template.text'), this.#fields.text),
    h('details', { id: 'html-details' },
      h('summary', {}, t('template.html')),
      h('p', { class: 'hint' }, t('template.html.hint')),
      this.#fields.html),
    h('h3', { id: 'problems-title' }, t('template.problems')),
    h('ul', { id: 'problems', class: 'problems', 'aria-live': 'polite', 'aria-labelledby': 'problems-title' }),
    h('fieldset', { class: 'field' },
      h('legend', {}, t('template.names')),
      h('p', { class: 'hint' }, t('template.names.hint')),
      h('div', { id: 'names', class: 'names' }),
      h('details', { id: 'functions-details' },
        h('summary', {}, t('template.functions')),
        h('p', { class: 'hint' }, t('template.functions.hint')),
        h('dl', { id: 'functions', class: 'functions', tabindex: '0' }))),
    h('div', { class: 'buttons start' },
      h('button', { id: 'save-template', class: 'primary', type: 'submit', data: { home: '' } }, t('template.save')),
      h('button', { id: 'test-template', type: 'button', onclick: onceAtATime(() => this.#test()) }, t('template.test')),
      h('button', { id: 'restore-template', class: 'danger', type: 'button', onclick: () => this.#restore() }, t('template.restore'))),
    h('details', { id: 'history-details', ontoggle: event => event.target.open && this.#loadHistory() },
      h('summary', {}, t('template.history')),
      h('ol', { id: 'history', class: 'versions' })));
  }

  #functionPart({ name, meaning, example, prints }) {
    return [
      h('dt', {}, h('code', {}, name)),
      h('dd', {}, meaning, ' ', h('button', {
        type: 'button', data: { function: name }, title: this.#desk.t('template.functions.prints', prints), onclick: () => this.#insert(example),
      }, h('code', { dir: 'ltr' }, example))),
    ];
  }

  #fillLanguages({ languages, items }) {
    const tags = [...new Set([...languages, ...items.map(item => item.language)])];
    this.#find('template-language').append(
      ...tags.map(tag => h('option', { value: tag, lang: tag, selected: tag === this.#desk.language }, languageName(tag, tag))),
      h('option', { value: other }, this.#desk.t('template.otherLanguage')));
  }

  // ---- Which text

  get #language() {
    const chosen = this.#find('template-language').value;
    return chosen === other ? this.#find('other-language').value.trim() : chosen;
  }

  get #keyChosen() { return new URLSearchParams({ language: this.#language, platform: this.#find('template-platform').value }).toString(); }

  get #written() { return { subject: this.#fields.subject.value, text: this.#fields.text.value, html: this.#fields.html.value || null }; }

  get #isDirty() { return parts.some(part => this.#fields[part].value !== (this.#shown[part] ?? '')); }

  // Going elsewhere loses what is not saved, so it is asked about.
  async #choose() {
    const { t } = this.#desk;
    this.#find('other-language-field').hidden = this.#find('template-language').value !== other;
    if (this.#language === '')
      return;
    if (this.#isDirty && !await confirm(this.#element, t('template.unsaved'), t('template.unsaved.text'), t('template.unsaved.leave'))) {
      this.#chooseAsBefore();
      return;
    }
    await this.#load();
  }

  #chooseAsBefore() {
    const [language, elsewhere] = [this.#find('template-language'), this.#find('other-language')];
    const before = new URLSearchParams(this.#key);
    const known = [...language.options].some(option => option.value === before.get('language'));
    language.value = known ? before.get('language') : other;
    elsewhere.value = known ? '' : before.get('language');
    this.#find('other-language-field').hidden = known;
    this.#find('template-platform').value = before.get('platform');
  }

  // Whoever has chosen another text meanwhile must not get this one in its place.
  async #load() {
    const key = this.#keyChosen;
    const load = ++this.#loads;
    // Until it is here, what is written is another's.
    for (const button of ['save-template', 'test-template'])
      this.#find(button).disabled = true;
    const answer = await this.#desk.service.get(`/settings/template?${key}`);
    if (key !== this.#keyChosen || load !== this.#loads)
      return;
    setText(this.#find('other-language-error'), answer.data?.errors?.language?.join(' ') ?? '');
    if (!answer.ok) {
      if (answer.status !== 400) {
        this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
        this.#chooseAsBefore();
        this.#check();
      }
      return;
    }
    this.#key = key;
    this.#show(answer.data);
  }

  /** Shows what the server has, but where somebody has gone on writing since `sent`. */
  #show(template, sent = this.#written) {
    const { t, named } = this.#desk;
    const written = this.#written;
    this.#shown = { subject: template.subject, text: template.text, html: template.html ?? '' };
    this.#version = template.version ?? 0;
    this.#write({ ...this.#shown, ...Object.fromEntries(parts.filter(part => written[part] !== sent[part]).map(part => [part, written[part]])) });
    for (const field of Object.values(this.#fields))
      field.dir = rightToLeft.test(template.language) ? 'rtl' : 'ltr';
    const from = template.from && `${languageName(template.from.language, this.#desk.language)}, ${template.from.platform ? named('platform', template.from.platform) : t('template.anyPlatform')}`;
    setText(this.#find('origin'), !template.isDefault ? t('template.own', savedBy(this.#desk, template)) : from ? t('template.from', from) : t('template.builtIn'));
    this.#find('restore-template').disabled = template.isDefault;
    this.#find('theirs').hidden = true;
    this.#histories++;
    this.#find('history').replaceChildren();
    if (this.#find('history-details').open)
      this.#loadHistory();
    this.#check();
  }

  #write(template) {
    for (const part of parts)
      this.#fields[part].value = template[part] ?? '';
    if (template.html)
      this.#find('html-details').open = true;
  }

  // ---- While one writes

  #soon() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#check(), 250);
  }

  // The answer to what was typed before must not overwrite the answer to what was typed after.
  async #check() {
    const number = ++this.#asked;
    const answer = await this.#desk.service.post(`/settings/template/preview?${this.#key}`, this.#written);
    if (number !== this.#asked)
      return;
    const isKnown = answer.ok || answer.status === 422;
    const problems = answer.data?.problems ?? [];
    const refused = isKnown && problems.some(isError);
    const isOther = this.#key !== this.#keyChosen;
    this.#find('save-template').disabled = refused || isOther;
    this.#find('save-template').title = refused ? this.#desk.t('template.saveRefused') : '';
    this.#find('test-template').disabled = refused || isOther;
    this.preview.isStale = !answer.ok;
    if (!isKnown) {
      this.#find('problems').replaceChildren();
      this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
      return;
    }
    this.#showProblems(problems);
    if (answer.ok)
      this.preview.show(answer.data);
  }

  // Each with its place, the line itself and the remedy; the fields that have one are marked.
  #showProblems(problems) {
    const { t } = this.#desk;
    for (const [part, field] of Object.entries(this.#fields))
      field.setAttribute('aria-invalid', String(problems.some(problem => isError(problem) && problem.part === part)));
    this.#find('problems').replaceChildren(...problems.length === 0 ? [h('li', { class: 'none' }, t('template.noProblems'))] : problems.map(problem => {
      const { part, line, column } = problem;
      const text = this.#fields[part].value.split('\n')[line - 1]?.trim();
      return h('li', { class: problem.severity, data: { code: problem.code } },
        h('button', { type: 'button', onclick: () => this.#goTo(part, line, column) }, t(`template.at.${part}`, line, column)),
        ' ', problem.message,
        text && h('code', { class: 'line', dir: 'auto' }, text),
        h('span', { class: 'hint' }, problem.hint));
    }));
  }

  // Puts the cursor where a problem is.
  #goTo(part, line, column) {
    const field = this.#fields[part];
    field.closest('details')?.setAttribute('open', '');
    const before = field.value.split('\n').slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0);
    field.focus();
    field.setSelectionRange(before + column - 1, before + column - 1);
  }

  #insert(name) {
    const field = this.#focused;
    field.setRangeText(`{{ ${name} }}`, field.selectionStart, field.selectionEnd, 'end');
    field.focus();
    this.#soon();
  }

  // ---- Saving

  async #save() {
    const { t, service } = this.#desk;
    const key = this.#key;
    const sent = this.#written;
    const answer = await service.put(`/settings/template?${key}`, { ...sent, version: this.#version });
    if (answer.ok) {
      if (key === this.#key)
        this.#show(answer.data, sent);
      this.#element.toast(t('template.saved'));
    } else if (answer.status === 422 && answer.data.problems && key === this.#key && JSON.stringify(this.#written) === JSON.stringify(sent)) {
      this.#showProblems(answer.data.problems);
    } else if (answer.data?.code === 'outdated' && key === this.#key) {
      this.#showTheirs(answer.data);
    } else {
      this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
    }
    return answer.ok;
  }

  // Somebody else was faster: their text can be looked at, and one's own stays in the editor.
  #showTheirs(problem) {
    const { t } = this.#desk;
    this.#version = problem.version;
    const theirs = this.#find('theirs');
    theirs.hidden = false;
    theirs.replaceChildren(
      h('p', {}, t('template.outdated', savedBy(this.#desk, problem))),
      h('button', {
        type: 'button',
        onclick: async () => {
          await this.#load();
          if (!focusedElement()?.checkVisibility())
            this.#fields.subject.focus();
        },
      }, t('template.takeTheirs')));
  }

  async #restore() {
    const { t, service } = this.#desk;
    if (!await confirm(this.#element, t('template.restore'), t('template.restore.text'), t('template.restore')))
      return;
    const key = this.#key;
    const sent = this.#written;
    const answer = await service.remove(`/settings/template?${key}`);
    if (answer.ok) {
      if (key === this.#key)
        this.#show(answer.data, sent);
      this.#element.toast(t('template.restored'));
      // The button has nothing left to do; whoever has gone on to something else stays there.
      if ([null, this.#find('restore-template')].includes(focusedElement()))
        this.#fields.subject.focus();
    } else {
      this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
    }
  }

  async #test() {
    const answer = await this.#desk.service.post(`/settings/template/test?${this.#key}`, this.#written);
    this.#element.toast(answer.ok ? this.#desk.t('template.tested', answer.data.to) : describe(this.#desk, answer), { kind: answer.ok ? 'info' : 'error' });
  }

  async #loadHistory() {
    const { t, service } = this.#desk;
    const look = ++this.#histories;
    const answer = await service.get(`/settings/template/history?${this.#key}`);
    if (!answer.ok || look !== this.#histories)
      return;
    const use = item => {
      this.#write(item);
      this.#check();
      this.#fields.subject.focus();
    };
    this.#find('history').replaceChildren(...answer.data.items.length === 0 ? [h('li', {}, t('template.history.none'))] : answer.data.items.map(item => h('li', { value: item.version },
      h('div', {},
        h('span', {}, savedBy(this.#desk, item)),
        item.isDefault ? h('span', { class: 'muted' }, t('template.history.default')) : null,
        h('button', { type: 'button', onclick: () => use(item) }, t('template.history.use'))),
      h('p', { class: 'hint', dir: 'auto' }, item.subject))));
  }
}

// A moment prints itself in a way that few want.
const asPrinted = ({ name, kind }) => kind === 'moment' ? `${name} | date.to_string '%H:%M'` : name;
