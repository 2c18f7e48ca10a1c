import { byId, setText } from './dom.js';
import { get } from './api.js';
import { t } from './texts.js';

const retryAfter = 5_000;

function show(state) {
  byId('live').dataset.state = state;
  setText(byId('live').firstElementChild, t(`live.${state}`));
}

/**
 * Listens to the server's events. Whatever may have been missed while the line was down is fetched: onReturn is called then.
 */
export function listen({ onSession, onReturn }) {
  let wasDown = false;
  const source = new EventSource('/rescue/sessions/events');
  source.addEventListener('open', () => {
    show('live');
    if (wasDown)
      onReturn();
    wasDown = false;
  });
  source.addEventListener('session', event => onSession(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    wasDown = true;
    show('down');
    // The browser tries again by itself unless the server refused; then we ask, which also notices a sign-in that has ended.
    if (source.readyState === EventSource.CLOSED)
      setTimeout(async () => {
        await get('/sessions?limit=1');
        listen({ onSession, onReturn });
        onReturn();
      }, retryAfter);
  });
}
