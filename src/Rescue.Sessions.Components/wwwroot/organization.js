import { h } from './rescue-sessions.js';
import { DocumentForm, labelled, textField } from './form.js';

const path = '/settings/organization';
const fields = {
  name: 128, senderAddress: 254, senderName: 128, replyTo: 254, publicBaseUri: 256, accentColor: 7, phone: 40, url: 256, languages: 200, timeZone: 64,
};

/** How the organisation shows itself. An empty field is the product's, which stands in it as a shadow. */
export class Organization {
  #element;
  // Left out, the logo stays as it is.
  #logo;
  #choices = 0;

  constructor(element) {
    this.#element = element;
    const { t } = element.desk;
    this.file = h('input', {
      id: 'organization-logo', type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp', 'aria-describedby': 'organization-logo-hint organization-logo-error',
      onchange: () => this.#choose(),
    });
    this.picture = h('img', { id: 'organization-logo-shown', alt: t('organization.logo.shown'), hidden: true });
    this.removal = h('button', { id: 'organization-logo-remove', type: 'button', hidden: true, onclick: () => this.#remove() }, t('organization.logo.remove'));
    this.swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    this.form = h('form', { id: 'organization-form', novalidate: true, autocomplete: 'off' },
      h('div', { class: 'pick' },
        ...Object.entries(fields).map(([name, length]) =>
          textField(`organization-${name}`, name, t(`organization.${name}`), { maxlength: length, spellcheck: 'false' }, t(`organization.${name}.hint`))),
        h('div', { class: 'field' },
          labelled('organization-logo', t('organization.logo'), this.file, t('organization.logo.hint')),
          h('p', { class: 'logo-shown' }, this.picture, ' ', this.removal))),
      h('div', { class: 'buttons start' },
        h('button', { class: 'primary', type: 'submit' }, t('settings.save')),
        h('button', { id: 'restore-organization', class: 'danger', type: 'button', onclick: () => this.document.restore(t('organization.restored')) }, t('organization.restore'))));
    this.form.querySelector('#organization-logo-error').dataset.error = 'logo';
    const colour = this.form.querySelector('#organization-accentColor');
    colour.before(this.swatch);
    colour.addEventListener('input', () => this.#showColour());
    this.document = new DocumentForm(element, this.form, path, {
      read: (text, name) => name === 'languages' ? text.split(/[\s,;]+/).filter(tag => tag) : text,
      more: () => this.#logo === undefined ? {} : { logo: this.#logo },
      shown: shown => {
        this.#logo = undefined;
        this.file.value = '';
        this.#show(shown.effective.logo, Boolean(shown.logo));
        this.#showColour();
      },
    });
  }

  load() { return this.document.load(); }

  #showColour() {
    const colour = this.form.querySelector('#organization-accentColor');
    this.swatch.style.backgroundColor = colour.value.trim() || colour.placeholder;
  }

  #show(source, isOwn) {
    this.picture.hidden = !source;
    this.removal.hidden = !isOwn;
    if (source)
      this.picture.src = source;
  }

  #choose() {
    const [chosen] = this.file.files;
    if (!chosen)
      return;
    const choice = ++this.#choices;
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      // A larger one that was chosen before takes longer to read.
      if (choice !== this.#choices)
        return;
      this.#logo = reader.result;
      this.#show(this.#logo, true);
    });
    reader.readAsDataURL(chosen);
  }

  #remove() {
    this.#choices++;
    this.#logo = null;
    this.file.value = '';
    this.#show(null, false);
    this.file.focus();
  }
}
