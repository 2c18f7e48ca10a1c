import { get } from './api.js';

const pageSize = 100;
const mostPagesAtOnce = 5;
const enough = 50;
const notClosed = 'connecting,waiting,active,onHold,transferring,rebooting,reconnecting,offline,timedOut,unreadable';
const withTab = 'active,transferring,rebooting,reconnecting,offline';
const fold = text => (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The sessions this page knows, which of them the filter shows, and who wants to hear of a change. */
class SessionStore extends EventTarget {
  #sessions = new Map();
  #listed = new Set();
  #next = null;
  #round = 0;
  filter = 'open';
  search = '';

  get hasMore() { return this.#next !== null; }

  find(id) { return this.#sessions.get(id); }

  get all() { return [...this.#sessions.values()]; }

  get shown() {
    return [...this.#listed].map(id => this.#sessions.get(id)).filter(session => this.#hasStatus(session))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** Takes a session in. An older picture of it, overtaken on the way, is not taken. */
  put(session) {
    this.#keep(session);
    if (this.#hasStatus(session) && this.#isSearched(session))
      this.#listed.add(session.id);
    this.#changed();
  }

  drop(id) {
    this.#sessions.delete(id);
    this.#listed.delete(id);
    this.#changed();
  }

  #keep(session) {
    const known = this.#sessions.get(session.id);
    if (!known || session.version >= known.version)
      this.#sessions.set(session.id, { ...known, ...session });
  }

  /** Fetches the list from its beginning; answers what the server said. */
  async load() {
    const round = ++this.#round;
    const listed = new Set();
    const answer = await this.#fetch(listed, null, round);
    if (answer.ok && round === this.#round) {
      this.#listed = listed;
      this.#changed();
    }
    return answer;
  }

  async more() {
    const answer = await this.#fetch(this.#listed, this.#next, this.#round);
    this.#changed();
    return answer;
  }

  /** The sessions somebody helps with are wanted whatever the filter says: they have tabs. */
  async loadActive() {
    const answer = await get(`/sessions?status=${withTab}`);
    if (answer.ok)
      answer.data.items.forEach(session => this.put(session));
  }

  async #fetch(listed, after, round) {
    let answer;
    let page = 0;
    do {
      answer = await get(`/sessions?${this.#query(after)}`);
      if (!answer.ok || round !== this.#round)
        return answer;
      for (const session of answer.data.items) {
        this.#keep(session);
        listed.add(session.id);
      }
      after = this.#next = answer.data.next ?? null;
      page++;
    } while (after !== null && page < mostPagesAtOnce && this.#countShown(listed) < enough);
    return answer;
  }

  #query(after) {
    const query = new URLSearchParams({ limit: pageSize });
    if (this.filter !== 'all') query.set('status', this.filter === 'open' ? notClosed : this.filter);
    if (this.search) query.set('search', this.search);
    if (after !== null) query.set('after', after);
    return query;
  }

  #countShown(listed) {
    return [...listed].filter(id => this.#hasStatus(this.#sessions.get(id))).length;
  }

  #hasStatus({ status }) {
    return this.filter === 'all' || (this.filter === 'open' ? status !== 'closed' : status === this.filter);
  }

  // What the server found is shown; this is only for sessions that an event brings while something is searched for.
  #isSearched({ customerName, reference, invitation, hostName, id }) {
    const text = fold(this.search);
    return [customerName, reference, invitation?.to, hostName, id].some(value => fold(value).includes(text));
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}

export const store = new SessionStore();
