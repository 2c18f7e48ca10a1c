import { byId, setText } from './dom.js';
import { get } from './api.js';
import { t } from './texts.js';

const retryAfter = 5_000;

// The server says something every fifteen seconds; a line that has been silent for twice as long is dead, even if nobody has told the browser.
const longestSilence = 30_000;

function show(state, ...values) {
  byId('live').dataset.state = state;
  setText(byId('live').firstElementChild, t(`live.${state}`, ...values));
}

const clock = moment => moment.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });

/**
 * Listens to the server's events. Whatever may have been missed while the line was down is fetched: onReturn is called then.
 */
export function listen({ onSession, onReturn }) {
  let source;
  let silence;
  let heardAt = new Date();
  let wasDown = false;

  function waitForWords() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      wasDown = true;
      show('silent', clock(heardAt));
      open();
    }, longestSilence);
  }

  function hear() {
    heardAt = new Date();
    waitForWords();
  }

  function open() {
    source?.close();
    source = new EventSource('/rescue/sessions/events');
    waitForWords();
    source.addEventListener('open', () => {
      hear();
      show('live');
      if (wasDown)
        onReturn();
      wasDown = false;
    });
    source.addEventListener('ping', hear);
    source.addEventListener('session', event => {
      hear();
      onSession(JSON.parse(event.data));
    });
    source.addEventListener('error', () => {
      wasDown = true;
      if (byId('live').dataset.state !== 'silent')
        show('down');
      // The browser tries again by itself unless the server refused; then we ask, which also notices a sign-in that has ended.
      if (source.readyState === EventSource.CLOSED)
        setTimeout(async () => {
          await get('/sessions?limit=1');
          open();
        }, retryAfter);
    });
  }

  open();
}
