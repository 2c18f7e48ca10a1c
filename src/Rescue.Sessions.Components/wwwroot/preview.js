import { h, setText } from './rescue-sessions.js';

const budget = 1600;
const trusted = globalThis.trustedTypes?.createPolicy('rescue-sessions', { createHTML: text => text });

/** A message as a customer would get it, at the width of a phone or a desktop, light or dark. */
export class Preview {
  #desk;
  #html = null;

  constructor(desk) {
    this.#desk = desk;
    const { t } = desk;
    // No script runs in it; it has the page's origin so that its styles can be given to it without being inline.
    this.frame = h('iframe', {
      id: 'preview-html', title: t('template.preview.html'), sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox', data: { width: 'desktop', scheme: 'light' },
      onload: () => this.#fill(),
    });
    const choice = (name, values) => h('select', { 'aria-label': t(`template.preview.${name}`), onchange: event => this.#look(name, event.target.value) },
      ...values.map(value => h('option', { value }, t(`template.preview.${name}.${value}`))));
    this.part = h('section', { class: 'preview', 'aria-labelledby': 'preview-title' },
      h('h3', { id: 'preview-title' }, t('template.preview')),
      h('p', { class: 'hint' }, t('template.preview.hint')),
      this.stale = h('p', { id: 'preview-stale', class: 'notice error', hidden: true }, t('template.preview.stale')),
      this.subject = h('p', { id: 'preview-subject', class: 'preview-subject', dir: 'auto' }),
      h('div', { class: 'choices' }, choice('width', ['desktop', 'phone']), ' ', choice('scheme', ['light', 'dark'])),
      h('div', { class: 'framed' }, this.frame),
      h('h4', {}, t('template.preview.text')),
      this.text = h('pre', { id: 'preview-text', dir: 'auto', tabindex: '0' }),
      h('h4', { id: 'mailto-title' }, t('template.mailto')),
      this.mailto = h('meter', { id: 'mailto', min: '0', max: '2000', high: '1600', 'aria-labelledby': 'mailto-title' }),
      this.mailtoText = h('p', { id: 'mailto-text', class: 'hint' }));
  }

  set isStale(isStale) { this.stale.hidden = !isStale; }

  show(message) {
    const { t, language } = this.#desk;
    setText(this.subject, message.subject);
    setText(this.text, message.text);
    if (message.html !== this.#html) {
      this.#html = message.html;
      this.#fill();
    }
    this.mailto.value = Math.min(message.mailtoLength, this.mailto.max);
    const numbers = t('template.mailto.numbers', message.mailtoLength.toLocaleString(language), budget.toLocaleString(language));
    setText(this.mailtoText, `${numbers} ${t(message.mailtoLength > budget ? 'template.mailto.shortened' : 'template.mailto.fits')}`);
  }

  #look(name, value) {
    this.frame.dataset[name] = value;
    this.#fill();
  }

  // A frame that is given its text would be held to this page's policy and stand there without its styles.
  #fill() {
    const page = this.frame.contentDocument;
    if (!page?.body || this.#html === null)
      return;
    // Set apart before the text is read: what reads it is held to the policy, too.
    const styles = [];
    const set = this.#html.replace(/<style[^>]*>([\s\S]*?)<\/style>/gi, (_, text) => {
      styles.push(text);
      return '';
    }).replace(/(<[^>]*?)\sstyle\s*=/gi, '$1 data-style=');
    // What is chosen here decides, not what the administrator's own screen has.
    const { scheme: chosen } = this.frame.dataset;
    page.documentElement.style.colorScheme = chosen;
    const message = new DOMParser().parseFromString(trusted ? trusted.createHTML(set) : set, 'text/html');
    page.adoptedStyleSheets = styles.map(text => {
      const sheet = new this.frame.contentWindow.CSSStyleSheet();
      sheet.replaceSync(text.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, scheme) => scheme === chosen ? '(min-width: 0)' : '(max-width: 0)'));
      return sheet;
    });
    for (const active of message.querySelectorAll('script, style, link, meta, base, iframe, object, embed'))
      active.remove();
    for (const { name, value } of message.body.attributes)
      page.body.setAttribute(name, value);
    page.documentElement.dir = message.documentElement.dir;
    page.body.replaceChildren(...[...message.body.childNodes].map(node => page.importNode(node, true)));
    for (const styled of page.querySelectorAll('[data-style]'))
      styled.style.cssText = styled.dataset.style;
    for (const link of page.links)
      Object.assign(link, { target: '_blank', rel: 'noreferrer' });
  }
}
