// The technician's end: one card for each of their active sessions, with chat, who takes part in it, and what the customer shows.

import { Line } from './line.js';
import { People, isGuest } from './people.js';
import { Watching } from './watching.js';

const main = document.getElementById('assist');
const cards = new Map();
// The sessions of which an event has told since a list was asked for, for each list that is on its way.
const lists = new Set();
let latest;
const pause = 2_000;
// The server says something every fifteen seconds; a line that has been silent for twice as long is dead, even if nobody has told the browser.
const longestSilence = 30_000;

class Card {
  #line;
  #people;
  #watching;

  constructor(session) {
    this.element = document.getElementById('session').content.firstElementChild.cloneNode(true);
    this.element.dataset.id = session.id;
    this.find('h2').textContent = session.customerName;
    this.#line = new Line(`/assist/technician/${session.id}`);
    this.#people = new People(this.#line);
    this.#people.addEventListener('change', () => this.#tell());
    this.#line.addEventListener('taken', () => this.#tell());
    this.#line.addEventListener('chat', ({ detail }) =>
      this.#note(detail.name, String(detail.text).slice(0, 2000), isGuest(detail.from) ? ` (${this.find('.chat').dataset.guest})` : ''));
    this.#watching = new Watching(this.#line);
    this.#watching.addEventListener('change', () => this.#see());
    this.find('[data-stop]').addEventListener('click', () => {
      this.#line.say({ kind: 'stop' });
      this.#watching.stop();
    });
    this.find('form').addEventListener('submit', event => this.#send(event));
    this.find('[data-back]').addEventListener('click', () => {
      this.#line.takeBack();
      this.find('[role=log]').focus();
    });
    this.#tell();
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  end() {
    this.#watching.stop();
    this.#line.hangUp();
    this.element.remove();
  }

  #tell() {
    const { hasCustomer, guests } = this.#people;
    const state = this.#line.isTakenOver ? 'elsewhere' : hasCustomer ? 'here' : 'waiting';
    const line = this.find('[data-line]');
    line.textContent = line.dataset[state];
    this.element.dataset.state = state;
    this.find('[data-back]').hidden = !this.#line.isTakenOver;
    // What is written to nobody would look as if it were read.
    this.find('form').hidden = !hasCustomer && guests.length === 0;
    const names = guests.map(([, name]) => Object.assign(document.createElement('bdi'), { textContent: name }));
    this.find('[data-guests]').hidden = names.length === 0;
    this.find('[data-guests] span').replaceChildren(...names.flatMap((name, at) => at ? [', ', name] : [name]));
  }

  #see() {
    const { stream, kind, isMissed } = this.#watching;
    const missed = this.find('[data-missed]');
    missed.textContent = isMissed ? missed.dataset.missed : '';
    this.find('video').srcObject = stream;
    this.find('figure').hidden = !stream;
    const shared = this.find('[data-shared]');
    shared.textContent = stream ? shared.dataset[kind === 'screen' ? 'screen' : 'camera'] : '';
  }

  #send(event) {
    event.preventDefault();
    const field = event.target.elements.text;
    if (!this.#line.say({ kind: 'chat', text: field.value }))
      return;
    this.#note(this.find('.chat').dataset.me, field.value);
    field.value = '';
  }

  #note(who, text, mark = '') {
    const name = document.createElement('strong');
    name.append(Object.assign(document.createElement('bdi'), { textContent: who }), mark, ': ');
    const entry = document.createElement('li');
    entry.append(name, text);
    this.find('.chat').append(entry);
  }
}

function show(session) {
  const isMine = session.status === 'active' && session.owner?.id === main.dataset.technician;
  if (isMine && !cards.has(session.id)) {
    const card = new Card(session);
    cards.set(session.id, card);
    document.getElementById('sessions').append(card.element);
  } else if (!isMine && cards.has(session.id)) {
    cards.get(session.id).end();
    cards.delete(session.id);
  }
  document.getElementById('none').hidden = cards.size > 0;
}

async function load() {
  const told = latest = new Set();
  lists.add(told);
  const isTaken = await take(told).catch(() => false);
  lists.delete(told);
  // A newer one takes its place.
  if (!isTaken)
    setTimeout(() => told === latest && load(), pause);
}

async function take(told) {
  const [before, active] = [[...cards.keys()], []];
  let next;
  do {
    const answer = await fetch(`/rescue/sessions?status=active&limit=200${next ? `&after=${encodeURIComponent(next)}` : ''}`, { headers: { Accept: 'application/json' } });
    if (!answer.ok)
      return false;
    const page = await answer.json();
    active.push(...page.items);
    next = page.next;
  } while (next);
  // What an event has told meanwhile is newer than the list.
  for (const id of before)
    if (!told.has(id) && !active.some(session => session.id === id))
      show({ id, status: 'closed' });
  active.filter(session => !told.has(session.id)).forEach(show);
  document.getElementById('none').hidden = cards.size > 0;
  return true;
}

function listen() {
  const events = new EventSource('/rescue/sessions/events');
  let silence;
  const hear = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      events.close();
      listen();
    }, longestSilence);
  };
  hear();
  events.addEventListener('ping', hear);
  events.addEventListener('session', ({ data }) => {
    hear();
    const { sessionId, session } = JSON.parse(data);
    for (const told of lists)
      told.add(sessionId);
    show(session ?? { id: sessionId, status: 'closed' });
  });
  // Whatever was missed while the line was down is in the list.
  events.addEventListener('open', () => {
    hear();
    load();
  });
  // The browser takes up a line that was lost, and none that was refused.
  events.addEventListener('error', async () => {
    if (events.readyState !== EventSource.CLOSED)
      return;
    clearTimeout(silence);
    const answer = await fetch('/rescue/me').catch(() => null);
    // The page leads to the sign-in.
    if (answer?.status === 401)
      location.reload();
    else
      setTimeout(listen, pause);
  });
}

listen();
