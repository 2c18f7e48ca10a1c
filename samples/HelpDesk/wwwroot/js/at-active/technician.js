// The technician's end: one card for each of their active sessions, with chat and what the customer shows.

import { Line } from './line.js';
import { network } from './sharing.js';

const main = document.getElementById('assist');
const cards = new Map();

class Card {
  #line;
  #peer;
  #technician;

  constructor(session) {
    this.element = document.getElementById('session').content.firstElementChild.cloneNode(true);
    this.element.dataset.id = session.id;
    this.find('h2').textContent = session.customerName;
    this.#technician = session.customerName;
    this.#line = new Line(`/assist/technician/${session.id}`);
    this.#line.addEventListener('here', () => this.#tell('here'));
    this.#line.addEventListener('gone', () => this.#left());
    this.#line.addEventListener('chat', ({ detail }) => this.#note(this.#technician, String(detail.text).slice(0, 2000)));
    this.#line.addEventListener('offer', ({ detail }) => this.#watch(detail));
    this.#line.addEventListener('candidate', ({ detail }) => this.#peer?.addIceCandidate(detail.candidate));
    this.#line.addEventListener('stopped', () => this.#unwatch());
    this.find('[data-stop]').addEventListener('click', () => {
      this.#line.say({ kind: 'stop' });
      this.#unwatch();
    });
    this.find('form').addEventListener('submit', event => this.#send(event));
    this.#tell('waiting');
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  end() {
    this.#unwatch();
    this.#line.hangUp();
    this.element.remove();
  }

  #tell(state) {
    const line = this.find('[data-line]');
    line.textContent = line.dataset[state];
    this.element.dataset.state = state;
  }

  #left() {
    this.#tell('waiting');
    this.#unwatch();
  }

  async #watch({ description, shows }) {
    this.#unwatch();
    const peer = this.#peer = new RTCPeerConnection(network);
    peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#line.say({ kind: 'candidate', candidate }));
    peer.addEventListener('track', ({ streams }) => {
      this.find('video').srcObject = streams[0];
      const shared = this.find('[data-shared]');
      shared.textContent = shared.dataset[shows === 'screen' ? 'screen' : 'camera'];
      this.find('figure').hidden = false;
    });
    await peer.setRemoteDescription(description);
    await peer.setLocalDescription();
    this.#line.say({ kind: 'answer', description: peer.localDescription });
  }

  #unwatch() {
    this.#peer?.close();
    this.#peer = null;
    this.find('video').srcObject = null;
    this.find('figure').hidden = true;
  }

  #send(event) {
    event.preventDefault();
    const field = event.target.elements.text;
    this.#line.say({ kind: 'chat', text: field.value });
    this.#note(this.find('.chat').dataset.me, field.value);
    field.value = '';
  }

  #note(who, text) {
    const name = document.createElement('strong');
    name.append(Object.assign(document.createElement('bdi'), { textContent: who }), ': ');
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
  const answer = await fetch('/rescue/sessions?status=active&limit=100', { headers: { Accept: 'application/json' } });
  if (!answer.ok)
    return;
  const { items } = await answer.json();
  for (const id of cards.keys())
    if (!items.some(session => session.id === id))
      show({ id, status: 'closed' });
  items.forEach(show);
  document.getElementById('none').hidden = cards.size > 0;
}

const events = new EventSource('/rescue/sessions/events');
events.addEventListener('session', ({ data }) => {
  const { sessionId, session } = JSON.parse(data);
  show(session ?? { id: sessionId, status: 'closed' });
});
// Whatever was missed while the line was down is in the list.
events.addEventListener('open', load);
