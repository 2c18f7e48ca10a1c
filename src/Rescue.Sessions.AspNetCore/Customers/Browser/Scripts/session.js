// The session after joining: says ready, beats, listens, and comes back after whatever has interrupted it.

import { describe } from './device.js';
import { listen, Rests } from './events.js';
import { forget, keep } from './place.js';
import { byId, main, show, showEnd, showGuests } from './page.js';
import { ask, rest } from './service.js';

const beatEvery = 15_000;

// A ping comes every fifteen seconds; a page that comes back after more has an old line.
const oldLine = 20_000;

// How long ago a moment was, or how far ahead, where the device's clock was put back since. A clock that cannot be set need not run while a device sleeps.
const away = moment => Math.abs(Date.now() - moment);

export class Session {
  #place;
  #isOver = false;
  #isLost = false;
  #isRefused = false;
  #isUnheard = false;
  #isParting = false;
  #status = 'connecting';
  #statusSince;
  #secret;
  #beatAt = 0;
  #heardAt = 0;
  #wake = () => {};
  #controller = new AbortController();
  #timer;

  constructor(place) {
    this.#place = place;
  }

  /** Begins, or goes on where a page before this one was. Ends when the session does, or when another page has taken it up. */
  async begin() {
    this.#show();
    if (this.#mayBeReady)
      await this.#sayReady();
    if (this.#isOver)
      return;
    this.#timer = setInterval(() => this.#beat(), beatEvery);
    addEventListener('online', this.#onReturn);
    addEventListener('offline', this.#onOffline);
    addEventListener('pageshow', this.#onReturn);
    document.addEventListener('visibilitychange', this.#onReturn);
    await this.#follow();
  }

  agree() {
    this.#place.agreed = true;
    keep(this.#place);
    return this.#sayReady();
  }

  tryAgain() {
    return this.#sayReady();
  }

  decline() {
    return this.#part('decline');
  }

  leave() {
    return this.#part('leave');
  }

  get #mayBeReady() {
    return !this.#place.terms || this.#place.agreed;
  }

  async #say(verb, body, options) {
    const answer = await ask(`${this.#place.session}/${verb}`, body, { key: this.#place.key, ...options });
    if (answer && !answer.ok)
      this.#refuse(answer.data);
    return answer;
  }

  async #sayReady() {
    // Whoever is saying goodbye is not to be made ready by a beat.
    if (this.#isParting)
      return;
    this.#isRefused = false;
    this.#isUnheard = false;
    const before = this.#status;
    const answer = await this.#say('ready', await describe());
    // What the stream has told meanwhile says that it was heard.
    this.#isUnheard = !answer && (this.#status === 'connecting' || this.#status === 'rebooting');
    if (answer?.ok) {
      // What the stream has told since is newer.
      if (this.#status === before)
        this.#tell(answer.data);
    } else if (answer?.code === 'mobileNotCovered') {
      this.#isRefused = true;
      this.#show();
    }
  }

  async #beat() {
    if (this.#isOver || away(this.#beatAt) < beatEvery / 2)
      return;
    this.#beatAt = Date.now();
    // What nobody has heard is said again: no beat makes a session ready.
    if (this.#isUnheard && (this.#status === 'connecting' || this.#status === 'rebooting'))
      await this.#sayReady();
    // The status in its answer may be older than what the stream has told since.
    else
      await this.#say('heartbeat');
  }

  // The customer's deliberate goodbye is told until it is heard, or the page closed. What has begun with the session ends here before anybody hears it.
  async #part(verb) {
    if (this.#isParting || this.#isOver)
      return;
    this.#isParting = true;
    this.#set('leaving');
    const rests = new Rests();
    while (!this.#isOver) {
      const answer = await this.#say(verb, {}, { keepalive: true });
      if (answer?.ok)
        this.#end(answer.data.endReason);
      // The stream may have told of the end while the answer was lost.
      if (this.#isOver)
        return;
      // A ready whose answer was lost may have been heard; then there is nothing left to decline.
      if (answer?.code === 'notPermitted' && verb === 'decline') {
        verb = 'leave';
        continue;
      }

      if (answer) {
        this.#stay();
        return;
      }

      byId('unheard').hidden = false;
      showEnd('byCustomer', this.#place.technician);
      await this.#pause(rests.after({ heard: false }));
    }
  }

  // The goodbye was refused. A new line hands over again what had ended with it.
  #stay() {
    this.#isParting = false;
    byId('unheard').hidden = true;
    this.#show(this.#isLost ? 'reconnecting' : this.#status);
    this.#controller.abort();
  }

  async #follow() {
    const rests = new Rests();
    while (!this.#isOver) {
      this.#controller = new AbortController();
      const { refusal, ...ended } = await listen(this.#place.session, {
        key: this.#place.key, controller: this.#controller, hear: event => this.#hear(event),
      });
      if (refusal)
        this.#refuse(refusal);
      if (this.#isOver)
        return;
      // A line that breaks once is taken up again before anybody notices.
      if (!ended.heard || !navigator.onLine)
        this.#lose();
      await this.#pause(rests.after(ended));
    }
  }

  #hear({ event, data }) {
    this.#heardAt = Date.now();
    if (event === 'status')
      this.#tell(JSON.parse(data));
    else if (event === 'guests' && !this.#isParting)
      showGuests(JSON.parse(data).guests);
    // A hidden page's timers hardly run; what comes over the line wakes it.
    if (!this.#isOver)
      this.#beat();
  }

  #tell({ status, statusSince, technician, endReason, handOver, guests }) {
    if (this.#isOver)
      return;
    if (!this.#isParting)
      showGuests(guests);
    this.#isLost = false;
    this.#status = status;
    // It was heard after all, and what is said at the next restart must wait for that.
    if (status !== 'connecting' && status !== 'rebooting')
      this.#isUnheard = false;
    if (technician && technician !== this.#place.technician) {
      this.#place.technician = technician;
      keep(this.#place);
    }

    if (status === 'closed') {
      this.#end(endReason);
      return;
    }

    // It was left and came back while the line was down unnoticed, and what had begun with it has ended.
    if (status === main.dataset.status && this.#statusSince && statusSince !== this.#statusSince)
      this.#show('reconnecting');
    this.#statusSince = statusSince;
    this.#show();
    // The service has not heard that we are here.
    if (status === 'connecting' && this.#mayBeReady && !this.#isRefused)
      this.#sayReady();
    // Whoever has left while the line was away is not handed over.
    if (handOver?.secret && handOver.secret !== this.#secret && main.dataset.status === 'active') {
      this.#secret = handOver.secret;
      document.dispatchEvent(new CustomEvent('rescue:handover', { detail: { session: this.#place.session, secret: this.#secret, technician: this.#place.technician } }));
    }
  }

  #show(status = this.#status) {
    if (this.#isParting)
      return;
    this.#set(status);
    const name = status !== 'connecting' ? status : this.#isRefused ? 'mobile' : this.#mayBeReady ? null : 'terms';
    // What is there stays until the service has heard that we are ready.
    if (name)
      show(name, this.#place.technician);
  }

  #set(status, endReason) {
    if (main.dataset.status === status)
      return;
    main.dataset.status = status;
    // A transfer, a reboot and a lost line keep the secret, and end what began with it.
    if (status !== 'active')
      this.#secret = null;
    document.dispatchEvent(new CustomEvent('rescue:status', { detail: { status, technician: this.#place.technician, endReason } }));
  }

  #lose() {
    if (this.#isLost || this.#isOver)
      return;
    this.#isLost = true;
    this.#show('reconnecting');
  }

  #refuse({ code, endReason }) {
    if (code === 'sessionEnded')
      this.#end(endReason);
    else if (code === 'unknownKey')
      this.#stop(() => {
        // What has begun with the session has ended here.
        this.#set('elsewhere');
        show('elsewhere', this.#place.technician);
      });
  }

  #end(reason) {
    this.#stop(() => {
      forget(this.#place);
      byId('unheard').hidden = true;
      main.dataset.end = reason ?? '';
      this.#set('closed', reason);
      showEnd(reason, this.#place.technician);
    });
  }

  #stop(then) {
    if (this.#isOver)
      return;
    this.#isOver = true;
    clearInterval(this.#timer);
    removeEventListener('online', this.#onReturn);
    removeEventListener('offline', this.#onOffline);
    removeEventListener('pageshow', this.#onReturn);
    document.removeEventListener('visibilitychange', this.#onReturn);
    this.#controller.abort();
    this.#wake();
    then();
  }

  #pause(time) {
    return Promise.race([rest(time), new Promise(wake => this.#wake = wake)]);
  }

  // A locked phone and a lost network leave lines behind that nobody has closed.
  #onReturn = () => {
    if (document.visibilityState !== 'visible' || !navigator.onLine)
      return;
    this.#wake();
    // A device that has restarted is there again when it says ready; a beat would not tell.
    if (this.#status === 'rebooting')
      this.#sayReady();
    else
      this.#beat();
    if (this.#isLost || away(this.#heardAt) > oldLine)
      this.#controller.abort();
  };

  #onOffline = () => {
    this.#controller.abort();
    this.#lose();
  };
}
