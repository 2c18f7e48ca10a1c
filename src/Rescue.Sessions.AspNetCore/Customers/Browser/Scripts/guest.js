// A guest's way into a session. Only a typed name joins: what follows links and presses buttons types none.

import { listen, Rests } from './events.js';
import { ask, newInstance, rest } from './service.js';

const main = document.querySelector('main');
const heading = main.querySelector('h1');
const form = main.querySelector('form');
const button = form.querySelector('button');
const leave = document.getElementById('leave');
const unheard = document.getElementById('unheard');
// Answers after which there is nothing left to leave.
const ends = ['unknownKey', 'expired', 'revoked', 'visitEnded', 'sessionEnded'];
const organization = document.querySelector('header bdi').textContent;
// The link stands in the address; what is kept is found by its end.
const keptAs = `rescue.guest.${main.dataset.token.slice(-8)}`;
let place = { instance: newInstance(), ...read() };
let isOver = false;
let line;
let secret;
let since;

heading.tabIndex = -1;
heading.setAttribute('aria-live', 'polite');
for (const time of main.querySelectorAll('time'))
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });

function read() {
  try {
    return JSON.parse(localStorage.getItem(keptAs));
  } catch {
    return null;
  }
}

// Where a browser keeps nothing, the place lasts as long as the page.
function keep() {
  try {
    localStorage.setItem(keptAs, JSON.stringify(place));
  } catch { /* It is in memory. */ }
}

function forget() {
  place = { instance: newInstance() };
  try {
    localStorage.removeItem(keptAs);
  } catch { /* There is nothing. */ }
}

function show(name) {
  const section = main.querySelector(`[data-section="${name}"]`);
  if (!section.hidden && heading.textContent === section.dataset.heading)
    return;
  const hadFocus = document.activeElement && document.activeElement !== document.body;
  for (const each of main.querySelectorAll('[data-section]'))
    each.hidden = each !== section;
  heading.textContent = section.dataset.heading;
  document.title = `${section.dataset.heading} – ${organization}`;
  leave.hidden = name !== 'waiting' && name !== 'active';
  if (hadFocus && document.activeElement?.closest('[hidden]') !== null)
    heading.focus();
}

function complain(name) {
  for (const problem of main.querySelectorAll('[data-problem]'))
    problem.hidden = problem.dataset.problem !== name;
  const field = form.elements.name;
  // Of the others the name is not the cause.
  if (name === 'name')
    field.setAttribute('aria-invalid', 'true');
  else
    field.removeAttribute('aria-invalid');
  if (name) {
    field.setAttribute('aria-describedby', `problem-${name}`);
    field.focus();
  } else {
    field.setAttribute('aria-describedby', 'name-note');
  }
}

function end(state) {
  if (isOver)
    return;
  isOver = true;
  main.dataset.status = 'over';
  main.dataset.end = state;
  document.dispatchEvent(new CustomEvent('rescue:status', { detail: { status: 'over', state } }));
  forget();
  unheard.hidden = true;
  show('over');
  line?.abort();
}

function turn(status, technician) {
  if (main.dataset.status === status)
    return;
  main.dataset.status = status;
  // A transfer, a reboot and a lost line keep the secret, and end what began with it.
  if (status !== 'active')
    secret = null;
  document.dispatchEvent(new CustomEvent('rescue:status', { detail: { status, technician } }));
}

function tell({ status, statusSince, technician, customerName, guest, handOver }) {
  // The answer to leaving may have overtaken what was on its way.
  if (isOver)
    return;
  if (guest !== 'joined' || status === 'closed') {
    end(guest);
    return;
  }
  // It was left and came back while the line was down, and what had begun with it has ended.
  if (status === main.dataset.status && since && statusSince !== since)
    turn('reconnecting', technician);
  since = statusSince;
  turn(status, technician);
  for (const name of main.querySelectorAll('[data-technician]'))
    name.textContent = technician ?? '';
  for (const name of main.querySelectorAll('[data-customer]'))
    name.textContent = customerName;
  show(status === 'active' ? 'active' : 'waiting');
  if (status === 'active' && handOver?.secret && handOver.secret !== secret) {
    secret = handOver.secret;
    document.dispatchEvent(new CustomEvent('rescue:handover', { detail: { session: place.session, secret, technician } }));
  }
}

// Another tab may have joined again since, and has the key that is good now.
function hasMoved(code) {
  const kept = code === 'unknownKey' ? read() : null;
  if (!kept?.key || kept.key === place.key)
    return false;
  place = kept;
  return true;
}

async function follow() {
  const rests = new Rests();
  while (!isOver) {
    line = new AbortController();
    const { refusal, ...ended } = await listen(place.session, {
      key: place.key, controller: line, hear: ({ event, data }) => {
        if (event === 'status')
          tell(JSON.parse(data));
      },
    });
    if (hasMoved(refusal?.code))
      continue;
    if (refusal)
      end(refusal.code);
    if (isOver)
      return;
    await rest(rests.after(ended));
  }
}

async function join(name) {
  // Another tab may have asked or joined since this page was loaded.
  Object.assign(place, read());
  if (place.key) {
    follow();
    return null;
  }
  keep();
  const answer = await ask('join', { token: main.dataset.token, name, instance: place.instance });
  if (answer?.ok) {
    Object.assign(place, { session: answer.data.sessionId, key: answer.data.guestKey });
    keep();
    follow();
    return null;
  }
  if (answer?.code === 'invalidRequest')
    return 'name';
  if (['expired', 'revoked', 'visitEnded', 'sessionEnded', 'invalidCode'].includes(answer?.code)) {
    end(answer.code);
    return null;
  }
  if (answer?.code === 'alreadyUsed')
    return 'used';
  return answer && main.querySelector(`[data-problem="${answer.code}"]`) ? answer.code : 'unreachable';
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  if (button.getAttribute('aria-disabled') === 'true')
    return;
  const name = form.elements.name.value.trim();
  button.setAttribute('aria-disabled', 'true');
  complain(null);
  try {
    complain(name ? await join(name) : 'name');
  } finally {
    // The form is there until the line is; joining once more would replace the key that it is opened with.
    if (!place.key)
      button.removeAttribute('aria-disabled');
  }
});

leave.addEventListener('click', async () => {
  if (leave.getAttribute('aria-disabled') === 'true')
    return;
  leave.setAttribute('aria-disabled', 'true');
  unheard.hidden = true;
  let answer;
  do
    answer = await ask(`${place.session}/leave`, {}, { key: place.key, keepalive: true });
  while (hasMoved(answer?.code));
  leave.removeAttribute('aria-disabled');
  if (answer?.ok)
    end('left');
  else if (ends.includes(answer?.code))
    end(answer.code);
  else
    unheard.hidden = isOver;
});

if (place.key)
  follow();
// Without this script there is nobody who takes the form.
else
  button.disabled = false;
