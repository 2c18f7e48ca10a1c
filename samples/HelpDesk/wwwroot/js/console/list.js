import { byId, h, setText } from './dom.js';
import { actionsOf } from './actions.js';
import { actionButton } from './buttons.js';
import { invitationChip, statusChip, statusText } from './chips.js';
import { describe } from './problems.js';
import { selection } from './selection.js';
import { store } from './store.js';
import { t } from './texts.js';
import { everySecond, since } from './time.js';

const typingPause = 250;
const body = document.querySelector('#sessions tbody');
const rows = new Map();

const cell = (label, ...children) => h('td', { role: 'cell', data: { label } }, ...children);

// What people typed may be long and without a space.
const freeCell = (label, ...children) => h('td', { role: 'cell', class: 'free', data: { label } }, ...children);

function makeRow(id) {
  const row = h('tr', { role: 'row', data: { id }, onclick: () => selection.select(id) });
  rows.set(id, row);
  return row;
}

function fillRow(row, session) {
  const [first] = actionsOf(session).filter(action => action.weight === 'primary');
  // A row is made anew only when what it shows has changed, so that focus stays where it is.
  const picture = JSON.stringify([session.customerName, statusText(session), session.statusSince, session.invitation, session.reference, session.owner, session.permitted]);
  if (row.dataset.picture === picture)
    return;
  const focused = row.contains(document.activeElement) ? document.activeElement.dataset.action ?? 'name' : null;
  row.dataset.picture = picture;
  row.dataset.status = session.status;
  row.replaceChildren(
    freeCell('', h('button', { type: 'button', class: 'row-name', data: { action: 'name' } }, session.customerName)),
    cell(t('list.status'), statusChip(session)),
    cell(t('list.invitation'), invitationChip(session)),
    cell(t('list.since'), h('span', { class: 'since', data: { since: session.endedAt ?? session.statusSince } }, since(session.endedAt ?? session.statusSince))),
    freeCell(t('list.reference'), session.reference ?? '–'),
    cell(t('list.technician'), (session.owner ?? session.createdBy)?.name ?? '–'),
    cell('', ...(first ? [actionButton(first, session, session.customerName)] : [])));
  if (focused)
    (row.querySelector(`[data-action="${focused}"]`) ?? row.querySelector('[data-action=name]')).focus();
}

function render() {
  const shown = store.shown;
  const ids = new Set(shown.map(session => session.id));
  for (const [id, row] of rows)
    if (!ids.has(id)) {
      row.remove();
      rows.delete(id);
    }
  shown.forEach((session, index) => {
    const row = rows.get(session.id) ?? makeRow(session.id);
    fillRow(row, session);
    row.toggleAttribute('data-selected', session.id === selection.id);
    row.querySelector('.row-name').setAttribute('aria-pressed', session.id === selection.id);
    if (body.children[index] !== row)
      body.insertBefore(row, body.children[index] ?? null);
  });
  byId('empty').hidden = shown.length > 0;
  byId('more').hidden = !store.hasMore;
}

/** Fetches the list, and says beside it when that failed. */
export async function reload() {
  const answer = await store.load();
  const problem = byId('list-problem');
  problem.hidden = answer.ok;
  setText(problem, answer.ok ? '' : describe(answer));
}

export function showList() {
  store.addEventListener('change', render);
  selection.addEventListener('change', render);
  everySecond(() => {
    for (const element of body.querySelectorAll('[data-since]'))
      setText(element, since(element.dataset.since));
    return true;
  });
  byId('filter').addEventListener('change', event => { store.filter = event.target.value; render(); reload(); });
  let pause;
  byId('search').addEventListener('input', event => {
    clearTimeout(pause);
    pause = setTimeout(() => { store.search = event.target.value.trim(); render(); reload(); }, typingPause);
  });
  byId('more').addEventListener('click', () => store.more());
}
