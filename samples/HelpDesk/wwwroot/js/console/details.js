import { byId, h, setText } from './dom.js';
import { get } from './api.js';
import { actionButtons } from './buttons.js';
import { invitationText, statusChip } from './chips.js';
import { exportPart } from './export.js';
import { historyList } from './history.js';
import { describe } from './problems.js';
import { selection } from './selection.js';
import { store } from './store.js';
import { languageName, named, t } from './texts.js';
import { dateTime, duration, everySecond, since, until } from './time.js';
import { toast } from './toasts.js';

const panel = byId('details');
let picture = '';

const field = (name, value) => value === null || value === undefined || value === '' ? [] : [h('dt', {}, t(`details.${name}`)), h('dd', {}, value)];

const countdown = instant => h('span', { data: { until: instant } }, duration(until(instant)));

function deadlineField({ deadline }) {
  return deadline ? field('deadline', h('span', { data: { alarm: deadline.alarmLevel } }, `${named('deadline', deadline.trigger)} `, countdown(deadline.at))) : [];
}

function invitationFields({ invitation }, text) {
  if (!invitation)
    return [];
  const said = [text, invitation.at && dateTime(invitation.at), invitation.reason].filter(Boolean).join(' · ');
  return [
    ...field('invitation', said),
    ...field('delivery', invitation.delivery && named('delivery', invitation.delivery)),
    ...field('to', invitation.to),
    ...field('language', invitation.language && languageName(invitation.language)),
  ];
}

function fields(session) {
  return h('dl', { class: 'fields' },
    ...deadlineField(session),
    ...field('since', h('span', { data: { since: session.statusSince } }, since(session.statusSince))),
    ...field('reference', session.reference),
    ...field('technician', session.owner?.name),
    ...field('started', session.startedAt && dateTime(session.startedAt)),
    ...field('ended', session.endedAt && dateTime(session.endedAt)),
    ...invitationFields(session, invitationText(session)),
    ...field('device', [session.platform && named('platform', session.platform), session.hostName, session.kind && named('kind', session.kind)].filter(Boolean).join(' · ')),
    ...Object.entries(session.fields ?? {}).filter(([, value]) => value).flatMap(([name, value]) => [h('dt', {}, t(`fields.${name}`)), h('dd', {}, value)]),
    ...field('seen', session.lastSeenAt && dateTime(session.lastSeenAt)),
    ...field('created', session.createdBy && t('details.createdBy', session.createdBy.name, dateTime(session.createdAt))));
}

function render(session) {
  const { permitted, ...rest } = session;
  const fresh = JSON.stringify([rest, permitted]);
  if (fresh === picture)
    return;
  picture = fresh;
  const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
  const wasFocused = panel.contains(document.activeElement);
  // Cleared first: when something cannot be drawn, the buttons of what stood here before must not be left.
  clear();
  panel.append(
    h('div', { class: 'details-head' },
      h('h2', { id: 'details-title' }, session.customerName),
      h('button', { type: 'button', class: 'close', 'aria-label': t('details.close'), onclick: close }, '×')),
    h('p', { class: 'details-status', role: 'status' }, statusChip(session)),
    h('div', { class: 'buttons start' }, ...actionButtons(session)),
    fields(session),
    h('h3', {}, t('details.history')),
    historyList(session.history ?? []),
    ...exportPart(session));
  panel.hidden = false;
  if (wasFocused)
    (focused && panel.querySelector(`[data-action="${focused}"]`) || panel).focus();
}

function clear() {
  panel.hidden = true;
  panel.replaceChildren();
}

function close() {
  const id = selection.id;
  selection.select(null);
  document.querySelector(`#sessions tr[data-id="${CSS.escape(id)}"] .row-name`)?.focus();
}

async function fetchDetails(id) {
  const answer = await get(`/sessions/${encodeURIComponent(id)}`);
  if (answer.ok) {
    store.put(answer.data);
  } else {
    toast(describe(answer), { kind: 'error' });
    selection.select(null);
  }
}

function select() {
  picture = '';
  clear();
  document.body.classList.toggle('has-details', selection.id !== null);
  if (selection.id === null)
    return;
  const known = store.find(selection.id);
  if (known) {
    render(known);
    panel.focus({ preventScroll: true });
  }
  fetchDetails(selection.id);
}

/** Fetches the open session anew, because an event tells its state but not its history. */
export function refreshDetails(id) {
  if (id === selection.id)
    fetchDetails(id);
}

export function showDetails() {
  selection.addEventListener('change', select);
  store.addEventListener('change', () => {
    const session = selection.id && store.find(selection.id);
    if (session)
      render(session);
    else if (selection.id && picture !== '')
      selection.select(null);
  });
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape')
      close();
  });
  everySecond(() => {
    for (const element of panel.querySelectorAll('[data-since]'))
      setText(element, since(element.dataset.since));
    for (const element of panel.querySelectorAll('[data-until]'))
      setText(element, duration(until(element.dataset.until)));
    return true;
  });
}
