import { FieldErrors, describe, h, onceAtATime } from './rescue-sessions.js';

/**
 * Answers a function that saves what somebody has written: pressed twice it is saved once, and once more where it was changed before the second time.
 * `written` tells it, and `save` answers whether it was saved.
 */
export function savingOf(written, save) {
  const text = () => JSON.stringify(written());
  let sent = null;
  let isChanged = false;
  return async () => {
    if (sent !== null) {
      isChanged = text() !== sent;
      return;
    }
    try {
      do {
        isChanged = false;
        sent = text();
      } while (await save() && isChanged);
    } finally {
      sent = null;
    }
  };
}

/** Who saved a version, and when. */
export const savedBy = ({ t, clock }, version) => t('settings.savedBy', version.savedBy?.name ?? '', version.savedAt ? clock.dateTime(version.savedAt) : '');

/** A labelled field with a hint and a place for what is wrong with it. */
export const labelled = (id, label, input, hint = null) => h('div', { class: 'field' },
  h('label', { for: id }, label),
  input,
  hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
  h('p', { class: 'field-error', id: `${id}-error` }));

/** A text field of a form that is a document of the server. */
export const textField = (id, name, label, properties = {}, hint = null) => labelled(
  id, label, h('input', { id, data: { field: name }, 'aria-describedby': [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' '), ...properties }), hint);

const shownAs = value => [value ?? ''].flat().join(', ');

/**
 * A form of plain fields that is one document of the server: an empty field is what the host has configured, which stands in it as a shadow. What is more
 * than fields is added to what is sent by `more`, and told of what has come by `shown`.
 */
export class DocumentForm {
  #element;
  #path;
  #read;
  #more;
  #shown;
  #errors;
  #version = 0;

  constructor(element, form, path, { read = value => value, more = () => ({}), shown = () => {} } = {}) {
    this.form = form;
    this.#element = element;
    this.#path = path;
    this.#read = read;
    this.#more = more;
    this.#shown = shown;
    this.#errors = new FieldErrors(form, element.desk.words);
    const save = savingOf(() => this.#written, () => this.#save());
    /** Gives up what was saved, and says `done`. */
    this.restore = onceAtATime(done => this.#restore(done));
    form.addEventListener('submit', event => {
      event.preventDefault();
      save();
    });
  }

  /** Shows what the server has, but where somebody has gone on writing since `sent`. */
  show(document, sent) {
    this.#version = document.version ?? 0;
    const { values, more } = this.#written;
    for (const field of this.#fields) {
      const name = field.dataset.field;
      if (values[name] === sent.values[name])
        field.value = shownAs(document[name]);
      if (document.effective)
        field.placeholder = this.placeholderOf(name, document.effective[name]);
    }
    if (JSON.stringify(more) === JSON.stringify(sent.more))
      this.#shown(document);
  }

  /** How what holds without a word of the administrator's stands in an empty field. */
  placeholderOf(_, value) { return shownAs(value); }

  async load(asking = this.#element.desk.service.get(this.#path)) {
    const sent = this.#written;
    const answer = await asking;
    if (answer.ok)
      this.show(answer.data, sent);
    else
      this.#element.toast(describe(this.#element.desk, answer), { kind: 'error' });
  }

  async #restore(done) {
    const sent = this.#written;
    const answer = await this.#element.desk.service.remove(this.#path);
    if (answer.ok)
      this.show(answer.data, sent);
    this.#element.toast(answer.ok ? done : describe(this.#element.desk, answer), { kind: answer.ok ? 'info' : 'error' });
  }

  get #fields() { return [...this.form.querySelectorAll('[data-field]')]; }

  // The browser keeps to itself what it cannot read as a number.
  get #written() {
    return { values: Object.fromEntries(this.#fields.map(({ dataset, value, validity }) => [dataset.field, validity.badInput ? null : value])), more: this.#more() };
  }

  async #save() {
    const { desk } = this.#element;
    // Sent, it would be an empty field, and the setting given up.
    const unreadable = this.#fields.filter(({ validity }) => validity.badInput).map(({ dataset }) => [dataset.field, desk.t(`field.${dataset.field}`)]);
    if (unreadable.length > 0) {
      this.#errors.show(Object.fromEntries(unreadable));
      return false;
    }
    const sent = this.#written;
    const values = Object.entries(sent.values).map(([name, text]) => [name, text.trim() === '' ? null : this.#read(text.trim(), name)]);
    const answer = await desk.service.put(this.#path, { ...Object.fromEntries(values), ...sent.more, version: this.#version });
    // An entry of a list is told of at the list.
    const told = Object.fromEntries(Object.entries(answer.data?.errors ?? {}).map(([field, messages]) => [field.replace(/\[.*/, ''), messages]));
    const placed = this.#errors.show(told);
    if (answer.ok) {
      this.show(answer.data, sent);
      this.#element.toast(desk.t('settings.saved'));
    } else if (answer.status === 409) {
      this.#element.toast(desk.t('settings.outdated', savedBy(desk, answer.data)), { kind: 'error', action: { label: desk.t('settings.reload'), run: () => this.load() } });
    } else if (placed.length === 0 || placed.unplaced.length > 0) {
      this.#element.toast(placed.unplaced.join(' ') || describe(desk, answer), { kind: 'error' });
    }
    return answer.ok;
  }
}
