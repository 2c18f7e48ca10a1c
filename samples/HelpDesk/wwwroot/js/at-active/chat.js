// The chat of customer and guest, on a page of the library's.

import { isGuest } from './people.js';

const longest = 2_000;

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { style, ...rest } = properties;
  Object.assign(element, rest);
  // The page's policy takes no style sheet but its own.
  Object.assign(element.style, style);
  element.append(...children);
  return element;
}

/** Text after which names follow, each in a direction of its own. */
export function named(text, names) {
  return [text, ' ', ...names.flatMap((name, at) => at ? [', ', h('bdi', {}, name)] : [h('bdi', {}, name)])];
}

/** What was written, which stays while lines come and go. */
export class ChatLog {
  #lines = h('ol', { style: { listStyle: 'none', margin: '0', padding: '0' } });
  element = h('div', { style: { margin: '0 0 1rem', maxHeight: '14rem', overflowY: 'auto' }, tabIndex: 0 }, this.#lines);

  constructor(t) {
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-label', t.chat);
  }

  /** @param mark What stands behind the name, or nothing. */
  note(who, text, mark = '') {
    this.#lines.append(h('li', { style: { overflowWrap: 'anywhere' } }, h('strong', {}, h('bdi', {}, who), mark, ': '), String(text).slice(0, longest)));
    this.element.scrollTop = this.element.scrollHeight;
  }
}

export function chatForm(t, line, log) {
  const field = h('input', {
    id: 'chat-text', maxLength: longest, required: true, autocomplete: 'off', dir: 'auto', style: { fontSize: '1rem', letterSpacing: 'normal' },
  });
  const form = h('form', {}, h('label', { htmlFor: 'chat-text' }, t.message), field, h('button', { type: 'submit', className: 'quiet' }, t.send));
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!line.say({ kind: 'chat', text: field.value }))
      return;
    log.note(t.me, field.value);
    field.value = '';
    field.focus();
  });
  line.addEventListener('chat', ({ detail }) => log.note(detail.name, detail.text, isGuest(detail.from) ? ` (${t.guest})` : ''));
  return form;
}

/** Says that it goes on in another window, and leads back. */
export function elsewhere(t, line, log) {
  const said = h('p', { className: 'soft' });
  said.setAttribute('role', 'status');
  const back = h('button', { type: 'button', className: 'quiet', onclick: () => {
    line.takeBack();
    log.element.focus();
  } }, t.goOn);
  const show = () => {
    said.textContent = line.isTakenOver ? t.elsewhere : '';
    back.hidden = !line.isTakenOver;
  };
  show();
  line.addEventListener('taken', show);
  return h('div', { id: 'elsewhere' }, said, back);
}
