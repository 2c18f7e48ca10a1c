// What a guest's page does at Active: chat under the name they gave, and what the customer shows them.

import { ChatLog, chatForm, elsewhere, h, named } from './chat.js';
import { whileActive } from './line.js';
import { People } from './people.js';
import { Watching } from './watching.js';
import { words } from './words.js';

const place = document.getElementById('assistance');
const t = words(document.documentElement.lang);
const log = new ChatLog(t);
let watching;

function picture(line) {
  const video = h('video', { autoplay: true, muted: true, playsInline: true, style: { width: '100%', maxHeight: '70vh', background: '#000' } });
  const caption = h('figcaption', { className: 'soft' });
  const figure = h('figure', { hidden: true, style: { margin: '0 0 1rem' } }, video, caption);
  const missed = h('p', { className: 'soft' });
  missed.setAttribute('role', 'status');
  watching = new Watching(line);
  watching.addEventListener('change', () => {
    const { stream, kind, isMissed } = watching;
    missed.textContent = isMissed ? t.missed : '';
    video.srcObject = stream;
    caption.textContent = stream ? t[`${kind}Seen`] : '';
    figure.hidden = !stream;
  });
  return [missed, figure];
}

function begin(line) {
  const people = new People(line);
  const shown = picture(line);
  const here = h('p', { className: 'soft' });
  here.setAttribute('role', 'status');
  const form = chatForm(t, line, log);
  place.replaceChildren(h('h2', {}, t.chat), elsewhere(t, line, log), here, ...shown, log.element, form);
  // The room is the technician's: until they have opened it, nobody would hear.
  const show = () => {
    form.hidden = !people.hasTechnician;
    const names = [people.name('technician'), people.name('customer'), ...people.guests.map(([, name]) => name)];
    here.hidden = line.isTakenOver;
    here.replaceChildren(...people.hasTechnician ? named(t.reads, names.filter(Boolean)) : [t.nobody]);
  };
  show();
  line.addEventListener('taken', show);
  people.addEventListener('change', show);
}

whileActive('/assist/guest', begin, () => {
  watching.stop();
  place.replaceChildren();
});
