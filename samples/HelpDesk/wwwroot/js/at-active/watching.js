// The end of who sees what the customer shows.

import { connect, unreached } from './peer.js';

export class Watching extends EventTarget {
  #line;
  #peer;
  #offer;
  /** What is seen, and whether it is a screen or a camera; null for nothing. */
  stream = null;
  kind = null;
  /** Whether something is shown that does not arrive here. */
  isMissed = false;

  constructor(line) {
    super();
    this.#line = line;
    line.addEventListener('offer', ({ detail }) => this.#watch(detail));
    line.addEventListener('candidate', ({ detail }) => detail.offer === this.#offer && this.#peer?.addIceCandidate(detail.candidate));
    line.addEventListener('stopped', ({ detail }) => this.stop(detail.problem === unreached && (this.isMissed || (Boolean(this.#peer) && !this.stream))));
    line.addEventListener('gone', ({ detail }) => detail.from === 'customer' && this.stop());
    line.addEventListener('lost', () => this.stop());
  }

  stop(isMissed = false) {
    this.#peer?.close();
    this.#peer = null;
    this.isMissed = isMissed;
    this.#see(null, null);
  }

  async #watch({ description, offer, shows }) {
    this.stop();
    let shown = null;
    const isNow = () => this.#peer === peer;
    // The picture is black until it arrives.
    const see = () => isNow() && shown && peer.connectionState === 'connected' && this.#see(shown, shows);
    const peer = connect({ changed: see, failed: () => isNow() && this.stop(true) });
    [this.#peer, this.#offer] = [peer, offer];
    peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#line.say({ kind: 'candidate', offer, candidate }));
    peer.addEventListener('track', ({ streams }) => {
      shown = streams[0];
      see();
    });
    await peer.setRemoteDescription(description);
    if (!isNow())
      return;
    await peer.setLocalDescription();
    if (isNow())
      this.#line.say({ kind: 'answer', offer, description: peer.localDescription });
  }

  #see(stream, kind) {
    this.stream = stream;
    this.kind = kind;
    this.dispatchEvent(new Event('change'));
  }
}
