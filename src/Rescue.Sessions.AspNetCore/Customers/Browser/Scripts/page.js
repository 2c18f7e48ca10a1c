// What the page shows. All words are in the page; a section is shown, a name filled in.

export const main = document.querySelector('main');

const heading = main.querySelector('h1');
const organization = document.querySelector('header bdi').textContent;
const safety = document.getElementById('safety');
// In these the customer has joined.
const mayBeLeft = new Set(['terms', 'waiting', 'active', 'onHold', 'transferring', 'rebooting', 'reconnecting', 'timedOut', 'mobile']);

// Offline is reconnecting that has gone on for long; the customer need not know which.
const sectionOf = { offline: 'reconnecting', connecting: 'pin' };

heading.tabIndex = -1;
heading.setAttribute('aria-live', 'polite');

export const byId = id => document.getElementById(id);

/** Shows one section and hides the others. Focus stays where it is, unless that is not to be seen any more. */
export function show(name, technician = '') {
  const shown = sectionOf[name] ?? name;
  const focused = document.activeElement;
  for (const section of main.querySelectorAll('[data-section]'))
    section.hidden = section.dataset.section !== shown;
  for (const place of main.querySelectorAll('[data-technician]'))
    place.textContent = technician;
  const words = main.querySelector(`[data-section="${shown}"]`).dataset.heading.replaceAll('{0}', () => technician);
  if (heading.textContent !== words)
    heading.textContent = words;
  // That closing the page is enough holds only before one has joined.
  safety.hidden = shown !== 'pin';
  document.title = `${words} – ${organization}`;
  byId('leave').hidden = !mayBeLeft.has(shown) || !byId('leave-sure').hidden;
  if (!mayBeLeft.has(shown))
    byId('leave-sure').hidden = true;
  if (focused && focused !== document.body && focused.closest('[hidden]'))
    heading.focus();
}

/** Says what was wrong with a PIN; null takes it back. */
export function complain(code) {
  const field = byId('Code');
  const known = main.querySelector(`[data-problem="${code}"]`) ? code : code && 'unreachable';
  for (const problem of main.querySelectorAll('[data-problem]'))
    problem.hidden = problem.dataset.problem !== known;
  if (known) {
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', `problem-${known}`);
    field.focus();
    field.select();
  } else {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
}

/** Says who takes part beside the technician; null for nobody. */
export function showGuests(names) {
  const guests = byId('guests');
  guests.querySelector('bdi').textContent = names?.join(', ') ?? '';
  guests.hidden = !names?.length;
}

/** Says why the session is over. */
export function showEnd(reason, technician) {
  const endings = [...main.querySelectorAll('[data-ends]')];
  const known = endings.find(ending => ending.dataset.ends.split(' ').includes(reason)) ?? endings.at(-1);
  for (const ending of endings)
    ending.hidden = ending !== known;
  showGuests(null);
  show('closed', technician);
}

export function askWhetherToLeave(asks) {
  byId('leave').hidden = asks;
  byId('leave-sure').hidden = !asks;
  main.querySelector(asks ? '[data-do="stay"]' : '[data-do="leave"]').focus();
}
