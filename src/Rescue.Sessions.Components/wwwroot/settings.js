import { describe, exportparts, h } from './rescue-sessions.js';
import { DocumentForm, textField } from './form.js';
import { Organization } from './organization.js';
import { Rights } from './rights.js';
import { Webhooks } from './webhooks.js';

const all = ['organization', 'template', 'defaults', 'times', 'rights', 'webhooks'];
const times = { codeValidityMinutes: false, connectingMinutes: true, waitingMinutes: true, activeIdleMinutes: true };

/** All of an administrator's settings, or those that the attribute "sections" names. */
export function show(element, desk) { return new Settings(element, desk); }

class Settings {
  #element;
  #desk;

  constructor(element, desk) {
    this.#element = element;
    this.#desk = desk;
    this.refused = h('p', { id: 'refused', class: 'notice error', role: 'alert', hidden: true });
    this.allowed = h('div', { id: 'allowed', hidden: true });
    element.shadowRoot.append(h('div', { class: 'settings', tabindex: '-1', data: { home: '' } }, this.refused, this.allowed));
    this.#open();
  }

  async #open() {
    const answer = await this.#element.firstAnswer;
    if (!answer.ok) {
      this.refused.hidden = false;
      this.refused.textContent = describe(this.#desk, answer);
      return;
    }
    const { t } = this.#desk;
    const wanted = this.#element.getAttribute('sections')?.split(/[\s,]+/).filter(name => all.includes(name)) ?? all;
    const sections = new Map(wanted.map(name => [name, this[name](answer)]));
    this.allowed.append(
      h('nav', { class: 'sections', part: 'sections', 'aria-label': t('settings.sections') }, ...wanted.map(name =>
        h('button', { type: 'button', class: 'link', data: { section: name }, onclick: () => this.#goTo(name) }, t(`settings.${name}`)))),
      ...wanted.map(name => sections.get(name).part));
    this.allowed.hidden = false;
    await Promise.all([...sections.values()].map(section => section.opened()));
    this.#element.toggleAttribute('data-ready', true);
  }

  #goTo(name) {
    const title = this.#element.shadowRoot.getElementById(`${name}-title`);
    title.scrollIntoView({ block: 'start' });
    title.focus({ preventScroll: true });
  }

  #section(name, hint, ...children) {
    const { t } = this.#desk;
    return h('section', { id: name, class: 'card', part: 'card', 'aria-labelledby': `${name}-title` },
      h('h2', { id: `${name}-title`, tabindex: '-1' }, t(`settings.${name}`)),
      hint && h('p', { class: 'hint' }, hint),
      ...children);
  }

  #form(id, ...fields) {
    return h('form', { id, novalidate: true, autocomplete: 'off' },
      h('div', { class: 'pick' }, ...fields),
      h('div', { class: 'buttons start' }, h('button', { class: 'primary', type: 'submit' }, this.#desk.t('settings.save'))));
  }

  organization() {
    const organization = new Organization(this.#element);
    return { part: this.#section('organization', this.#desk.t('organization.hint'), organization.form), opened: () => organization.load() };
  }

  template() {
    const { t } = this.#desk;
    const templates = h('rescue-templates', { exportparts });
    Object.assign(templates, { givenDesk: this.#desk, outer: this.#element });
    return {
      part: this.#section('template', t('template.hint'), templates),
      opened: () => templates.ready.then(() => templates.view.opened),
    };
  }

  defaults() {
    const { t } = this.#desk;
    const asConfigured = { placeholder: t('settings.asConfigured') };
    const languages = h('datalist', { id: 'languages' });
    const zones = h('datalist', { id: 'time-zones' }, ...['UTC', ...Intl.supportedValuesOf?.('timeZone') ?? []].map(zone => h('option', { value: zone })));
    const form = new DocumentForm(this.#element, this.#form('defaults-form',
      textField('default-language', 'language', t('defaults.language'), { maxlength: '35', list: 'languages', ...asConfigured }),
      textField('time-zone', 'timeZone', t('defaults.timeZone'), { maxlength: '64', list: 'time-zones', ...asConfigured }),
      languages, zones), '/settings/email');
    return {
      part: this.#section('defaults', t('defaults.hint'), form.form),
      opened: async () => {
        await Promise.all([form.load(), this.#desk.loadMe()]);
        languages.append(...(this.#desk.me.languages ?? []).map(tag => h('option', { value: tag })));
      },
    };
  }

  times(answer) {
    const { t } = this.#desk;
    const inMinutes = (name, mayBeNever) => textField(name, name, t(`times.${name}`),
      { type: 'number', min: mayBeNever ? '0' : '1', max: '999', step: '1', placeholder: t('settings.asConfigured') }, t(mayBeNever ? 'times.range.never' : 'times.range'));
    const form = new DocumentForm(this.#element, this.#form('times-form', ...Object.entries(times).map(([name, mayBeNever]) => inMinutes(name, mayBeNever))),
      // What is no number goes as it is, and the server says what is wrong with it.
      '/settings/timeouts', { read: text => Number.isInteger(Number(text)) ? Number(text) : text });
    form.placeholderOf = (_, minutes) => minutes === 0 ? t('times.never') : minutes === undefined || minutes === null ? t('settings.asConfigured') : t('times.configured', minutes);
    return { part: this.#section('times', t('times.hint'), form.form), opened: () => form.load(Promise.resolve(answer)) };
  }

  rights() {
    const rights = new Rights(this.#element);
    return { part: this.#section('rights', this.#desk.t('rights.hint'), rights.part), opened: () => rights.load() };
  }
  webhooks() {
    const webhooks = new Webhooks(this.#element);
    return {
      part: this.#section('webhooks', this.#desk.t('webhooks.hint'), webhooks.part),
      opened: async () => {
        if (await webhooks.load())
          return;
        // The host has none.
        for (const part of this.allowed.querySelectorAll('#webhooks, [data-section=webhooks]'))
          part.remove();
      },
    };
  }
}
