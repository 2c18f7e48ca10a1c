import { byId, h } from './dom.js';
import { me } from './me.js';
import { selection } from './selection.js';
import { store } from './store.js';
import { statusText } from './chips.js';

// A session whose line is down, or that a colleague has not taken yet, is still being helped with: its tab stays.
const open = new Set(['active', 'transferring', 'rebooting', 'reconnecting', 'offline']);
let picture = '';

function render() {
  const sessions = store.all.filter(session => open.has(session.status) && session.startedAt && session.owner?.id === me.id)
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  const fresh = JSON.stringify([selection.id, sessions.map(session => [session.id, session.customerName, session.status])]);
  if (fresh === picture)
    return;
  picture = fresh;
  const strip = byId('active');
  const focused = strip.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  strip.hidden = sessions.length === 0;
  strip.firstElementChild.replaceChildren(...sessions.map(session => h('li', {},
    h('button', {
      type: 'button',
      data: { id: session.id, status: session.status },
      'aria-pressed': String(session.id === selection.id),
      onclick: () => selection.select(session.id),
    }, session.customerName, session.status === 'active' ? null : h('small', {}, ` ${statusText(session)}`)))));
  if (focused)
    strip.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

/** One tab for each session the technician is helping with, named after its customer. */
export function showTabs() {
  store.addEventListener('change', render);
  selection.addEventListener('change', render);
}
