import { byId, h } from './dom.js';
import { t } from './texts.js';

const shownFor = 12_000;

/** Shows a passing message; it stays while it is pointed at or has the focus. */
export function toast(text, { kind = 'info', action = null } = {}) {
  const close = () => element.remove();
  const element = h('div', { class: `toast ${kind}` },
    h('span', {}, text),
    action && h('button', { type: 'button', onclick: () => { close(); action.run(); } }, action.label),
    h('button', { type: 'button', class: 'close', 'aria-label': t('dialog.close'), onclick: close }, '×'));
  const leave = () => element.matches(':hover, :focus-within') ? setTimeout(leave, 2_000) : close();
  byId('toasts').append(element);
  setTimeout(leave, shownFor);
}
