// The customer's end of what is shown: one track of video, sent straight to the browser of each who may see it (WebRTC), with no more between than the network.

// Beyond one network a product names its own STUN and TURN servers here, the latter with credentials for each session.
export const network = { iceServers: [] };

const technician = 'technician';

const takes = {
  screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
  camera: () => navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
};

export class Sharing extends EventTarget {
  #line;
  #peers = new Map();
  #viewers = new Set();
  #isOver = false;
  stream = null;
  kind = null;
  problem = null;

  constructor(line) {
    super();
    this.#line = line;
    line.addEventListener('answer', ({ detail }) => this.#peers.get(detail.from)?.setRemoteDescription(detail.description));
    line.addEventListener('candidate', ({ detail }) => this.#peers.get(detail.from)?.addIceCandidate(detail.candidate));
    // Who comes from another window has seen nothing yet.
    line.addEventListener('here', ({ detail }) => this.isSeenBy(detail.from) && this.#offer(detail.from));
    line.addEventListener('stop', () => this.stop());
    line.addEventListener('gone', ({ detail }) => detail.from === technician ? this.stop() : this.#drop(detail.from));
    line.addEventListener('lost', () => this.stop());
  }

  /** Whether this browser can show it: no phone shows its screen, and a page that came over plain HTTP shows nothing. */
  static can(kind) {
    return kind === 'screen' ? Boolean(navigator.mediaDevices?.getDisplayMedia) : Boolean(navigator.mediaDevices?.getUserMedia);
  }

  isSeenBy(id) {
    return Boolean(this.stream) && this.#viewers.has(id);
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
    this.#changed();
    await this.#offer(id);
  }

  /** Shows nothing any more, at once. */
  stop() {
    this.#isOver = true;
    if (!this.stream)
      return;
    this.stream.getTracks().forEach(track => track.stop());
    [...this.#peers.keys()].forEach(id => this.#drop(id));
    this.#viewers.clear();
    this.stream = this.kind = null;
    this.#line.say({ kind: 'stopped' });
    this.#changed();
  }

  #drop(id) {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
  }

  async #offer(id) {
    this.#drop(id);
    const peer = new RTCPeerConnection(network);
    this.#peers.set(id, peer);
    this.stream.getTracks().forEach(track => peer.addTrack(track, this.stream));
    peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#line.say({ kind: 'candidate', to: id, candidate }));
    await peer.setLocalDescription();
    this.#line.say({ kind: 'offer', to: id, shows: this.kind, description: peer.localDescription });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
