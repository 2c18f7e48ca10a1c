// The customer's end of what is shown: one track of video, sent straight to the technician's browser (WebRTC), with no more between than the network.

// Beyond one network a product names its own STUN and TURN servers here, the latter with credentials for each session.
export const network = { iceServers: [] };

const takes = {
  screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
  camera: () => navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
};

export class Sharing extends EventTarget {
  #line;
  #peer;
  #isOver = false;
  stream = null;
  kind = null;
  problem = null;

  constructor(line) {
    super();
    this.#line = line;
    line.addEventListener('answer', ({ detail }) => this.#peer?.setRemoteDescription(detail.description));
    line.addEventListener('candidate', ({ detail }) => this.#peer?.addIceCandidate(detail.candidate));
    // The technician has come from another window, which has seen nothing yet.
    line.addEventListener('here', () => this.stream && this.#offer());
    line.addEventListener('stop', () => this.stop());
    line.addEventListener('gone', () => this.stop());
  }

  /** Whether this browser can show it: no phone shows its screen, and a page that came over plain HTTP shows nothing. */
  static can(kind) {
    return kind === 'screen' ? Boolean(navigator.mediaDevices?.getDisplayMedia) : Boolean(navigator.mediaDevices?.getUserMedia);
  }

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
    this.#changed();
    await this.#offer();
  }

  /** Shows nothing any more, at once. */
  stop() {
    this.#isOver = true;
    if (!this.stream)
      return;
    this.stream.getTracks().forEach(track => track.stop());
    this.#peer?.close();
    this.#peer = this.stream = this.kind = null;
    this.#line.say({ kind: 'stopped' });
    this.#changed();
  }

  async #offer() {
    this.#peer?.close();
    const peer = this.#peer = new RTCPeerConnection(network);
    for (const track of this.stream.getTracks()) {
      // The browser's own bar stops it as well.
      track.addEventListener('ended', () => this.stop());
      peer.addTrack(track, this.stream);
    }
    peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#line.say({ kind: 'candidate', candidate }));
    await peer.setLocalDescription();
    this.#line.say({ kind: 'offer', shows: this.kind, description: peer.localDescription });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
