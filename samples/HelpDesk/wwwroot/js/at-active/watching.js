// The end of who sees what the customer shows.

import { network } from './sharing.js';

export class Watching extends EventTarget {
  #line;
  #peer;
  /** What is seen, and whether it is a screen or a camera; null for nothing. */
  stream = null;
  kind = null;

  constructor(line) {
    super();
    this.#line = line;
    line.addEventListener('offer', ({ detail }) => this.#watch(detail));
    line.addEventListener('candidate', ({ detail }) => this.#peer?.addIceCandidate(detail.candidate));
    line.addEventListener('stopped', () => this.stop());
    line.addEventListener('gone', ({ detail }) => detail.from === 'customer' && this.stop());
    line.addEventListener('lost', () => this.stop());
  }

  stop() {
    this.#peer?.close();
    this.#peer = null;
    this.#see(null, null);
  }

  async #watch({ description, shows }) {
    this.stop();
    const peer = this.#peer = new RTCPeerConnection(network);
    peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#line.say({ kind: 'candidate', candidate }));
    peer.addEventListener('track', ({ streams }) => this.#see(streams[0], shows));
    await peer.setRemoteDescription(description);
    await peer.setLocalDescription();
    this.#line.say({ kind: 'answer', description: peer.localDescription });
  }

  #see(stream, kind) {
    this.stream = stream;
    this.kind = kind;
    this.dispatchEvent(new Event('change'));
  }
}
