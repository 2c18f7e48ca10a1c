// The customer's end of what is shown: one track of video, sent straight to the browser of each who may see it.

import { connect, unreached } from './peer.js';

const technician = 'technician';

const takes = {
  screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
  camera: () => navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
};

export class Sharing extends EventTarget {
  #line;
  #peers = new Map();
  #viewers = new Set();
  #missed = new Set();
  #offers = 0;
  #isOver = false;
  stream = null;
  kind = null;
  problem = null;

  constructor(line) {
    super();
    this.#line = line;
    line.addEventListener('answer', ({ detail }) => this.#peerOf(detail)?.setRemoteDescription(detail.description));
    line.addEventListener('candidate', ({ detail }) => this.#peerOf(detail)?.addIceCandidate(detail.candidate));
    // Who comes from another window has seen nothing yet.
    line.addEventListener('here', ({ detail }) => this.isShownTo(detail.from) && this.#offer(detail.from));
    line.addEventListener('stop', () => this.stop());
    line.addEventListener('gone', ({ detail }) => detail.from === technician ? this.stop() : this.#drop(detail.from));
    line.addEventListener('lost', () => this.stop());
  }

  /** Whether this browser can show it: no phone shows its screen, and a page that came over plain HTTP shows nothing. */
  static can(kind) {
    return kind === 'screen' ? Boolean(navigator.mediaDevices?.getDisplayMedia) : Boolean(navigator.mediaDevices?.getUserMedia);
  }

  isShownTo(id) {
    return Boolean(this.stream) && this.#viewers.has(id);
  }

  /** Whether it arrives there. */
  isSeenBy(id) {
    return this.#peers.get(id)?.peer.connectionState === 'connected';
  }

  get isSeen() {
    return this.isSeenBy(technician);
  }

  /** Whether it was to be shown to them, and there was no way. */
  isMissedBy(id) {
    return this.#missed.has(id);
  }

  /** Begins to show it to the technician; to nobody else. */
  async start(kind) {
    this.problem = null;
    this.#isOver = false;
    let stream;
    try {
      stream = await takes[kind]();
    } catch (error) {
      // The customer has said no, or there is nothing to show.
      this.problem = error.name;
      this.#changed();
      return;
    }

    // While the browser asked, the technician may have stopped or the session been laid aside.
    if (this.#isOver || this.stream) {
      stream.getTracks().forEach(track => track.stop());
      return;
    }

    this.stream = stream;
    this.kind = kind;
    // The browser's own bar stops it as well.
    stream.getTracks().forEach(track => track.addEventListener('ended', () => this.stop()));
    await this.showTo(technician);
  }

  /** Shows what is shown to one more. */
  async showTo(id) {
    this.#viewers.add(id);
    this.#missed.delete(id);
    await this.#offer(id);
  }

  /** Shows nothing any more, at once. */
  stop(problem = null) {
    this.#isOver = true;
    if (!this.stream)
      return;
    this.problem = problem;
    this.stream.getTracks().forEach(track => track.stop());
    [...this.#peers.keys()].forEach(id => this.#drop(id));
    this.#viewers.clear();
    this.#missed.clear();
    this.stream = this.kind = null;
    this.#line.say({ kind: 'stopped', problem });
    this.#changed();
  }

  #drop(id) {
    this.#peers.get(id)?.peer.close();
    this.#peers.delete(id);
  }

  // It is the technician's to see, and others' beside them.
  #giveUp(id) {
    if (id === technician) {
      this.stop(unreached);
      return;
    }

    this.#drop(id);
    this.#viewers.delete(id);
    this.#missed.add(id);
    this.#changed();
  }

  // What answers an offer of before would mislead the one of now.
  #peerOf({ from, offer }) {
    const shown = this.#peers.get(from);
    return shown?.offer === offer ? shown.peer : undefined;
  }

  async #offer(id) {
    this.#drop(id);
    const offer = ++this.#offers;
    const isNow = () => this.#peers.get(id)?.offer === offer;
    const peer = connect({ changed: () => isNow() && this.#changed(), failed: () => isNow() && this.#giveUp(id) });
    this.#peers.set(id, { peer, offer });
    this.#changed();
    this.stream.getTracks().forEach(track => peer.addTrack(track, this.stream));
    peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#line.say({ kind: 'candidate', to: id, offer, candidate }));
    await peer.setLocalDescription();
    if (isNow())
      this.#line.say({ kind: 'offer', to: id, offer, shows: this.kind, description: peer.localDescription });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
