import {
  actionButton, actionsOf, copy, describe, everySecond, focusedElement, grouped, h, invitationText, languageName, moduleOf, onceAtATime, setText, shortAddress, statusChip, steady,
  stillShows,
} from './rescue-sessions.js';

/** One session: its code while it is live, how far it has come, what may be done, and its history. */
export function show(element, desk) { return new Details(element, desk); }

class Details {
  #element;
  #desk;
  #signal;
  #panel = h('section', { class: 'details', 'aria-labelledby': 'details-title' });
  #id = null;
  #follow;
  #code = { version: 0 };
  #picture = '';
  // What was shown last, and which secret was told.
  #before = null;
  #handedOver = null;
  #hasLeft = false;
  #wantsFocus = false;

  constructor(element, desk) {
    this.#element = element;
    this.#signal = element.signal;
    this.#desk = desk;
    element.shadowRoot.append(this.#panel);
    const { signal } = element;
    this.#follow = steady(element.shadowRoot, signal, () => this.#draw());
    desk.sessions.addEventListener('change', () => this.#follow(), { signal });
    desk.sessions.addEventListener('gone', ({ detail }) => detail === this.#id && !this.#hasLeft && this.#leave(), { signal });
    desk.sessions.addEventListener('cleared', () => this.#hide(), { signal });
    // An event tells a session's state but not its history.
    desk.addEventListener('happened', ({ detail }) => detail.sessionId === this.#id && detail.session && this.#fetch(), { signal });
    desk.live.addEventListener('return', () => this.#id && this.#fetch(), { signal });
    desk.loadMe().then(() => this.#follow());
    if (!element.outer)
      signal.addEventListener('abort', desk.live.listen());
    everySecond(() => this.#tick());
    this.select(element.sessionId);
  }

  select(id) {
    if (id === this.#id && this.#picture !== '')
      return;
    this.#id = id;
    this.#code = { version: 0 };
    this.#picture = '';
    this.#before = this.#handedOver = null;
    this.#hasLeft = false;
    this.#clear();
    if (id === null)
      return;
    this.#follow();
    this.#fetch();
  }

  /** Takes the focus, at once or as soon as there is something to look at. */
  focus() {
    const title = this.#find('details-title');
    this.#wantsFocus = !title;
    title?.focus({ preventScroll: true });
  }

  /** After an action whose button may be gone. */
  keepFocus(_, had) {
    if (!focusedElement() && this.#find('details-title'))
      this.#restore(had);
  }

  #find(id) { return this.#element.shadowRoot.getElementById(id); }

  #clear() { this.#panel.replaceChildren(); }

  async #fetch() {
    const id = this.#id;
    const { service, sessions } = this.#desk;
    const answer = await service.get(service.session(id));
    // Whoever shows this may close it with what the answer brings.
    const isAwaited = id === this.#id && !this.#hasLeft;
    sessions.take(id, answer);
    if (isAwaited && !answer.ok && answer.status !== 401 && !(answer.status === 404 && sessions.find(id)))
      this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
    if (answer.ok && id === this.#id) {
      // Only this answer has the code; what an event tells of the session must not take it away, nor an answer that was overtaken.
      const { pin, link, version } = answer.data;
      if (version >= this.#code.version)
        this.#code = { pin, link, version };
      this.#follow();
    }
  }

  #draw() {
    const session = this.#id && this.#desk.sessions.find(this.#id);
    if (session)
      this.#render(session);
  }

  // What has become somebody else's, or was erased, is not left to be read where the page goes on showing this.
  #leave() {
    this.#picture = '';
    this.#before = this.#handedOver = null;
    this.#hasLeft = true;
    this.#clear();
    this.#element.tell('close', { session: this.#id });
  }

  // Whoever is signed in now asks anew, and may not see it.
  #hide() {
    // An element that is taken out with what is around it asks nothing any more as who was signed in.
    if (this.#id === null || this.#hasLeft || !this.#element.isConnected || this.#element.outer?.signal.aborted)
      return;
    this.#code = { version: 0 };
    this.#picture = '';
    this.#wantsFocus ||= this.#panel.contains(focusedElement());
    this.#clear();
    // Where this lies over all else, it can be left.
    this.#panel.append(h('div', { class: 'details-head' }, this.#closeButton(this.#id)));
    this.#fetch();
  }

  #closeButton(id) {
    return this.#element.hasAttribute('closable')
      ? h('button', { type: 'button', class: 'close', data: { key: 'close' }, 'aria-label': this.#desk.t('details.close'), onclick: () => this.#element.tell('close', { session: id }) }, '×')
      : null;
  }

  #render(session) {
    const code = session.status === 'connecting' && this.#code.pin ? this.#code : null;
    const fresh = JSON.stringify([session, code, this.#desk.me, this.#desk.namings]);
    if (fresh === this.#picture)
      return;
    const before = this.#before;
    this.#before = session;
    this.#picture = fresh;
    this.#hasLeft = false;
    const { t } = this.#desk;
    const had = this.#panel.contains(focusedElement()) ? focusedElement() : null;
    // Cleared first: when something cannot be drawn, the buttons of what stood here before must not be left.
    this.#clear();
    this.#panel.append(
      h('div', { class: 'details-head' },
        h('h2', { id: 'details-title', tabindex: '-1', data: { home: '' } }, session.customerName),
        this.#closeButton(session.id)),
      h('p', { class: 'details-status', role: 'status' }, statusChip(this.#desk, session)),
      h('div', { class: 'buttons start' }, ...actionButtons(this.#element, session)),
      code ? codeCard(this.#element, session, code) : '',
      this.#fields(session),
      h('slot', { name: 'assistance' }),
      ...guestsPart(this.#element, session),
      h('h3', {}, t('details.history')),
      historyList(this.#desk, session),
      ...exportPart(this.#element, session));
    if (had || this.#wantsFocus)
      this.#restore(had?.dataset);
    // It was left and came back while the line was down, too: what had begun with it has ended at the customer's.
    if (before && before.statusSince !== session.statusSince) {
      this.#handedOver = null;
      this.#element.tell('status', { session });
    }
    const { secret } = session.handOver ?? {};
    if (secret && secret !== this.#handedOver) {
      this.#handedOver = secret;
      this.#element.tell('handover', { session, secret });
    }
  }

  // The same button; where it is gone, another action.
  #restore({ action, key } = {}) {
    this.#wantsFocus = false;
    const same = action ? `[data-action="${action}"]` : key ? `[data-key="${key}"]` : null;
    (same && this.#panel.querySelector(same) || action && this.#panel.querySelector('[data-action]') || this.#find('details-title')).focus({ preventScroll: true });
  }

  #fields(session) {
    const { t, named, clock } = this.#desk;
    const { owner, invitation, deadline } = session;
    const device = [session.platform && named('platform', session.platform), session.hostName, session.kind && named('kind', session.kind)];
    const fields = [
      ['deadline', deadline && h('span', { data: { alarm: deadline.alarmLevel } }, `${named('deadline', deadline.trigger)} `, this.#countdown(deadline.at))],
      ['since', h('span', { data: { since: session.statusSince } }, clock.since(session.statusSince))],
      ['whole', session.status !== 'connecting' && h('span', { data: { since: session.createdAt, ...session.endedAt && { end: session.endedAt } } }, clock.since(session.createdAt, session.endedAt))],
      ['request', session.request?.topic],
      ['requestEmail', session.request?.email],
      ['reference', session.reference],
      ['technician', owner?.name],
      ['started', session.startedAt && clock.dateTime(session.startedAt)],
      ['ended', session.endedAt && clock.dateTime(session.endedAt)],
      ['invitation', invitation && [invitationText(this.#desk, session), invitation.at && clock.dateTime(invitation.at), invitation.reason].filter(Boolean).join(' · ')],
      ['delivery', invitation?.delivery && named('delivery', invitation.channel === 'sms' ? 'sms' : invitation.delivery)],
      ['to', invitation?.to],
      ['language', invitation?.language && languageName(invitation.language, this.#desk.language)],
      ['tried', session.codeTriedAt && clock.dateTime(session.codeTriedAt)],
      ['device', device.filter(Boolean).join(' · ')],
      ...Object.entries(session.fields ?? {}).map(([name, value]) => [`fields.${name}`, value]),
      ['seen', this.#seen(session)],
      ['created', session.createdBy ? t('details.createdBy', session.createdBy.name, clock.dateTime(session.createdAt)) : session.request && t('details.createdByCustomer', clock.dateTime(session.createdAt))],
    ];
    return h('dl', { class: 'fields' }, ...fields.filter(([, value]) => value)
      .flatMap(([name, value]) => [h('dt', {}, t(name.startsWith('fields.') ? name : `details.${name}`)), h('dd', {}, value)]));
  }

  // A sign of life is no event. While the service listens the status tells that there are some, and the last would stand still; after a silence the next is one.
  #seen({ status, lastSeenAt }) {
    const { clock } = this.#desk;
    if (!lastSeenAt || !['reconnecting', 'offline', 'closed'].includes(status))
      return null;
    return status !== 'closed'
      ? h('span', {}, `${clock.dateTime(lastSeenAt)} · `, h('span', { data: { since: lastSeenAt } }, clock.since(lastSeenAt)))
      : clock.dateTime(lastSeenAt);
  }

  #countdown(instant) { return h('span', { data: { until: instant } }, this.#desk.clock.duration(this.#desk.clock.until(instant))); }

  #tick() {
    const { clock } = this.#desk;
    if (this.#signal.aborted)
      return false;
    for (const place of this.#panel.querySelectorAll('[data-since]'))
      setText(place, clock.since(place.dataset.since, place.dataset.end));
    for (const place of this.#panel.querySelectorAll('[data-until]'))
      setText(place, clock.duration(clock.until(place.dataset.until)));
    return true;
  }
}

const actionButtons = (element, session) => actionsOf(element.desk, session).map(action => actionButton(element, action, session));

// What the customer needs, for as long as it can be used: after the dialog is closed, too.
function codeCard(element, session, { pin, link }) {
  const { t, clock } = element.desk;
  return h('section', { class: 'code', part: 'code', 'aria-labelledby': 'code-title' },
    h('h3', { id: 'code-title', class: 'code-label' }, t('created.pin')),
    h('output', { id: 'details-pin', class: 'pin', 'aria-labelledby': 'code-title' }, grouped(pin)),
    h('button', { type: 'button', data: { key: 'copy-pin' }, onclick: () => copy(element, pin) }, t('created.copyPin')),
    h('p', { class: 'expiry' }, t('details.codeFor'), ' ', h('span', { data: { until: session.expiresAt } }, clock.duration(clock.until(session.expiresAt)))),
    h('div', { class: 'with-button' },
      h('input', { id: 'details-link', readonly: true, 'aria-label': t('created.link'), data: { key: 'link' }, value: link }),
      h('button', { type: 'button', data: { key: 'copy-link' }, onclick: () => copy(element, link) }, t('created.copyLink'))),
    h('p', { class: 'hint' }, t('created.byTelephone', shortAddress(link))),
    session.codeTriedAt ? h('p', { class: 'notice' }, t('details.triedAt', clock.time(session.codeTriedAt))) : null);
}

// Who takes part beside technician and customer, while somebody may be invited or was.
function guestsPart(element, session) {
  const { desk } = element;
  const { t, clock } = desk;
  const isOpen = session.status !== 'closed';
  const mayInvite = isOpen && !desk.lacks('inviteGuests') && (!desk.isColleagues(session) || !desk.lacks('colleaguesSessions'));
  if (!mayInvite && !session.guests)
    return [];
  const isPresent = guest => isOpen && (guest.state === 'invited' || guest.state === 'joined') && clock.until(guest.expiresAt) > 0;
  const guest = one => h('li', { data: { guest: one.state } },
    h('bdi', { class: 'history-what' }, one.name),
    h('span', { class: 'chip quiet' }, t(`guests.${one.state}`)),
    isPresent(one) && h('span', { class: 'muted' }, t('guests.until', clock.dateTime(one.expiresAt))),
    isPresent(one) && h('button', {
      type: 'button', data: { key: `guest-${one.id}` }, 'aria-label': t('action.on', t('guests.end'), one.name), onclick: later(element, session, './guests.js', part => part.endVisit(element, session, one)),
    }, t('guests.end')));
  return [
    h('h3', {}, t('guests.heading')),
    session.guests ? h('ul', { class: 'guests', id: 'guests' }, ...session.guests.map(guest)) : '',
    mayInvite ? h('div', { class: 'buttons start' }, h('button', { type: 'button', data: { key: 'invite-guest' }, onclick: later(element, session, './guests.js', part => part.inviteGuest(element, session)) }, t('guests.invite'))) : '',
  ];
}

// What comes with a module of its own, once, and only where its session is still shown then.
const later = (element, session, name, work) => onceAtATime(async ({ currentTarget }) => {
  const part = await moduleOf(element, name);
  if (part && stillShows(element, session))
    await work(part, currentTarget);
});

// Of a colleague to whom it was offered the history has the id, which says nothing; their name is in the session only once they have it.
function peopleOf(desk, { owner, createdBy, transfer, history }) {
  const people = new Map([owner, createdBy, transfer?.from].filter(Boolean).map(person => [person.id, person.name]));
  for (const { trigger, detail } of history ?? [])
    if (trigger === 'transfer' && detail && !people.has(detail))
      people.set(detail, desk.nameOf(detail));
  return people;
}

function historyList(desk, session) {
  const { t, named, words, clock } = desk;
  const people = peopleOf(desk, session);
  const what = entry => entry.trigger && words.has(`trigger.${entry.trigger}`) ? t(`trigger.${entry.trigger}`) : named('history', entry.kind);
  const change = entry => entry.from && entry.to && entry.from !== entry.to ? t('history.change', named('status', entry.from), named('status', entry.to)) : null;
  const who = entry => entry.actorName ?? (entry.actor ? named('actor', entry.actor) : null);
  const details = {
    invitation: entry => named('invitation', entry.detail[0].toLowerCase() + entry.detail.slice(1)),
    alarm: entry => named('alarm', entry.detail),
    // Names are as they were given.
    guestInvited: entry => entry.detail,
    guestJoined: entry => entry.detail,
    guestLeft: entry => entry.detail,
    transition: entry => entry.trigger === 'transfer' ? people.get(entry.detail) ?? null : named('detail', entry.detail),
  };
  const detail = entry => entry.detail ? (details[entry.kind] ?? (() => named('detail', entry.detail)))(entry) : null;
  return h('ol', { class: 'history' }, ...(session.history ?? []).toReversed().map(entry => h('li', {},
    h('span', { class: 'history-what' }, what(entry)),
    ...[change(entry), who(entry), detail(entry)].filter(Boolean).map(text => h('span', { class: 'history-more' }, text)),
    h('time', { datetime: entry.at }, clock.dateTime(entry.at)))));
}

// ---- A customer's data

// All that is stored about a session's customer, for whom asks for it: by name, and by address where there is one.
function exportPart(element, session) {
  const { desk } = element;
  const { t } = desk;
  if (desk.lacks('exportPersonalData'))
    return [];
  const saveButton = (action, text, customer) => h('button', {
    type: 'button', data: { action }, onclick: later(element, session, './personal.js', (part, button) => part.save(element, button, customer)),
  }, text);
  const eraseButton = (action, text, customer) => desk.lacks('erasePersonalData') ? null : h('button', {
    type: 'button', class: 'danger', data: { action }, onclick: later(element, session, './personal.js', part => part.erase(element, action, session, customer)),
  }, text);
  const address = session.invitation?.to ?? session.request?.email;
  const byAddress = session.invitation?.channel === 'sms' ? 'byNumber' : 'byAddress';
  return [
    h('h3', {}, t('export.title')),
    h('p', { class: 'hint' }, t('export.hint')),
    h('div', { class: 'buttons start' },
      saveButton('exportName', t('export.byName'), session.customerName),
      address ? saveButton('exportAddress', t(`export.${byAddress}`), address) : null,
      eraseButton('erase', t('erase.byName'), session.customerName),
      address ? eraseButton('eraseAddress', t(`erase.${byAddress}`), address) : null),
  ];
}
