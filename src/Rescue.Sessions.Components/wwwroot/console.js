import {
  actionButton, actionsOf, describe, everySecond, exportparts, focusedElement, h, invitationChip, invitationText, openModal, setText, statusChip, statusText, steady,
} from './rescue-sessions.js';

const typingPause = 250;
const loadPause = 10_000;

// Of more than these who came while nobody listened, their number is told.
const mostTold = 3;

const lastAlarm = 3;

// Below this many times the font size the table is cards, and details lie over it.
const narrow = 52;
const overlaid = 64;

const filters = ['open', 'connecting', 'waiting', 'active', 'onHold', 'transferring', 'rebooting', 'reconnecting', 'offline', 'timedOut', 'closed', 'all'];
const columns = ['customer', 'status', 'invitation', 'since', 'reference', 'technician'];

const by = (value, direction = 1) => (a, b) => direction * String(value(a)).localeCompare(String(value(b)));

// Who has waited longest is first; of everything else the newest.
const sections = [
  { name: 'waiting', holds: session => session.status === 'waiting', order: by(session => session.statusSince) },
  { name: 'offered', holds: session => session.transfer?.direction === 'incoming' },
  { name: 'mine', holds: (session, me) => !['connecting', 'closed'].includes(session.status) && session.owner?.id === me.id },
  { name: 'connecting', holds: session => session.status === 'connecting' },
  { name: 'closed', holds: session => session.status === 'closed' },
  { name: 'others', holds: () => true },
].map(section => ({ order: by(session => session.createdAt, -1), ...section }));
const shownOrder = ['waiting', 'offered', 'mine', 'connecting', 'others', 'closed'];

// Whoever may keep nothing in their browser chooses anew in each page.
function kept(name) {
  try {
    return localStorage.getItem(`rescue-sessions.${name}`);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`rescue-sessions.${name}`, value);
  } catch { /* It holds as long as the page. */ }
}

/** The console: toolbar, queue, tabs of the sessions under way, and details beside or over them. */
export function show(element, desk) { return new Console(element, desk); }

class Console {
  #element;
  #desk;
  // This view's own: its element begins anew when it is put elsewhere or into another language.
  #signal;
  #root;
  #rows = new Map();
  #render;
  #asking;
  #selected = null;
  #tabs = [];
  #tabPicture = '';
  #place = '';
  #selectedAt = 0;
  // Whose waiting was told.
  #told = new Set();
  // Which offer and which alarm of a session was told.
  #toldOf = new Map();
  // What this technician has offered and nobody has been told the end of.
  #offered = new Set();
  #presence = null;

  constructor(element, desk) {
    this.#element = element;
    this.#signal = element.signal;
    this.#desk = desk;
    this.#root = element.shadowRoot;
    this.#render = steady(this.#root, element.signal, () => this.#drawSessions());
    this.#draw();
    this.#listen();
    this.#render();
    this.#showLive();
    this.#showAnswer(element.firstAnswer);
    this.go(element.place);
    desk.loadMe().then(() => this.#render());
    if (desk.sessions.isNarrowed)
      desk.sessions.loadPresent();
    const stop = desk.live.listen();
    element.signal.addEventListener('abort', stop);
  }

  #draw() {
    const { t } = this.#desk;
    this.details = h('rescue-session', { id: 'details', closable: true, part: 'details', exportparts, onkeydown: event => this.#leaveOnEscape(event) });
    Object.assign(this.details, { givenDesk: this.#desk, outer: this.#element });
    this.details.addEventListener('rescue-close', event => {
      event.stopPropagation();
      this.select(null);
    });
    this.creating = h('rescue-new-session', { exportparts });
    Object.assign(this.creating, { givenDesk: this.#desk, outer: this.#element });
    this.#root.append(h('div', { class: 'console' },
      h('div', { class: 'toolbar', part: 'toolbar' },
        this.creating,
        h('slot', { name: 'toolbar' }),
        h('span', { class: 'toolbar-end' },
          h('span', { id: 'live', class: 'live', role: 'status', data: { state: 'connecting' } }, h('span', { class: 'live-text' }, t('live.connecting'))),
          this.#alertSwitches(),
          h('label', { id: 'presence', class: 'presence', hidden: true },
            h('span', { class: 'visually-hidden' }, t('presence.label')),
            h('select', {}, ...['available', 'busy', 'away'].map(presence => h('option', { value: presence }, t(`presence.${presence}`))))))),
      h('nav', { id: 'active', class: 'strip', part: 'tabs', 'aria-label': t('active.label'), hidden: true }, h('ul', {})),
      h('div', { class: 'desk' },
        h('section', { id: 'sessions', class: 'list', part: 'list', 'aria-labelledby': 'sessions-title', tabindex: '-1', data: { home: '' } },
          h('div', { class: 'list-head' },
            h('h2', { id: 'sessions-title' }, t('list.title')),
            h('div', { class: 'filters', role: 'search' },
              h('label', { class: 'visually-hidden', for: 'filter' }, t('list.filter')),
              h('select', { id: 'filter' }, ...filters.map(filter =>
                h('option', { value: filter }, t(filter === 'open' || filter === 'all' ? `list.filter.${filter}` : `status.${filter}`)))),
              h('label', { class: 'visually-hidden', for: 'search' }, t('list.search')),
              h('input', { id: 'search', type: 'search', maxlength: '128', autocomplete: 'off', placeholder: t('list.search') }))),
          h('p', { id: 'list-problem', class: 'notice error', role: 'alert', hidden: true }),
          h('table', { role: 'table' },
            h('caption', { class: 'visually-hidden' }, t('list.title')),
            h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
              ...columns.map(column => h('th', { role: 'columnheader', scope: 'col' }, t(`list.${column}`))),
              h('th', { role: 'columnheader', scope: 'col' }, h('span', { class: 'visually-hidden' }, t('list.action'))))),
            ...shownOrder.map(name => this.#section(name))),
          h('p', { id: 'loading', class: 'empty' }, t('list.loading')),
          h('div', { id: 'empty', class: 'empty', hidden: true })),
        h('dialog', { id: 'panel', class: 'panel', 'aria-label': t('details.title'), oncancel: event => this.#leaveOnCancel(event) }, this.details))));
  }

  #section(name) {
    const { t } = this.#desk;
    return h('tbody', { role: 'rowgroup', id: `section-${name}`, data: { section: name }, hidden: true },
      h('tr', { role: 'row', class: 'section' },
        h('th', { role: 'rowheader', scope: 'rowgroup', colspan: columns.length + 1 }, t(`section.${name}`), ' ', h('span', { class: 'count' }))),
      h('tr', { role: 'row', class: 'more', hidden: true },
        h('td', { role: 'cell', colspan: columns.length + 1, data: { label: '' } },
          h('button', { type: 'button', data: { more: name }, onclick: event => this.#more(name, event.currentTarget) }, t('list.more')))));
  }

  #alertSwitches() {
    const { t } = this.#desk;
    const isOn = name => kept(name) === 'on';
    // What the browser's own settings have taken back since does not hold.
    this.alerts = { sound: isOn('sound'), notices: isOn('notices') && globalThis.Notification?.permission === 'granted' };
    const toggle = (name, canBe = () => true) => {
      const button = h('button', {
        id: name, type: 'button', class: 'switch', 'aria-pressed': String(this.alerts[name]), title: t(`alerts.${name}.hint`), data: { alert: name },
        onclick: async () => {
          const wanted = !this.alerts[name] && await canBe();
          if (!wanted && !this.alerts[name])
            this.#element.toast(t('alerts.refused'), { kind: 'error' });
          this.alerts[name] = wanted;
          keep(name, wanted ? 'on' : 'off');
          button.setAttribute('aria-pressed', String(wanted));
          if (wanted && name === 'sound')
            ring();
        },
      }, t(`alerts.${name}`));
      return button;
    };
    return h('span', { class: 'alerts', role: 'group', 'aria-label': t('alerts.label') },
      toggle('sound'),
      'Notification' in globalThis ? toggle('notices', async () => await Notification.requestPermission() === 'granted') : null);
  }

  #listen() {
    const { sessions, live } = this.#desk;
    const { signal } = this.#element;
    sessions.addEventListener('change', () => {
      this.#noteOffers();
      this.#render();
    }, { signal });
    sessions.addEventListener('cleared', () => this.#beginAnew(), { signal });
    live.addEventListener('state', () => this.#showLive(), { signal });
    // What happened between the first answer and the open line is in neither.
    live.addEventListener('return', ({ detail }) => this.#return(detail), { signal });
    this.#desk.addEventListener('happened', event => this.#announce(event.detail), { signal });
    this.#desk.addEventListener('done', ({ detail }) => {
      // Whoever has gone on to another session meanwhile stays there.
      if (detail.action.picksUp && this.#selected !== null && this.#selected !== detail.session?.id && this.#selectedAt < detail.askedAt)
        this.select(detail.session.id);
    }, { signal });
    everySecond(() => this.#tick());
    addEventListener('hashchange', () => this.go(this.#element.place), { signal });
    this.#find('filter').addEventListener('change', event => this.#narrow({ filter: event.target.value }));
    let pause;
    const search = this.#find('search');
    search.addEventListener('input', () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.#narrow({ search: search.value.trim() }), typingPause);
    });
    for (const event of ['pointerdown', 'keydown'])
      document.addEventListener(event, () => this.#noteActivity(), { passive: true, signal });
    const sizes = new ResizeObserver(([entry]) => this.#fit(entry.contentRect.width));
    sizes.observe(this.#element);
    signal.addEventListener('abort', () => sizes.disconnect());
    this.#showPresence();
  }

  #find(id) { return this.#root.getElementById(id); }

  newSession(values) { return this.creating.open(values); }

  // ---- Where one is: the page's address, or the host's own router

  /** Goes where the address says. */
  go({ session, filter, search }) {
    const { sessions } = this.#desk;
    this.#place = JSON.stringify([session, filter, search]);
    this.#find('filter').value = filters.includes(filter) ? filter : 'open';
    if (focusedElement() !== this.#find('search'))
      this.#find('search').value = search;
    if (sessions.filter !== filter || sessions.search !== search) {
      Object.assign(sessions, { filter, search });
      this.#render();
      this.#load();
    }
    if (session !== this.#selected)
      this.#show(session);
  }

  /** Shows a session beside or over the list; null for none. */
  select(id) {
    this.#show(id);
    this.#tellPlace();
  }

  #narrow(change) {
    Object.assign(this.#desk.sessions, change);
    this.#render();
    this.#load();
    this.#tellPlace();
  }

  #tellPlace() {
    const { filter, search } = this.#desk.sessions;
    const place = { session: this.#selected, filter, search };
    const fresh = JSON.stringify(Object.values(place));
    if (fresh === this.#place)
      return;
    this.#place = fresh;
    if (!this.#element.tell('navigate', place) || this.#element.getAttribute('routing') === 'none')
      return;
    const address = new URLSearchParams(Object.entries({ session: place.session, filter: filter === 'open' ? null : filter, search }).filter(([, value]) => value));
    history.pushState(history.state, '', address.size > 0 ? `#${address}` : location.pathname + location.search);
  }

  #show(id) {
    const before = this.#selected;
    this.#selected = id;
    this.#selectedAt = performance.now();
    this.details.sessionId = id;
    this.#fit();
    this.#render();
    if (id !== null)
      this.#focusDetails(id);
    else if (before !== null)
      this.#focusRow(before);
  }

  async #focusDetails(id) {
    if (!this.details.view)
      await this.details.ready;
    if (this.#selected === id)
      this.details.view?.focus();
  }

  // Details that lie over the list are a dialog; beside it they are a part of the page.
  #fit(width = this.#element.clientWidth) {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const panel = this.#find('panel');
    const isOver = width < overlaid * size;
    this.#element.toggleAttribute('data-narrow', width < narrow * size);
    this.#root.querySelector('.desk').classList.toggle('has-details', this.#selected !== null);
    if (this.#selected === null) {
      // A dialog that nobody can see any more would leave everything else inert.
      for (const dialog of this.details.shadowRoot?.querySelectorAll('dialog[open]') ?? [])
        dialog.close();
      if (panel.open)
        panel.close();
      panel.classList.remove('beside');
    } else if (isOver && (!panel.open || panel.classList.contains('beside'))) {
      panel.open = false;
      panel.classList.remove('beside');
      panel.setAttribute('role', 'dialog');
      openModal(panel);
    } else if (!isOver && !panel.classList.contains('beside')) {
      panel.classList.add('beside');
      if (panel.open)
        panel.close();
      panel.setAttribute('role', 'complementary');
      panel.open = true;
    }
  }

  // By the phone's own way back, for instance.
  #leaveOnCancel(event) {
    event.preventDefault();
    this.select(null);
  }

  // Escape in a dialog above the details is that dialog's.
  #leaveOnEscape(event) {
    const panel = this.#find('panel');
    if (event.key !== 'Escape' || event.composedPath().some(node => node.localName === 'dialog' && node !== panel))
      return;
    event.preventDefault();
    this.select(null);
  }

  // ---- The queue

  #load() {
    const { sessions } = this.#desk;
    return Promise.all([this.#showAnswer(sessions.load()), sessions.isNarrowed && sessions.loadPresent()]);
  }

  // What was told, and told of, was another technician's.
  #beginAnew() {
    this.#told = new Set();
    this.#toldOf.clear();
    this.#offered.clear();
    this.told?.clear();
    this.#load();
  }

  // Who came while nobody listened is told of, too: no event tells of them any more.
  async #return({ isFirst }) {
    const { sessions } = this.#desk;
    const { isLoaded } = sessions;
    const told = this.#told;
    const known = new Map(sessions.all.map(session => [session.id, session]));
    this.#presence?.();
    await Promise.all([this.#load(), this.#desk.loadMe()]);
    // Of what was there before, somebody who has just come knows nothing.
    if (isFirst || !isLoaded || told !== this.#told)
      return;
    this.#offered.clear();
    this.#noteOffers();
    for (const session of sessions.all) {
      const { transfer, deadline } = known.get(session.id) ?? {};
      if (session.transfer?.direction === 'incoming' && transfer?.direction !== 'incoming')
        this.#tellOffer(session);
      if (session.deadline?.alarmLevel === lastAlarm && deadline?.alarmLevel !== lastAlarm && this.#desk.isMine(session))
        this.#tellAlarm(session);
    }
    const come = sessions.all.filter(session => session.status === 'waiting' && known.get(session.id)?.status !== 'waiting' && !this.#told.has(session.id));
    if (come.length <= mostTold) {
      come.forEach(session => this.#tellWaiting(session));
      return;
    }
    for (const { id } of come)
      this.#told.add(id);
    this.#say(come[0], 'waitingMany', this.#desk.t('toast.waitingMany', come.length));
  }

  async #showAnswer(asking) {
    this.#asking = asking;
    const answer = await asking;
    if (this.#asking !== asking)
      return;
    const problem = this.#find('list-problem');
    problem.hidden = answer.ok;
    setText(problem, answer.ok ? '' : describe(this.#desk, answer));
    this.#render();
    // A line that is well brings nothing that would ask again. Not all consoles of a service that was away come at once.
    if (answer.status === 0 || answer.status === 429 || answer.status >= 500)
      setTimeout(() => this.#asking === asking && !this.#signal.aborted && this.#load(), Math.max(loadPause, (Number(answer.retryAfter) || 0) * 1_000) * (1 + Math.random()));
  }

  async #more(name, button) {
    button.ariaDisabled = 'true';
    const answer = await this.#desk.sessions.more(name === 'connecting' || name === 'closed' ? name : 'waiting');
    button.ariaDisabled = null;
    if (!answer.ok)
      this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
    // A hidden button keeps the focus until the browser draws.
    if (!focusedElement() || button.closest('[hidden]'))
      this.#element.restoreFocus();
  }

  #drawSessions() {
    const { sessions, me } = this.#desk;
    const { shown } = sessions;
    const ids = new Set(shown.map(session => session.id));
    const focused = focusedElement();
    const row = this.#rowOf(focused);
    for (const [id, gone] of this.#rows)
      if (!ids.has(id)) {
        gone.remove();
        this.#rows.delete(id);
      }
    const held = new Map(shownOrder.map(name => [name, []]));
    for (const session of shown)
      held.get(sections.find(section => section.holds(session, me)).name).push(session);
    for (const { name, order } of sections)
      this.#fillSection(name, held.get(name).sort(order));
    this.#renderTabs();
    this.#showEmpty(shown.length);
    this.#countWaiting();
    if (row && !focused.isConnected || row && focusedElement() !== focused)
      this.#focusRow(row, focused.dataset.action);
  }

  #fillSection(name, held) {
    const body = this.#find(`section-${name}`);
    const [head, more] = [body.firstElementChild, body.lastElementChild];
    const hasMore = name === 'connecting' || name === 'closed' ? this.#desk.sessions.hasMore(name) : name === 'others' && this.#desk.sessions.hasMore('waiting');
    body.hidden = held.length === 0 && !hasMore;
    more.hidden = !hasMore;
    setText(head.querySelector('.count'), hasMore ? `${held.length}+` : String(held.length));
    held.forEach((session, index) => {
      const row = this.#rows.get(session.id) ?? this.#makeRow(session.id);
      this.#fillRow(row, session);
      row.toggleAttribute('data-selected', session.id === this.#selected);
      row.querySelector('.row-name').setAttribute('aria-pressed', String(session.id === this.#selected));
      if (body.children[index + 1] !== row)
        body.insertBefore(row, body.children[index + 1]);
    });
  }

  #makeRow(id) {
    const row = h('tr', { role: 'row', data: { id }, onclick: () => this.select(id) });
    this.#rows.set(id, row);
    return row;
  }

  // A cell is made anew only when what it shows has changed: focus and pointer stay on the rest.
  #fillRow(row, session) {
    row.dataset.status = session.status;
    this.#cells(session).forEach(([picture, make], index) => {
      const fresh = JSON.stringify([picture]);
      const cell = row.cells[index];
      if (cell?.dataset.picture === fresh)
        return;
      const made = make();
      made.dataset.picture = fresh;
      if (cell)
        cell.replaceWith(made);
      else
        row.append(made);
    });
  }

  // What each cell shows, and how it is made.
  #cells(session) {
    const { t, clock, me } = this.#desk;
    const { status, customerName, request, invitation, reference, createdAt, permitted } = session;
    const technician = (session.owner ?? session.createdBy)?.name;
    const since = session.endedAt ?? session.statusSince;
    const hasWhole = status !== 'closed' && status !== 'connecting';
    const cell = (label, properties, ...children) => h('td', { role: 'cell', ...properties, data: { label, ...properties.data } }, ...children);
    const ifAny = value => value ? {} : { data: { none: '' } };
    return [
      // What people typed may be long and without a space.
      [[customerName, request !== null && request !== undefined], () => cell('', { class: 'free' },
        h('button', { type: 'button', class: 'row-name', data: { action: 'name' } }, customerName),
        request ? [' ', h('span', { class: 'chip', data: { asked: '' }, title: request.topic }, t('list.asked'))] : null)],
      [[status, statusText(this.#desk, session)], () => cell(t('list.status'), {}, statusChip(this.#desk, session))],
      [invitation && [invitationText(this.#desk, session), invitation.state, invitation.reason], () => cell(t('list.invitation'), ifAny(invitation), invitationChip(this.#desk, session))],
      [[since, hasWhole && createdAt], () => cell(t('list.since'), {}, h('span', {},
        h('span', { class: 'since', data: { since } }, clock.since(since)),
        hasWhole && h('small', { class: 'since muted' }, ' ', t('list.whole'), ' ', h('span', { data: { since: createdAt } }, clock.since(createdAt)))))],
      [reference, () => cell(t('list.reference'), { class: 'free', ...ifAny(reference) }, reference ?? '–')],
      [technician, () => cell(t('list.technician'), {}, technician ?? '–')],
      // Who may not is told so.
      [[permitted, status, session.owner?.id, me.id, me.rights], () => {
        const [first] = actionsOf(this.#desk, session).filter(action => action.weight === 'primary');
        return cell('', {}, first && actionButton(this.#element, first, session, customerName));
      }],
    ];
  }

  #showEmpty(count) {
    const { t, sessions } = this.#desk;
    const empty = this.#find('empty');
    empty.hidden = count > 0 || !sessions.isLoaded;
    this.#find('loading').hidden = sessions.isLoaded || count > 0 || !this.#find('list-problem').hidden;
    this.#root.querySelector('table').hidden = count === 0;
    const picture = empty.hidden ? '' : JSON.stringify([sessions.filter, sessions.search]);
    if (empty.dataset.picture === picture)
      return;
    empty.dataset.picture = picture;
    const clear = () => {
      this.#find('search').value = '';
      this.#find('filter').value = 'open';
      this.#narrow({ filter: 'open', search: '' });
      this.#find('search').focus();
    };
    empty.replaceChildren(...empty.hidden ? [] : sessions.isNarrowed
      ? [h('p', {}, sessions.search ? t('list.noHits', sessions.search) : t('list.noneOfThese')), h('button', { id: 'clear', type: 'button', onclick: clear }, t('list.clear'))]
      : [
        h('h3', {}, t('first.title')),
        h('ol', { class: 'first-run' }, ...['create', 'send', 'start'].map(step => h('li', {}, t(`first.${step}`)))),
        h('button', { type: 'button', class: 'primary', onclick: () => this.newSession() }, t('create.open')),
      ]);
  }

  #rowOf(focused) { return focused?.closest?.('tr[data-id]')?.dataset.id ?? null; }

  // The same button; where it is gone, what has taken its place.
  #focusRow(id, action = 'name') {
    const buttons = [...this.#rows.get(id)?.querySelectorAll('[data-action]') ?? []];
    (buttons.find(button => button.dataset.action === action) ?? buttons.at(-1) ?? this.#find('sessions')).focus();
  }

  /** After an action whose button may be gone. */
  keepFocus(id, { action }) {
    if (!focusedElement())
      this.#focusRow(id, action);
  }

  #tick() {
    const { clock } = this.#desk;
    if (this.#signal.aborted)
      return false;
    for (const element of this.#root.querySelectorAll('#sessions [data-since]'))
      setText(element, clock.since(element.dataset.since));
    return true;
  }

  // ---- Tabs

  // A session whose line is down, or that a colleague has not taken yet, is still being helped with: its tab stays, and stays where it is.
  #renderTabs() {
    const { t } = this.#desk;
    const withTab = ['active', 'transferring', 'rebooting', 'reconnecting', 'offline'];
    const open = this.#desk.sessions.all.filter(session => withTab.includes(session.status) && session.startedAt && session.owner?.id === this.#desk.me.id)
      .sort(by(session => session.startedAt));
    this.#tabs.push(...open.map(session => session.id).filter(id => !this.#tabs.includes(id)));
    open.sort((a, b) => this.#tabs.indexOf(a.id) - this.#tabs.indexOf(b.id));
    const fresh = JSON.stringify([this.#selected, open.map(session => [session.id, session.customerName, session.status])]);
    if (fresh === this.#tabPicture)
      return;
    this.#tabPicture = fresh;
    const strip = this.#find('active');
    const focused = strip.contains(focusedElement()) ? focusedElement().dataset.id : null;
    strip.hidden = open.length === 0;
    strip.firstElementChild.replaceChildren(...open.map(session => h('li', {},
      h('button', {
        type: 'button',
        part: null,
        title: session.customerName,
        data: { id: session.id, status: session.status },
        'aria-pressed': String(session.id === this.#selected),
        onclick: () => this.select(session.id),
      }, h('span', { class: 'tab-name' }, session.customerName), session.status === 'active' ? null : h('small', {}, statusText(this.#desk, session))))));
    if (focused)
      (strip.querySelector(`[data-id="${CSS.escape(focused)}"]`) ?? this.#find('sessions')).focus();
  }

  // ---- What is going on

  #showLive() {
    const { t, live, clock } = this.#desk;
    const place = this.#find('live');
    place.dataset.state = live.state;
    setText(place.firstElementChild, t(`live.${live.state}`, clock.time(live.heardAt)));
  }

  async #showPresence() {
    const { service } = this.#desk;
    const label = this.#find('presence');
    const select = label.querySelector('select');
    let known = null;
    let changes = 0;
    let asked = 0;
    let answered = 0;
    // Each after the one before, so that the last one chosen is the last one stored.
    let changing = Promise.resolve();
    const change = async (wanted, number) => {
      const changed = await service.put('/presence', { presence: wanted });
      if (changed.ok) {
        known = wanted;
      } else {
        if (number === changes)
          select.value = known;
        this.#element.toast(describe(this.#desk, changed), { kind: 'error' });
      }
    };
    select.addEventListener('change', () => {
      const [wanted, number] = [select.value, ++changes];
      changing = changing.then(() => change(wanted, number));
    });
    // It may have been changed in another window since.
    this.#presence = async () => {
      const [before, number] = [changes, ++asked];
      // Until a choice is stored, the service tells what was before it.
      await changing;
      const answer = await service.get('/presence');
      if (!answer.ok || before !== changes || number < answered)
        return;
      answered = number;
      known = select.value = answer.data.presence;
      label.hidden = false;
    };
    await this.#presence();
  }

  #tellWaiting(session) {
    if (this.#told.has(session.id))
      return;
    this.#told.add(session.id);
    this.#say(session, 'waiting', this.#desk.t('toast.waiting', session.customerName));
  }

  #tellOffer(session) {
    if (this.#isNews('incoming', session, session.statusSince))
      this.#say(session, 'incoming', this.#desk.t('toast.incoming', session.customerName));
  }

  #tellAlarm(session) {
    const { t, clock } = this.#desk;
    const { trigger, at } = session.deadline;
    if (this.#isNews('alarm', session, at))
      this.#say(session, 'alarm', t('toast.alarm', session.customerName, t(`deadline.${trigger}`), clock.duration(clock.until(at))), at);
  }

  // An event may tell what the list has told already.
  #isNews(what, { id }, at) {
    const isNews = this.#toldOf.get(`${what}/${id}`) !== at;
    this.#toldOf.set(`${what}/${id}`, at);
    return isNews;
  }

  #say(session, what, text, at = session.statusSince) {
    this.#element.toast(text, { kind: 'waiting', action: { label: this.#desk.t('toast.show'), run: () => this.select(session.id) } });
    this.#alert(`${what}/${session.id}/${at}`, text);
  }

  #noteOffers() {
    for (const { id, transfer } of this.#desk.sessions.all)
      if (transfer?.direction === 'outgoing')
        this.#offered.add(id);
  }

  /** Tells the technician that a customer waits, that a colleague hands one over or has answered their own offer, or that a time-out comes near. */
  #announce(event) {
    const { t, me } = this.#desk;
    const { session } = event;
    if (session === null) {
      if (event.sessionId === this.#selected)
        this.select(null);
      return;
    }
    if (session.status !== 'waiting')
      this.#told.delete(session.id);
    if (session.status === 'closed')
      for (const what of ['incoming', 'alarm'])
        this.#toldOf.delete(`${what}/${session.id}`);
    const say = (what, text) => this.#say(session, what, text, event.at);
    const offerEnds = { acceptTransfer: 'accepted', declineTransfer: 'declined', transferTimeOut: 'unanswered' }[event.trigger];
    // An answer may have brought it before the event. Where it is back with whoever has offered it, the offer need not have been seen.
    const isBack = event.trigger !== 'acceptTransfer' && session.owner && session.owner.id === me.id;
    const wasOffered = event.from === 'transferring' && event.to !== 'transferring' && this.#offered.delete(session.id);
    if (offerEnds && (isBack || wasOffered))
      say(offerEnds, t(`toast.${offerEnds}`, session.customerName, session.owner?.name));
    // Of several changes that come with one session, one is that it waits.
    else if (session.status === 'waiting' && event.to === 'waiting' && event.from !== 'waiting')
      this.#tellWaiting(session);
    else if (event.kind === 'alarm' && event.detail === String(lastAlarm) && session.deadline && this.#desk.isMine(session))
      this.#tellAlarm(session);
    else if (session.status === 'transferring' && event.trigger === 'transfer' && session.owner?.id !== me.id && session.permitted.includes('acceptTransfer'))
      this.#tellOffer(session);
    else if (event.kind === 'codeTried' && this.#desk.isMine(session))
      say('codeTried', t('toast.codeTried', session.customerName));
    else if (event.detail === 'notAskedFor' && this.#desk.isMine(session))
      say('notAskedFor', t('toast.notAskedFor', session.customerName));
  }

  #alert(tag, text) {
    if (this.alerts.sound)
      ring();
    if (!this.alerts.notices || !document.hidden || globalThis.Notification?.permission !== 'granted')
      return;
    try {
      // One replaces another of the same tag without a sound: that of a second window tells nothing new, and everything else does.
      new Notification(this.#desk.t('list.title'), { body: text, tag });
    } catch {
      // Chrome on Android has them for pages with a service worker alone, and says so only here.
      this.#element.toast(this.#desk.t('alerts.refused'), { kind: 'error' });
      this.#find('notices').click();
    }
  }

  // The window's title counts those who wait; a host that does not want that prevents the event.
  #countWaiting() {
    const waiting = this.#desk.sessions.all.filter(session => session.status === 'waiting').length;
    if (this.waiting === waiting)
      return;
    this.waiting = waiting;
    const plain = document.title.replace(/^\(\d+\) /, '');
    if (this.#element.tell('waiting', { count: waiting }))
      document.title = waiting > 0 ? `(${waiting}) ${plain}` : plain;
  }

  // Whoever types or clicks while looking at their active session is at work in it: its idle time-out runs anew.
  #noteActivity() {
    const pause = 60_000;
    const { service, sessions, me } = this.#desk;
    const session = sessions.find(this.#selected);
    if (session?.status !== 'active' || session.owner?.id !== me.id)
      return;
    const told = this.told ??= new Map();
    if (performance.now() - (told.get(session.id) ?? -pause) < pause)
      return;
    told.set(session.id, performance.now());
    service.post(service.session(session.id, '/activity'));
  }
}

// Two soft tones; a browser that lets no page sound before it was used stays silent.
function ring() {
  const audio = new AudioContext();
  for (const [start, pitch] of [[0, 660], [0.18, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.08, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.3);
  }
  setTimeout(() => audio.close(), 1_000);
}
