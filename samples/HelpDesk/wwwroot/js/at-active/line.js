// A line to the other end that is taken up again until it is hung up. What the other end says comes as events: here, gone, and the kinds that both use.

const pause = 2_000;
// The same end came again from another window; two that take it from each other would have no end.
const takenOver = 4001;

export class Line extends EventTarget {
  #path;
  #secret;
  #socket;
  #timer;
  #isOpen = true;

  /** The technician is known by the sign-in; the customer says the secret first. */
  constructor(path, secret) {
    super();
    this.#path = path;
    this.#secret = secret;
    this.#dial();
  }

  say(message) {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify(message));
  }

  hangUp() {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#socket.close();
  }

  #dial() {
    this.#socket = new WebSocket(new URL(this.#path, location.href.replace(/^http/, 'ws')));
    this.#socket.addEventListener('open', () => this.#secret && this.#socket.send(this.#secret));
    this.#socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      this.dispatchEvent(new CustomEvent(message.kind, { detail: message }));
    });
    this.#socket.addEventListener('close', ({ code }) => {
      this.dispatchEvent(new CustomEvent('gone'));
      if (this.#isOpen && code !== takenOver)
        this.#timer = setTimeout(() => this.#dial(), pause);
    });
  }
}
