// A line to the others that is taken up again until it is hung up. What they say comes as events named by its kind, each with who has said it in `from` and
// `name`, which the server vouches for: here and gone, and the kinds that these scripts use. Lost: until the line is there again, nobody is. Taken: whether
// another window has it has changed.

const pause = 2_000;
// The same end came again from another window; two that take it from each other would have no end.
const takenOver = 4001;

export class Line extends EventTarget {
  #path;
  #secret;
  #socket;
  #timer;
  #isOpen = true;
  /** Whether the same end has come again from another window, which has the line now. */
  isTakenOver = false;

  /** The technician is known by the sign-in; customer and guest say their secret first. */
  constructor(path, secret) {
    super();
    this.#path = path;
    this.#secret = secret;
    this.#dial();
  }

  /** Answers false where nobody can hear it. */
  say(message) {
    const isOpen = this.#socket.readyState === WebSocket.OPEN;
    if (isOpen)
      this.#socket.send(JSON.stringify(message));
    return isOpen;
  }

  /** Has the line here again, and no longer in the other window. */
  takeBack() {
    this.#take(false);
    this.#dial();
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
      this.dispatchEvent(new CustomEvent('lost'));
      if (this.#isOpen && code === takenOver)
        this.#take(true);
      else if (this.#isOpen)
        this.#timer = setTimeout(() => this.#dial(), pause);
    });
  }

  #take(isTakenOver) {
    this.isTakenOver = isTakenOver;
    this.dispatchEvent(new CustomEvent('taken'));
  }
}

/** Has a line from the page's hand-over on, which comes whenever the session becomes active, until it is not. */
export function whileActive(path, begin, end) {
  let line;

  const stop = () => {
    if (!line)
      return;
    end();
    line.hangUp();
    line = null;
  };

  document.addEventListener('rescue:handover', ({ detail }) => {
    stop();
    begin(line = new Line(path, detail.secret));
  });
  document.addEventListener('rescue:status', ({ detail }) => {
    if (detail.status !== 'active')
      stop();
  });
}
