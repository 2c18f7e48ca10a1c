// What the customer's page does at Active: chat, and their screen or camera, shown by nobody's choice but theirs, to each who may see it. Their browser asks
// once more.

import { ChatLog, chatForm, elsewhere, h, named } from './chat.js';
import { whileActive } from './line.js';
import { unreached } from './peer.js';
import { People } from './people.js';
import { Sharing } from './sharing.js';
import { words } from './words.js';

const place = document.getElementById('assistance');
const t = words(document.documentElement.lang);
const log = new ChatLog(t);
let sharing;

function shareButtons(people) {
  const said = h('p', { className: 'soft' });
  said.setAttribute('role', 'status');
  const own = h('video', { autoplay: true, muted: true, playsInline: true, hidden: true, style: { width: '100%', maxHeight: '12rem', background: '#000' } });
  const stop = h('button', { type: 'button', className: 'button', hidden: true, onclick: () => sharing.stop() }, t.stop);
  const starts = ['screen', 'camera'].filter(Sharing.can).map(kind =>
    h('button', { type: 'button', className: 'quiet', onclick: () => sharing.start(kind) }, t[kind]));
  const guests = h('p', { className: 'choices' });
  const tell = () => {
    const { stream, kind, problem, isSeen } = sharing;
    const [others, seeing, missing] = [id => !sharing.isShownTo(id), id => sharing.isSeenBy(id), id => sharing.isMissedBy(id)]
      .map(is => people.guests.filter(([id]) => is(id)));
    const also = (words, guests) => guests.length ? named(` ${words}`, guests.map(([, name]) => name)) : [];
    const shown = isSeen ? t[`${kind}Shown`] : t.unseen;
    said.replaceChildren(problem ? problem === unreached ? t.unreached : t.refused : stream ? shown : t.nothing, ...also(t.alsoSees, seeing), ...also(t.misses, missing));
    own.hidden = stop.hidden = !stream;
    starts.forEach(start => start.hidden = Boolean(stream));
    guests.replaceChildren(...stream ? others.map(([id, name]) =>
      h('button', { type: 'button', className: 'quiet', onclick: () => sharing.showTo(id) }, ...named(t.showTo, [name]))) : []);
    guests.hidden = guests.childElementCount === 0;
  };
  sharing.addEventListener('change', () => {
    const isNew = sharing.stream && own.srcObject !== sharing.stream;
    own.srcObject = sharing.stream;
    tell();
    if (isNew)
      stop.focus();
  });
  people.addEventListener('change', tell);
  tell();
  return [said, own, h('p', { className: 'choices' }, ...starts, stop), guests];
}

function begin(line) {
  const people = new People(line);
  sharing = new Sharing(line);
  const buttons = h('div', {}, ...shareButtons(people));
  const also = h('p', { className: 'soft', id: 'chat-guests' });
  also.setAttribute('role', 'status');
  const form = chatForm(t, line, log);
  place.replaceChildren(h('h2', {}, t.title), elsewhere(t, line, log), buttons, also, log.element, form);
  // Until the technician has come, nobody would hear or see.
  const show = () => {
    [buttons, form].forEach(part => part.hidden = !people.hasTechnician);
    const guests = people.guests.map(([, name]) => name);
    also.replaceChildren(...!people.hasTechnician ? [t.nobody] : guests.length ? named(t.alsoReads, guests) : []);
  };
  show();
  people.addEventListener('change', show);
}

whileActive('/assist/customer', begin, () => {
  sharing.stop();
  place.replaceChildren();
});
