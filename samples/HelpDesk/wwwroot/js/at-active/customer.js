// What the customer's page does at Active: chat, and their screen or camera, shown by nobody's choice but theirs. Their browser asks once more.

import { Line } from './line.js';
import { Sharing } from './sharing.js';
import { words } from './words.js';

const place = document.getElementById('assistance');
const t = words(document.documentElement.lang);
let secret;
let line;
let sharing;

function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { style, ...rest } = properties;
  Object.assign(element, rest);
  // The page's policy takes no style sheet but its own.
  Object.assign(element.style, style);
  element.append(...children);
  return element;
}

const log = h('ol', { style: { listStyle: 'none', margin: '0 0 1rem', padding: '0', maxHeight: '14rem', overflowY: 'auto' }, tabIndex: 0 });
log.setAttribute('role', 'log');
log.setAttribute('aria-label', t.chat);

function note(who, text) {
  log.append(h('li', { style: { overflowWrap: 'anywhere' } }, h('strong', {}, h('bdi', {}, who), ': '), text));
  log.scrollTop = log.scrollHeight;
}

function chat(technician) {
  const field = h('input', {
    id: 'chat-text', maxLength: 2000, required: true, autocomplete: 'off', dir: 'auto', style: { fontSize: '1rem', letterSpacing: 'normal' },
  });
  const form = h('form', {}, h('label', { htmlFor: 'chat-text' }, t.message), field, h('button', { type: 'submit', className: 'quiet' }, t.send));
  form.addEventListener('submit', event => {
    event.preventDefault();
    line.say({ kind: 'chat', text: field.value });
    note(t.me, field.value);
    field.value = '';
    field.focus();
  });
  line.addEventListener('chat', ({ detail }) => note(technician, String(detail.text).slice(0, 2000)));
  return form;
}

function shareButtons() {
  const said = h('p', { className: 'soft' }, t.nothing);
  said.setAttribute('role', 'status');
  const own = h('video', { autoplay: true, muted: true, playsInline: true, hidden: true, style: { width: '100%', maxHeight: '12rem', background: '#000' } });
  const stop = h('button', { type: 'button', className: 'button', hidden: true, onclick: () => sharing.stop() }, t.stop);
  const starts = ['screen', 'camera'].filter(Sharing.can).map(kind =>
    h('button', { type: 'button', className: 'quiet', onclick: () => sharing.start(kind) }, t[kind]));
  sharing = new Sharing(line);
  sharing.addEventListener('change', () => {
    const { stream, kind, problem } = sharing;
    said.textContent = problem ? t.refused : stream ? t[`${kind}Shown`] : t.nothing;
    own.srcObject = stream;
    own.hidden = stop.hidden = !stream;
    starts.forEach(start => start.hidden = Boolean(stream));
    if (stream)
      stop.focus();
  });
  return [said, own, h('p', { className: 'choices' }, ...starts, stop)];
}

function begin(technician) {
  if (line)
    return;
  line = new Line('/assist/customer', secret);
  const buttons = h('div', {}, ...shareButtons());
  const form = chat(technician);
  place.replaceChildren(h('h2', {}, t.title), buttons, log, form);
  // Until the technician has come, nobody would hear or see.
  const show = isThere => [buttons, form].forEach(part => part.hidden = !isThere);
  show(false);
  line.addEventListener('here', () => show(true));
  line.addEventListener('gone', () => {
    sharing.stop();
    show(false);
  });
}

function end() {
  sharing?.stop();
  line?.hangUp();
  sharing = line = null;
  place.replaceChildren();
}

document.addEventListener('rescue:handover', ({ detail }) => {
  end();
  secret = detail.secret;
  begin(detail.technician);
});

document.addEventListener('rescue:status', ({ detail }) => {
  if (detail.status !== 'active')
    end();
  else if (secret)
    begin(detail.technician);
});
