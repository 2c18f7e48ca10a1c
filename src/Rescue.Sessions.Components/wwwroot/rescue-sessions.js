/**
 * The custom elements of Rescue.Sessions. This module is what all of them stand on; the view of each is a module of its own, which comes while the
 * first answers of the server are on their way. There are few modules because each is a request.
 */

const languages = ['en', 'fr', 'nl'];

// ---- Elements of a page

// To a theme all buttons are one part, with their weight beside it; what looks like something else (a cross, a switch, a link, a tab) is none.
const weights = [undefined, null, 'primary', 'danger'];
const partOf = (tag, properties) => tag === 'button' && weights.includes(properties.class) && properties.role !== 'tab' ? `button ${properties.class ?? ''}`.trim() : null;

/** What a theme reaches of an element within another; parts do not leave two shadow roots by themselves. */
export const exportparts = 'button, primary, danger, status, code, dialog, toasts';

/** Makes an element. Properties that start with "on" listen, "data" fills the dataset, the rest are attributes; text is always text. */
export function h(tag, given = {}, ...children) {
  const properties = { part: partOf(tag, given), ...given };
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false)
      continue;
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value);
    else if (name === 'data')
      Object.assign(element.dataset, value);
    else
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets text only when it differs: a screen reader repeats what is written again. */
export function setText(element, text) {
  if (element.textContent !== text)
    element.textContent = text;
}

/** The element that has the focus, however many shadow roots deep; null when nothing has. */
export function focusedElement() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement)
    element = element.shadowRoot.activeElement;
  return element === document.body || element === document.documentElement ? null : element;
}

/** Answers a function that does its work once at a time: what a double click asks for, or Enter that is held, is asked for once. */
export function onceAtATime(work) {
  let atWork = false;
  return async (...values) => {
    if (atWork)
      return;
    atWork = true;
    try {
      await work(...values);
    } finally {
      atWork = false;
    }
  };
}

// The longest time after which a finger's click follows its release.
const tapPause = 350;

/**
 * Answers a function that draws, but not while a pointer or the space bar is down in the root: between press and release what is pressed must neither be
 * replaced nor move away, or the click is lost. What was to be drawn meanwhile is drawn after the click.
 */
export function steady(root, signal, draw) {
  let press = null;
  let isDue = false;
  const redraw = () => {
    isDue = press !== null;
    if (!isDue)
      draw();
  };
  const begin = () => { press = {}; };
  const endAfter = pause => {
    const ended = press;
    setTimeout(() => {
      if (press !== ended)
        return;
      press = null;
      if (isDue)
        redraw();
    }, pause);
  };
  const capture = { capture: true, signal };
  root.addEventListener('pointerdown', event => event.button === 0 && begin(), capture);
  root.addEventListener('keydown', event => event.key === ' ' && !event.repeat && begin(), capture);
  root.addEventListener('click', () => endAfter(0), capture);
  for (const name of ['pointerup', 'pointercancel', 'keyup', 'contextmenu', 'blur'])
    addEventListener(name, () => press && endAfter(name === 'pointerup' ? tapPause : 0), capture);
  return redraw;
}

// ---- Files

async function file(address) {
  const answer = await fetch(address);
  if (!answer.ok)
    throw new Error(`${address} was answered with ${answer.status}`);
  return answer;
}

/** What was asked for under a name, once; what has failed is asked for again. */
function once(asked, name, ask) {
  if (!asked.has(name)) {
    asked.set(name, ask());
    asked.get(name).catch(() => asked.delete(name));
  }
  return asked.get(name);
}

const sheets = new Map();

// Constructed, so that the strictest content security policy has nothing against it.
const sheet = name => once(sheets, name, async () => new CSSStyleSheet().replace(await (await file(new URL(`./${name}.css`, import.meta.url))).text()));

// ---- Words

async function words(language, part) {
  const name = part === 'console' ? `${language}.json` : `${part}.${language}.json`;
  return (await file(new URL(`./lang/${name}`, import.meta.url))).json();
}

/** The nearest of some languages to a tag: the tag itself, then what it is a part of (RFC 4647, section 3.4), in the end the first. */
export function nearestLanguage(tag, among) {
  for (const subtags = (tag ?? '').toLowerCase().split('-'); subtags.length > 0; subtags.pop()) {
    const found = among.find(language => language.toLowerCase() === subtags.join('-'));
    if (found)
      return found;
  }
  return among[0];
}

/** A language's name in the words of another. What is no language tag, as an earlier version may have stored one, shows as it is. */
export function languageName(tag, inLanguage) {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'code' }).of(tag);
  } catch (error) {
    if (error instanceof RangeError)
      return tag;
    throw error;
  }
}

class Words {
  #texts = {};
  #hosts = {};
  #files = new Map();
  #own;

  constructor(language, own) {
    this.language = language;
    this.#own = own;
    // For the fields of an object that is taken apart.
    this.t = this.t.bind(this);
    this.named = this.named.bind(this);
  }

  /** Fetches the words of a part; those of the host's own file win. */
  async load(part) {
    const [shipped, own] = await Promise.all([
      once(this.#files, part, () => words(this.language, part)),
      this.#own && once(this.#files, this.#own, async () => (await file(this.#own)).json()),
    ]);
    this.#hosts = own ?? {};
    Object.assign(this.#texts, shipped, own);
  }

  has(key) { return key in this.#texts; }

  /** Whether a text is the host's own, in whatever language that is. */
  isHosts(key) { return key in this.#hosts; }

  /** The text for a key with its {0}, {1} filled in. */
  t(key, ...values) { return (this.#texts[key] ?? key).replace(/\{(\d)\}/g, (_, index) => values[index] ?? ''); }

  /** The text for a name the server gave, such as a status; a name newer than this page shows as it is. */
  named(kind, name) { return this.has(`${kind}.${name}`) ? this.t(`${kind}.${name}`) : String(name); }
}

// ---- Time

const ticking = new Set();

/** Calls back every second for as long as the callback answers true. */
export function everySecond(callback) {
  if (callback())
    ticking.add(callback);
}

setInterval(() => {
  for (const callback of ticking)
    if (!callback())
      ticking.delete(callback);
}, 1_000);

/** The server's clock, because deadlines are the server's, and moments in words. */
class Clock {
  #ahead = 0;
  #dateTime;
  #time;
  #t;

  constructor({ language, t }) {
    this.#t = t;
    this.#dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
    this.#time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  }

  /**
   * Learns from an answer's header, which counts whole seconds: a little is no difference. It was written at some moment since the question; what is known and
   * may be so stays. An answer without one says nothing.
   */
  learn(header, askedAt = Date.now()) {
    const written = Date.parse(header);
    if (Number.isNaN(written))
      return;
    const ahead = Math.min(Math.max(this.#ahead, written - Date.now()), written - askedAt);
    this.#ahead = Math.abs(ahead) > 2_000 ? ahead : 0;
  }

  get now() { return Date.now() + this.#ahead; }

  dateTime(instant) { return this.#format(this.#dateTime, instant); }

  time(instant) { return this.#format(this.#time, instant); }

  /** A length of time in its two greatest units. */
  duration(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
    const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
    if (days > 0) return this.#t('time.days', days, hours);
    if (hours > 0) return this.#t('time.hours', hours, minutes);
    if (minutes > 0) return this.#t('time.minutes', minutes, seconds % 60);
    return this.#t('time.seconds', seconds);
  }

  since(instant, end) { return this.duration((end ? Date.parse(end) : this.now) - Date.parse(instant)); }

  until(instant) { return Date.parse(instant) - this.now; }

  #format(format, instant) {
    const date = new Date(instant);
    return Number.isNaN(date.getTime()) ? String(instant) : format.format(date);
  }
}

// ---- The service

const patience = 5_000;
const longestAnswer = 60_000;

/** The technician's API. An answer is its status, its JSON, the moment of its question and, for 429, how many seconds to wait; status 0: the server could not be reached. */
class Service extends EventTarget {
  #root;
  #credentials;
  #isSignedOut = false;

  /** How many events have come: what was asked for before one may be older than what it tells. */
  moment = 0;

  constructor(root) {
    super();
    this.#root = root.replace(/\/$/, '');
    this.#credentials = new URL(root).origin === location.origin ? 'same-origin' : 'include';
  }

  address(path) { return `${this.#root}${path}`; }

  get withCredentials() { return this.#credentials === 'include'; }

  async call(method, path, body, headers = {}) {
    const slow = method === 'GET' ? null : setTimeout(() => this.dispatchEvent(new Event('slow')), patience);
    const { moment } = this;
    const askedAt = Date.now();
    let response;
    let data = null;
    try {
      response = await fetch(this.address(path), {
        method,
        headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: this.#credentials,
        signal: AbortSignal.timeout(longestAnswer),
      });
      if (/json/.test(response.headers.get('Content-Type') ?? ''))
        data = await response.json();
    } catch {
      // Cut off, not to be reached, or half an answer: the person is told, and may try again.
      return { status: 0, ok: false, data: null, retryAfter: null, moment };
    } finally {
      clearTimeout(slow);
    }
    const wasSignedOut = this.#isSignedOut;
    this.#isSignedOut = response.status === 401;
    if (this.#isSignedOut && !wasSignedOut)
      this.dispatchEvent(new Event('signedout'));
    if (response.headers.has('Date'))
      this.dispatchEvent(new CustomEvent('clock', { detail: { date: response.headers.get('Date'), askedAt } }));
    return { status: response.status, ok: response.ok, data, retryAfter: response.headers.get('Retry-After'), moment };
  }

  get(path) { return this.call('GET', path); }

  post(path, body = {}, headers = {}) { return this.call('POST', path, body, headers); }

  put(path, body) { return this.call('PUT', path, body); }

  remove(path) { return this.call('DELETE', path); }

  session(id, verb = '') { return `/sessions/${encodeURIComponent(id)}${verb}`; }
}

/** An unguessable key. randomUUID is only there on a secure origin, and a help desk may be tried without one. */
export const newKey = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

// ---- Sessions

const closedStatus = 'closed';
const openStatuses = ['connecting', 'waiting', 'active', 'onHold', 'transferring', 'rebooting', 'reconnecting', 'offline', 'timedOut', 'unreadable'];
const mostEnded = 200;
const mostPresent = { limit: 100, mostPages: 5 };
const fold = text => (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// Those whose customer is there come apart from those who were invited only, of whom there may be very many: a queue is short.
const lanes = [
  { statuses: openStatuses.filter(status => status !== 'connecting'), limit: 100, mostPages: 5 },
  { statuses: ['connecting'], limit: 50, mostPages: 1 },
  { statuses: [closedStatus], limit: 50, mostPages: 1 },
];

/** The sessions this page knows, which of them the filter shows, and who wants to hear of a change. */
class Sessions extends EventTarget {
  #service;
  #known = new Map();
  #heard = new Map();
  #ended = new Set();
  #listed = new Set();
  #brought = new Set();
  #next = new Map();
  #pages = new Map();
  #round = 0;
  #presentAsked = 0;
  #presentAnswered = 0;
  #loading = Promise.resolve();
  #clearedAt = 0;
  filter = 'open';
  search = '';
  isLoaded = false;

  constructor(service) {
    super();
    this.#service = service;
  }

  find(id) { return this.#known.get(id); }

  get all() { return [...this.#known.values()]; }

  get shown() { return [...this.#listed].map(id => this.#known.get(id)).filter(session => session && this.#hasStatus(session)); }

  get isNarrowed() { return this.search !== '' || this.filter !== 'open'; }

  /** Whether the server has more sessions of one status than are here. */
  hasMore(status) { return [...this.#next].some(([lane, next]) => next !== null && lane.statuses.includes(status)); }

  /** Takes in what an event tells: the session as it was then or is since, or that it is nobody's here any more. */
  hear({ sessionId, session }) {
    this.#heard.set(sessionId, ++this.#service.moment);
    if (session === null)
      this.#drop(sessionId);
    else
      this.#put(session);
  }

  /** Takes in an answer about one session. What an event or a newer answer has overtaken on the way is not taken. */
  take(id, { ok, status, data, moment }) {
    if (ok && this.#isNews(data, moment))
      this.#put(data);
    // An answer from before, which may still be on its way, does not bring it back.
    else if (status === 404 && !this.#isOvertaken(id, moment))
      this.hear({ sessionId: id, session: null });
  }

  /** Forgets all of them, and what was asked for until now. */
  clear() {
    this.#clearedAt = ++this.#service.moment;
    this.#round++;
    this.#presentAnswered = ++this.#presentAsked;
    for (const each of [this.#known, this.#heard, this.#ended, this.#listed, this.#brought, this.#next])
      each.clear();
    this.isLoaded = false;
    this.dispatchEvent(new Event('cleared'));
    this.#changed();
  }

  /** Fetches what the filter shows from its beginning, as far as somebody has gone on in it; answers what the server said, a refusal before all. */
  load() {
    const loading = this.#load();
    this.#loading = loading;
    return loading;
  }

  /** Fetches what comes after what is here. */
  async more(status) {
    let answer;
    let loading;
    do {
      loading = this.#loading;
      await loading;
      const [lane, after] = [...this.#next].find(([lane, next]) => next !== null && lane.statuses.includes(status)) ?? [];
      if (!lane)
        return { ok: true };
      answer = await this.#fetch(lane, after, lane.mostPages, this.#listed, this.#next, this.#round);
      if (answer.ok && loading === this.#loading)
        this.#pages.set(this.#nameOf(lane), this.#pagesOf(lane) + lane.mostPages);
      // A list that is being fetched anew meanwhile will be without.
    } while (answer.ok && loading !== this.#loading);
    this.#changed();
    return answer;
  }

  async #load() {
    const round = ++this.#round;
    const before = new Map(this.#known);
    const brought = this.#brought = new Set();
    const listed = new Set();
    const next = new Map();
    const answers = await Promise.all(this.#lanes().map(lane => this.#fetch(lane, null, this.#pagesOf(lane), listed, next, round)));
    const refused = answers.find(answer => !answer.ok);
    if (!refused && round === this.#round) {
      // What came in meanwhile need not be in the answers.
      this.#listed = new Set([...listed, ...brought]);
      this.#next = next;
      for (const [lane, rest] of next)
        if (rest === null && this.search === '')
          this.#forget(before, lane.statuses, listed);
      this.isLoaded = true;
      this.#changed();
    }
    return refused ?? answers[0];
  }

  /** The sessions somebody helps with or waits in are wanted whatever the filter says: they have tabs, and are counted. */
  async loadPresent() {
    const statuses = ['waiting', 'active', 'transferring', 'rebooting', 'reconnecting', 'offline'];
    const asked = ++this.#presentAsked;
    const before = new Map(this.#known);
    const answered = new Set();
    let after = null;
    let page = 0;
    do {
      const query = new URLSearchParams({ status: statuses, limit: mostPresent.limit, ...after && { after } });
      const answer = await this.#service.get(`/sessions?${query}`);
      if (!answer.ok || asked < this.#presentAnswered)
        return;
      for (const session of answer.data.items) {
        answered.add(session.id);
        if (this.#isNews(session, answer.moment))
          this.#take(session);
      }
      this.#changed();
      after = answer.data.next ?? null;
    } while (after !== null && ++page < mostPresent.mostPages);
    this.#presentAnswered = asked;
    if (after !== null)
      return;
    this.#forget(before, statuses, answered);
    this.#changed();
  }

  // What was asked for whole, is not in the answer and was not heard of since has gone on while nobody listened.
  #forget(before, statuses, answered) {
    for (const [id, session] of before)
      if (this.#known.get(id) === session && statuses.includes(session.status) && !answered.has(id))
        this.#known.delete(id);
  }

  #lanes() {
    const wanted = this.filter === 'open' ? openStatuses : this.filter === 'all' ? [...openStatuses, closedStatus] : [this.filter];
    return lanes.map(lane => ({ ...lane, statuses: lane.statuses.filter(status => wanted.includes(status)) })).filter(lane => lane.statuses.length > 0);
  }

  #nameOf({ statuses }) { return `${statuses}?${this.search}`; }

  // How far somebody has gone on stays when the list is fetched anew.
  #pagesOf(lane) { return this.#pages.get(this.#nameOf(lane)) ?? lane.mostPages; }

  async #fetch(lane, after, pages, listed, next, round) {
    let answer;
    let page = 0;
    do {
      const query = new URLSearchParams({ status: lane.statuses, limit: lane.limit });
      if (this.search) query.set('search', this.search);
      if (after) query.set('after', after);
      answer = await this.#service.get(`/sessions?${query}`);
      if (!answer.ok || round !== this.#round)
        return answer;
      for (const session of answer.data.items) {
        if (this.#isNews(session, answer.moment))
          this.#keep(session);
        listed.add(session.id);
      }
      after = answer.data.next ?? null;
      next.set(lane, after);
    } while (after !== null && ++page < pages);
    return answer;
  }

  // Of what is known the version decides; of what is not, whether an event has taken it away since.
  #isNews({ id, version }, moment) {
    const known = this.#known.get(id);
    return known ? version >= known.version : !this.#isOvertaken(id, moment);
  }

  #isOvertaken(id, moment) { return moment < this.#clearedAt || (this.#heard.get(id) ?? 0) > moment; }

  #put(session) {
    this.#take(session);
    this.#changed();
  }

  #take(session) {
    if (!(session.version < this.#known.get(session.id)?.version))
      this.#keep(session);
    if (this.#hasStatus(session) && this.#isSearched(session))
      for (const ids of [this.#listed, this.#brought])
        ids.add(session.id);
    this.#leaveEnded(session);
  }

  #drop(id) {
    for (const ids of [this.#known, this.#listed, this.#brought])
      ids.delete(id);
    this.#changed();
    this.dispatchEvent(new CustomEvent('gone', { detail: id }));
  }

  // A console stands open for weeks: of what has ended and is not in the list, the latest are enough.
  #leaveEnded({ id, status }) {
    this.#ended.delete(id);
    if (status !== closedStatus)
      return;
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (this.#ended.size <= mostEnded)
      return;
    this.#ended.delete(oldest);
    if (this.#known.get(oldest)?.status === closedStatus && !this.#hasStatus({ status: closedStatus }))
      for (const ids of [this.#known, this.#heard, this.#listed, this.#brought])
        ids.delete(oldest);
  }

  // The code is for who asks for it. A list is without the secret, which holds for as long as the status does.
  #keep({ pin, link, ...session }) {
    const known = this.#known.get(session.id);
    const handOver = session.handOver ?? (known?.statusSince === session.statusSince ? known?.handOver : undefined);
    this.#known.set(session.id, { ...known, ...session, handOver });
  }

  #hasStatus({ status }) {
    return this.filter === 'all' || (this.filter === 'open' ? status !== closedStatus : status === this.filter);
  }

  // What the server found is shown; this is only for sessions that an event brings while something is searched for.
  #isSearched({ customerName, reference, request, invitation, hostName, id }) {
    const text = fold(this.search);
    return [customerName, reference, request?.topic, invitation?.to, hostName, id].some(value => fold(value).includes(text));
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}

// ---- Events

const retryAfter = 5_000;

// The server says something every fifteen seconds; a line that has been silent for twice as long is dead, even if nobody has told the browser.
const longestSilence = 30_000;

/** The server's events, for as long as somebody listens. "session" brings one, "state" says how the line is, "return" that something may have been missed, "end" that nobody listens. */
class Live extends EventTarget {
  #service;
  #source = null;
  #silence;
  #retry;
  #listeners = 0;
  #wasDown = false;
  heardAt = new Date();
  state = 'connecting';

  constructor(service) {
    super();
    this.#service = service;
  }

  /** Listens until the answered function is called. */
  listen() {
    if (this.#listeners++ === 0)
      this.#open();
    return () => {
      if (--this.#listeners > 0)
        return;
      this.#close();
      this.#wasDown = false;
      this.dispatchEvent(new Event('end'));
    };
  }

  /** Hears nothing more as who was signed in, and begins anew: in a while where nobody need be. */
  renew(isSignedIn) {
    if (this.#listeners === 0)
      return;
    this.#close();
    this.#show('down');
    if (isSignedIn)
      this.#open();
    else
      this.#openLater();
  }

  #close() {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    this.#close();
    const source = this.#source = new EventSource(this.#service.address('/sessions/events'), { withCredentials: this.#service.withCredentials });
    this.#waitForWords();
    source.addEventListener('open', () => {
      this.#hear();
      this.#show('live');
      this.dispatchEvent(new CustomEvent('return', { detail: { isFirst: !this.#wasDown } }));
      this.#wasDown = false;
    });
    source.addEventListener('ping', () => this.#hear());
    source.addEventListener('session', event => {
      this.#hear();
      this.dispatchEvent(new CustomEvent('session', { detail: JSON.parse(event.data) }));
    });
    source.addEventListener('error', () => {
      this.#wasDown = true;
      if (this.state !== 'silent')
        this.#show('down');
      // The browser tries again by itself unless the server refused; then we ask, which also notices a sign-in that has ended.
      if (source.readyState === EventSource.CLOSED)
        this.#openLater();
    });
  }

  #openLater() {
    const source = this.#source;
    this.#retry = setTimeout(async () => {
      await this.#service.get('/sessions?limit=1');
      if (this.#listeners > 0 && this.#source === source)
        this.#open();
    }, retryAfter);
  }

  #waitForWords() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#wasDown = true;
      this.#show('silent');
      this.#open();
    }, longestSilence);
  }

  #hear() {
    this.heardAt = new Date();
    this.#waitForWords();
  }

  #show(state) {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}

// ---- The desk: what the elements of one page share

const desks = new Map();

// Rights stay null when the server does not tell: then nothing is hinted at, and the server decides.
const nobody = { id: null, tenant: null, name: null, rights: null, languages: null, language: null, pinLength: null, reference: null, sms: null };

/** One service in one language: its words, clock, sessions and events. "me" tells that it is known who is signed in. */
class Desk extends EventTarget {
  #me = null;
  #isMeKnown = false;
  #names = new Map();
  #naming = null;

  /** How often a name has come that was asked for: what shows some is drawn anew. */
  namings = 0;

  constructor(root, language, own) {
    super();
    this.words = new Words(language, own);
    ({ t: this.t, named: this.named } = this.words);
    this.language = language;
    this.clock = new Clock(this.words);
    this.service = new Service(root);
    this.sessions = new Sessions(this.service);
    this.live = new Live(this.service);
    /** Who is signed in. */
    this.me = nobody;
    this.service.addEventListener('clock', ({ detail }) => this.clock.learn(detail.date, detail.askedAt));
    // Whoever signs in next may be somebody else.
    this.service.addEventListener('signedout', () => {
      this.#forget();
      this.live.renew(false);
    });
    this.live.addEventListener('end', () => this.#forget());
    this.live.addEventListener('session', event => this.#take(event.detail));
    this.live.addEventListener('return', ({ detail }) => {
      if (!detail.isFirst)
        this.renewMe();
      this.loadMe();
      for (const [id, name] of this.#names)
        if (name === null)
          this.#names.delete(id);
    });
  }

  /** Asks who is signed in, once until it may be somebody else; what was not answered is asked for again when the line is back. */
  loadMe() {
    const asking = this.#me ??= this.service.get('/me').then(answer => {
      // Of who was signed in before, it says nothing any more.
      if (this.#me !== asking)
        return;
      if (!answer.ok) {
        this.#me = null;
        return;
      }
      const { id, tenant = null } = answer.data;
      if (this.me.id !== null && (this.me.id !== id || this.me.tenant !== tenant)) {
        this.#forget();
        this.live.renew(true);
        this.#me = asking;
      }
      this.#isMeKnown = true;
      this.me = { ...nobody, ...answer.data };
      this.dispatchEvent(new Event('me'));
      this.sessions.dispatchEvent(new Event('change'));
    });
    return asking;
  }

  /** Somebody else may be signed in since, or have other rights: who asks next is told anew. */
  renewMe() {
    if (this.#isMeKnown)
      this.#me = null;
    this.#isMeKnown = false;
  }

  // What is one technician's is not shown or handed to another.
  #forget() {
    this.#me = null;
    this.#isMeKnown = false;
    this.me = nobody;
    this.#names = new Map();
    this.sessions.clear();
  }

  /** Asks for the tenant's technicians, and keeps what they are called. */
  async colleagues() {
    const names = this.#names;
    const answer = await this.service.get('/colleagues');
    if (answer.ok)
      for (const { id, name } of answer.data.items)
        names.set(id, name);
    return answer;
  }

  /** What a technician is called of whom only the id was told; null while that is not known. It is asked for once, and a change is told when it has come. */
  nameOf(id) {
    if (!this.#names.has(id))
      this.#naming ??= this.colleagues().then(({ ok }) => {
        this.#naming = null;
        this.#names.set(id, this.#names.get(id) ?? null);
        if (!ok)
          return;
        this.namings++;
        this.sessions.dispatchEvent(new Event('change'));
      });
    return this.#names.get(id) ?? null;
  }

  lacks(right) { return this.me.rights !== null && !this.me.rights.includes(right); }

  isMine(session) { return (session.owner ?? session.createdBy)?.id === this.me.id; }

  // What nobody has is nobody's.
  isColleagues(session) { return Boolean(session.owner ?? session.createdBy) && !this.isMine(session); }

  #take(event) {
    const before = this.sessions.find(event.sessionId);
    this.sessions.hear(event);
    this.dispatchEvent(new CustomEvent('happened', { detail: { ...event, before } }));
  }
}

function deskOf(element) {
  const root = new URL(element.getAttribute('base') ?? '/rescue', element.getAttribute('origin') ?? document.baseURI).href;
  const language = nearestLanguage(element.languageTag, languages);
  const own = element.getAttribute('words');
  const key = JSON.stringify([root, language, own]);
  if (!desks.has(key))
    desks.set(key, new Desk(root, language, own ? new URL(own, document.baseURI).href : null));
  return desks.get(key);
}

// ---- Messages and dialogs

let modals = [];
const shownFor = 12_000;

const toastRegion = properties => h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite', part: 'toasts', ...properties });

// Of a dialog that was taken out of the page, with its element or by a language that was changed, nobody hears that it has closed.
const openRegion = () => {
  modals = modals.filter(region => region.isConnected);
  return modals.at(-1);
};

// What had it may have been drawn anew meanwhile, or be gone.
function giveFocusBack(before, host) {
  const focused = focusedElement();
  if (!before || focused?.checkVisibility())
    return;
  // What is hidden keeps the focus until the browser draws.
  focused?.blur();
  if (before.isConnected)
    before.focus();
  else
    host?.view.keepFocus?.(null, before.dataset);
  if (!focusedElement())
    host?.restoreFocus();
}

/** Opens a dialog above everything. What is said meanwhile is said in it, for all else is inert; what had the focus gets it back. */
export function openModal(dialog) {
  if (dialog.open)
    return;
  const before = focusedElement();
  const region = toastRegion();
  dialog.append(region);
  modals.push(region);
  dialog.showModal();
  dialog.addEventListener('close', () => {
    modals = modals.filter(other => other !== region);
    const outer = openRegion() ?? dialog.getRootNode().host?.region;
    outer?.append(...region.children);
    region.remove();
    giveFocusBack(before, dialog.getRootNode().host);
  }, { once: true });
}

/** A dialog that closes with its buttons, Escape, and a click beside it where that loses nothing. */
export const dialogOf = (properties, ...children) => h('dialog', {
  part: 'dialog', ...properties,
  onclick: event => event.target.closest('[data-close]') && event.currentTarget.close(),
}, ...children);

// ---- What the server refused, in words

const nameOf = who => typeof who === 'string' ? who : who?.name ?? who?.id ?? '';

/** Names a missing right in words, with the group that decided when the server says so. */
export const missingRights = ({ t, named }, problem) => (problem.decisions ?? problem.missingRights ?? []).map(missing => {
  const right = missing.right ?? missing;
  return missing.decidedBy ? t('problem.rightOfGroup', named('right', right), missing.decidedBy) : named('right', right);
});

// By the stable word of the refusal; what needs more than its own text.
const refusals = {
  missingRights: (desk, problem) => desk.t('problem.missingRights', missingRights(desk, problem).join(', ')),
  alreadyStarted: ({ t, clock }, problem) => t('problem.startedBy', nameOf(problem.startedBy), problem.startedAt ? clock.time(problem.startedAt) : ''),
  capacity: ({ t }, problem) => t('problem.capacity', problem.capacity),
  unavailable: ({ t }, problem) => t(problem.presence === 'away' ? 'problem.unavailable.away' : 'problem.unavailable.busy'),
  notPermitted: ({ t, named }, problem) => problem.endReason
    ? t('problem.ended', named('end', problem.endReason))
    : t('problem.notNow', named('status', problem.sessionStatus)),
  tooMany: ({ t }, problem, answer) => answer.retryAfter ? t('problem.waitSeconds', answer.retryAfter) : t('problem.wait'),
};

/** What went wrong, in a sentence for the technician. The server's own sentences are English; where there are no words of ours, they are better than none. */
export function describe(desk, answer) {
  const { t, words } = desk;
  const problem = answer.data ?? {};
  const code = problem.code ?? problem.reason;
  // A proxy whose servers are all away answers for them, without a word of ours.
  if (answer.status === 0 || !code && [502, 503, 504].includes(answer.status))
    return t('problem.unreachable');
  if (code in refusals)
    return refusals[code](desk, problem, answer);
  if (words.has(`problem.${code}`))
    return t(`problem.${code}`);
  switch (answer.status) {
    case 401: return t('problem.signedOut');
    case 403: return problem.detail ?? t('problem.forbidden');
    case 404: return t('problem.gone');
    case 429: return refusals.tooMany(desk, problem, answer);
    default: return problem.detail ?? problem.title ?? t('problem.other', answer.status);
  }
}

/** Shows errors, which the server keys by the field's path, beside their fields. */
export class FieldErrors {
  #form;
  #words;
  #isOwn;

  /** `isOwn` tells of which fields the host speaks in its own words. */
  constructor(form, words, isOwn = () => false) {
    this.#form = form;
    this.#words = words;
    this.#isOwn = isOwn;
    // What was said of a field is of what stood in it.
    form.addEventListener('input', ({ target }) => this.#takeBack(target));
  }

  #takeBack(field) {
    if (!field.matches('[data-field][aria-invalid]'))
      return;
    field.removeAttribute('aria-invalid');
    const place = this.#form.querySelector(`#${field.id}-error`);
    if (place)
      place.textContent = '';
  }

  /** Replaces what is shown. Answers how many there are, and those that no field stands for. */
  show(errors) {
    for (const field of this.#form.querySelectorAll('[data-field]'))
      field.removeAttribute('aria-invalid');
    for (const place of this.#form.querySelectorAll('.field-error'))
      place.textContent = '';
    const unplaced = Object.entries(errors).flatMap(([path, messages]) => this.#place(path, [messages].flat()) ? [] : messages);
    this.#form.querySelector('[aria-invalid=true]')?.focus();
    return { length: Object.keys(errors).length, unplaced };
  }

  #place(path, messages) {
    const field = this.#form.querySelector(`[data-field="${CSS.escape(path)}" i]`);
    const place = field ? this.#form.querySelector(`#${field.id}-error`) : this.#form.querySelector(`[data-error="${CSS.escape(path)}" i]`);
    if (!place || place.closest('[hidden]'))
      return false;
    field?.setAttribute('aria-invalid', 'true');
    place.textContent = this.#said(path, messages);
    return true;
  }

  // The server's messages say exactly what is wrong, in English; for other readers what the field takes is said in their language, which may be the host's own.
  #said(path, messages) {
    const { language, t } = this.#words;
    const key = `field.${path}`;
    return (language !== 'en' || this.#words.isHosts(key)) && !this.#isOwn(path) && this.#words.has(key) ? t(key) : messages.join(' ');
  }
}

// ---- A session in words

/** A status in words: of a transfer, the recipient sees "incoming", the sender "outgoing", and everybody else that it goes on. */
export function statusText({ t, named }, session) {
  if (session.status === 'transferring' && session.transfer?.direction)
    return t(`status.${session.transfer.direction}`);
  if (session.status === closedStatus && session.endReason)
    return t('status.closedBecause', named('end', session.endReason));
  return named('status', session.status);
}

export const statusChip = (desk, session) => h('span', { class: 'chip', part: 'status', data: { status: session.status } }, statusText(desk, session));

export const invitationText = ({ named }, session) => session.invitation ? named('invitation', session.invitation.state) : '–';

export const invitationChip = (desk, session) => session.invitation
  ? h('span', { class: 'chip quiet', data: { invitation: session.invitation.state }, title: session.invitation.reason ?? null }, invitationText(desk, session))
  : h('span', { class: 'muted' }, '–');

// ---- What may be done with a session

// In the order in which they are shown: the name of the trigger, the path below the session, and how much the button weighs.
const actions = [
  { trigger: 'start', path: '/start', weight: 'primary', picksUp: true },
  { trigger: 'resume', path: '/resume', weight: 'primary', picksUp: true },
  { trigger: 'acceptTransfer', path: '/transfer/accept', weight: 'primary', picksUp: true },
  { trigger: 'declineTransfer', path: '/transfer/decline' },
  { trigger: 'takeBackTransfer', path: '/transfer/takeBack' },
  { trigger: 'hold', path: '/hold', right: 'hold' },
  { trigger: 'transfer', path: '/transfer', right: 'transfer' },
  { trigger: 'reboot', path: '/reboot', confirm: true },
  { trigger: 'resend', path: '/resend' },
  { trigger: 'draft', path: '/resend', right: 'emailDefaultClient', body: { delivery: 'defaultMailClient' } },
  { trigger: 'revoke', path: '/revoke', weight: 'danger', confirm: true },
  { trigger: 'close', path: '/close', weight: 'danger', confirm: true },
];

// Nothing goes again by a way that the service does not have, or no longer.
const canResend = ({ me }, { channel }) => me.id === null || (channel === 'sms' ? me.sms : me.languages) !== null;

/** What may be done with a session now. A session on hold is started by resuming it, so it shows one button for both. */
export function actionsOf(desk, session) {
  const permitted = new Set(session.permitted);
  if (permitted.has('resume'))
    permitted.delete('start');
  if (session.status === 'connecting' && session.invitation && permitted.has('revoke') && canResend(desk, session.invitation))
    permitted.add('resend');
  // Where the service cannot send, the technician's own mail program can.
  if (permitted.has('resend') && session.invitation.channel !== 'sms' && (session.invitation.held || ['rejected', 'bounced'].includes(session.invitation.state)))
    permitted.add('draft');
  return actions.filter(action => permitted.has(action.trigger));
}

// Which right the technician lacks for it, in words; null for none. Answers to an offer are theirs whoever the session belongs to.
function hintOf(desk, action, session) {
  const isColleagues = desk.isColleagues(session) && !action.path.startsWith('/transfer/');
  const right = [action.right, isColleagues ? 'colleaguesSessions' : null].find(name => name && desk.lacks(name));
  return right ? desk.t('right.missing', desk.t(`right.${right}`)) : null;
}

/** Whether an element still shows a session: who has gone elsewhere while something was fetched does not want its dialog any more. */
export const stillShows = (element, { id }) => element.checkVisibility() && element.sessionId === id;

const failures = new Map();

// Most browsers give the failure of an address again for as long as the page lives.
async function load(name) {
  const failed = failures.get(name) ?? 0;
  try {
    return await import(new URL(failed ? `${name}?${failed}` : name, import.meta.url));
  } catch (error) {
    failures.set(name, failed + 1);
    throw error;
  }
}

/**
 * What a dialog waits for; null where the technician has given the dialog up meanwhile, by Escape or a phone's way back: that is meant for the dialog, and
 * closes nothing else.
 */
export async function awaited(coming) {
  const ending = new AbortController();
  const region = openRegion();
  const given = new Promise(resolve => {
    const giveUp = event => {
      // What has opened meanwhile is left first.
      if (event.type === 'keydown' && event.key !== 'Escape' || openRegion() !== region)
        return;
      event.preventDefault();
      event.stopImmediatePropagation();
      resolve(null);
    };
    const capture = { capture: true, signal: ending.signal };
    addEventListener('keydown', giveUp, capture);
    region?.parentNode.addEventListener('cancel', giveUp, capture);
  });
  try {
    return await Promise.race([coming, given]);
  } finally {
    ending.abort();
  }
}

/** What is fetched only when it is needed; null where it was given up, or cannot be fetched now, which the technician is told. */
export async function moduleOf(element, name) {
  try {
    return await awaited(load(name));
  } catch {
    element.toast(element.desk.t('problem.file'), { kind: 'error' });
    return null;
  }
}

/** Asks before something is lost; answers whether to go on. */
export function confirm(element, title, text, yes) {
  const { t } = element.desk;
  const dialog = dialogOf({ id: 'confirm', role: 'alertdialog', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
    h('form', { method: 'dialog' },
      h('h2', { id: 'confirm-title' }, title),
      h('p', { id: 'confirm-text' }, text),
      h('div', { class: 'buttons' },
        h('button', { value: 'no' }, t('dialog.cancel')),
        h('button', { id: 'confirm-yes', class: 'danger', value: 'yes' }, yes))));
  element.shadowRoot.append(dialog);
  openModal(dialog);
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }, { once: true }));
}

const isDraft = (action, session) => action.trigger === 'resend' && session.invitation?.delivery === 'defaultMailClient';

/** A button that does it. While it is at work it takes no second click, and keeps the focus; what is drawn anew meanwhile says where the focus goes. */
export function actionButton(element, action, session, describedName = null) {
  const { desk } = element;
  const name = desk.t(`action.${isDraft(action, session) ? 'reopenDraft' : action.trigger}`);
  const hint = hintOf(desk, action, session);
  const button = h('button', {
    type: 'button',
    class: action.weight,
    title: hint,
    'aria-label': describedName && desk.t('action.on', name, describedName),
    'aria-description': hint,
    data: { action: action.trigger },
    onclick: async event => {
      event.stopPropagation();
      if (button.ariaDisabled === 'true')
        return;
      button.ariaDisabled = 'true';
      try {
        await run(element, action, session);
      } finally {
        button.ariaDisabled = null;
      }
      element.view.keepFocus(session.id, button.dataset);
    },
  }, name);
  return button;
}

async function run(element, action, session) {
  const { desk } = element;
  const { t } = desk;
  if (action.confirm && !await confirm(element, t(`action.${action.trigger}`), t(`confirm.${action.trigger}`, session.customerName), t(`action.${action.trigger}`)))
    return;
  if (action.trigger === 'transfer') {
    await (await moduleOf(element, './transfer.js'))?.offerTransfer(element, session);
    return;
  }
  const askedAt = performance.now();
  const answer = await desk.service.post(desk.service.session(session.id, action.path), action.body ?? {});
  if (!answer.ok) {
    element.toast(describe(desk, answer), { kind: 'error' });
    if (answer.status === 409 || answer.status === 404)
      await refresh(desk, session.id);
    return;
  }
  desk.sessions.take(session.id, answer);
  const draft = answer.data?.invitation;
  const hasDraft = Boolean(draft?.mailto || draft?.eml);
  element.toast(t(`done.${hasDraft ? 'draft' : action.trigger}`, session.customerName), draft?.eml && {
    action: { label: t('draft.eml'), run: () => download(draft.eml, 'invitation.eml', 'message/rfc822') },
  } || {});
  if (hasDraft)
    openDraft(draft);
  desk.dispatchEvent(new CustomEvent('done', { detail: { action, session: answer.data, askedAt } }));
}

/** Digits in two groups, as they are read out; what is selected and copied has no gap. */
export const grouped = pin => [pin.slice(0, Math.ceil(pin.length / 2)), pin.slice(Math.ceil(pin.length / 2))].map(group => h('span', { class: 'pin-group' }, group));

/** Where a customer types the PIN: the link without what is behind its page. */
export const shortAddress = link => link.replace(/^https?:\/\//, '').replace(/\/Code\.aspx\?.*$/i, '');

/** Opens a draft in the technician's mail program. One that is too long for a link is a file. */
export function openDraft({ mailto, eml }) {
  if (mailto)
    location.href = mailto;
  else
    download(eml, 'invitation.eml', 'message/rfc822');
}

export async function refresh(desk, id) {
  const answer = await desk.service.get(desk.service.session(id));
  desk.sessions.take(id, answer);
  return answer;
}

// A browser may begin to read only after the click, or once its reader has said where to.
const longestDownload = 60_000;

export function download(text, fileName, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(url), longestDownload);
}

/** Copies text; where the browser keeps its clipboard from an insecure origin, through a selection. */
export async function copy(element, text) {
  const copied = navigator.clipboard ? await navigator.clipboard.writeText(text).then(() => true, () => false) : false;
  element.toast(element.desk.t(copied || copyBySelection(element, text) ? 'copy.done' : 'copy.failed'));
}

function copyBySelection(element, text) {
  const before = focusedElement();
  const area = document.createElement('textarea');
  area.value = text;
  // Inside an open dialog: outside of it nothing can be selected.
  (before?.closest('dialog[open]') ?? element.shadowRoot).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  before?.focus();
  return copied;
}

// ---- The elements

const shared = ['base', 'origin', 'lang', 'words'];

/** What every element has: a desk, a shadow root with the look, a place for messages, and a view that its own module draws. */
class RescueElement extends HTMLElement {
  static observedAttributes = shared;
  #ending = null;
  #begun = null;
  #toasts = toastRegion({ id: 'toasts' });

  /** Set by an element that holds this one: they share it. */
  givenDesk = null;

  connectedCallback() { this.#begun = this.#begin(); }

  disconnectedCallback() { this.#end(); }

  attributeChangedCallback(name, before, after) {
    // An element that stands in the page already is told of its attributes before it is told that it stands there.
    if (this.#begun === null || before === after)
      return;
    if (shared.includes(name)) {
      this.#end();
      this.#begun = this.#begin();
    } else {
      this.changed?.(name);
    }
  }

  /** Settled once the element shows itself. */
  get ready() { return this.#begun; }

  /** Ends when the element is taken out of the page. */
  get signal() { return this.#ending.signal; }

  /** Shows a passing message; it stays while it is pointed at or has the focus. */
  toast(text, { kind = 'info', action = null } = {}) {
    const region = openRegion() ?? this.region;
    const close = () => {
      const hadFocus = toast.contains(focusedElement());
      toast.remove();
      if (hadFocus)
        this.restoreFocus();
    };
    const toast = h('div', { class: `toast ${kind}` },
      h('span', {}, text),
      action && h('button', { type: 'button', onclick: () => { close(); action.run(); } }, action.label),
      h('button', { type: 'button', class: 'close', 'aria-label': this.desk.t('dialog.close'), onclick: close }, '×'));
    const leave = () => toast.matches(':hover, :focus-within') ? setTimeout(leave, 2_000) : toast.remove();
    region.append(toast);
    setTimeout(leave, shownFor);
    return toast;
  }

  /** What its reader reads, for which there may be no words here. */
  get languageTag() { return this.outer?.languageTag ?? this.closest('[lang]')?.lang ?? navigator.language; }

  /** Where messages go when no dialog is open. */
  get region() { return this.outer?.region ?? this.#toasts; }

  /** Gives the focus a place when what had it is gone. */
  restoreFocus() { this.shadowRoot.querySelector('[data-home]')?.focus(); }

  /** Tells the page. Answers false when it has taken care of the matter itself. */
  tell(name, detail) { return this.dispatchEvent(new CustomEvent(`rescue-${name}`, { detail, bubbles: true, composed: true, cancelable: true })); }

  async #begin() {
    const ending = this.#ending = new AbortController();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const desk = this.desk = this.givenDesk ?? deskOf(this);
    if (!this.givenDesk)
      desk.renewMe();
    const { look = ['rescue-sessions'] } = this.constructor;
    const [view, beside, ...styles] = await this.#fetch(desk, look, ending.signal);
    if (ending.signal.aborted)
      return;
    root.adoptedStyleSheets = styles.slice(0, look.length);
    root.replaceChildren();
    if (!this.outer) {
      desk.service.addEventListener('signedout', () => this.#signedOut(), { signal: ending.signal });
      desk.service.addEventListener('slow', () => this.toast(desk.t('problem.slow')), { signal: ending.signal });
    }
    this.view = view.show(this, desk, ...beside);
    if (!this.outer) {
      root.append(this.#toasts);
      this.tell('ready');
    }
  }

  // Asks until it is here, and says so wherever there are words and a place for them.
  async #fetch(desk, look, signal) {
    const { view, beside = [], parts = ['console'] } = this.constructor;
    let hasFailed = false;
    let said = null;
    this.begin?.(desk);
    while (!signal.aborted)
      try {
        const fetched = await Promise.all([load(view), Promise.all(beside.map(load)), ...look.map(sheet), ...parts.map(part => desk.words.load(part))]);
        // What was asked for beside it may have failed as well, and is old.
        if (hasFailed)
          this.begin?.(desk);
        said?.remove();
        return fetched;
      } catch (error) {
        hasFailed = true;
        console.error(error);
        if (!said?.isConnected && desk.words.has('problem.file'))
          said = this.#sayMissing();
        await new Promise(resolve => {
          setTimeout(resolve, retryAfter * (1 + Math.random()));
          addEventListener('online', resolve, { once: true, signal });
        });
      }
    return [];
  }

  #sayMissing() {
    if (!this.outer)
      this.shadowRoot.append(this.#toasts);
    return this.toast(this.desk.t('problem.file'), { kind: 'error' });
  }

  #signedOut() {
    if (!this.tell('signed-out'))
      return;
    if (this.hasAttribute('sign-in'))
      location.assign(this.getAttribute('sign-in'));
    else
      this.toast(this.desk.t('problem.signedOut'), { kind: 'error' });
  }

  #end() {
    this.#ending?.abort();
    this.#begun = null;
  }
}

/** The whole console: queue, toolbar, details and dialogs. */
class RescueSessionsElement extends RescueElement {
  static view = './console.js';
  static observedAttributes = [...shared, 'session', 'filter', 'search'];

  // Asked for before the view is here, so that the list stands after three round trips.
  begin(desk) {
    const place = this.place;
    desk.sessions.filter = place.filter;
    desk.sessions.search = place.search;
    this.firstAnswer = desk.sessions.load();
    desk.loadMe();
  }

  /** What is shown, by the page's address or by the attributes where the host routes itself. */
  get place() {
    const address = new URLSearchParams(this.getAttribute('routing') === 'none' ? '' : location.hash.slice(1));
    const of = (name, otherwise) => address.get(name) ?? this.getAttribute(name) ?? otherwise;
    const filter = of('filter', 'open');
    return { session: of('session', null), filter: filter === 'all' || filter === closedStatus || openStatuses.includes(filter) ? filter : 'open', search: of('search', '') };
  }

  changed() { this.view?.go(this.place); }

  /** Opens the dialog that makes a session, with the given values in its fields. */
  async newSession(values = {}) {
    await this.ready;
    return this.view.newSession(values);
  }
}

/** One session: its code while it is live, what may be done, and its history. */
class RescueSessionElement extends RescueElement {
  static view = './session.js';
  static observedAttributes = [...shared, 'session-id'];

  get sessionId() { return this.getAttribute('session-id'); }

  set sessionId(id) {
    if (id === null || id === undefined)
      this.removeAttribute('session-id');
    else
      this.setAttribute('session-id', id);
  }

  changed() { this.view?.select(this.sessionId); }
}

/** A button with the dialog that makes a session and invites its customer. */
class RescueNewSessionElement extends RescueElement {
  static view = './create.js';

  // Not imported by the view: of what a module imports, a browser remembers that it failed.
  static beside = ['./created.js'];

  /** Opens the dialog, with the given values in its fields. */
  async open(values = {}) {
    await this.ready;
    this.view.open(values);
  }
}

/** All of an administrator's settings. */
class RescueSettingsElement extends RescueElement {
  static view = './settings.js';
  static parts = ['console', 'settings'];
  static look = ['rescue-sessions', 'settings'];

  // Who may not is told so; all else is asked for when it is known.
  begin(desk) { this.firstAnswer = desk.service.get('/settings/timeouts'); }
}

/** The words of the email alone. */
class RescueTemplatesElement extends RescueElement {
  static view = './templates.js';
  static parts = ['console', 'settings'];
  static look = ['rescue-sessions', 'settings'];
}

for (const [name, element] of Object.entries({
  'rescue-sessions': RescueSessionsElement,
  'rescue-session': RescueSessionElement,
  'rescue-new-session': RescueNewSessionElement,
  'rescue-settings': RescueSettingsElement,
  'rescue-templates': RescueTemplatesElement,
}))
  if (!customElements.get(name))
    customElements.define(name, element);
