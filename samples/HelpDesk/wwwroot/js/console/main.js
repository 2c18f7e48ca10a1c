import { noteActivity } from './activity.js';
import { bindCreate } from './create.js';
import { bindCreated } from './created.js';
import { refreshDetails, showDetails } from './details.js';
import { reload, showList } from './list.js';
import { listen } from './live.js';
import { loadMe } from './me.js';
import { showPresence } from './presence.js';
import { selection } from './selection.js';
import { store } from './store.js';
import { showTabs } from './tabs.js';
import { announce, countWaiting } from './waiting.js';

for (const button of document.querySelectorAll('dialog [data-close]'))
  button.addEventListener('click', () => button.closest('dialog').close());

bindCreate();
bindCreated();
showList();
showTabs();
showDetails();
countWaiting();
noteActivity();
listen({
  onSession: event => {
    // Erased, or a colleague's since, where technicians see their own alone.
    if (event.session === null) {
      store.drop(event.sessionId);
      return;
    }
    store.put(event.session);
    refreshDetails(event.sessionId);
    announce(event);
  },
  onReturn: () => {
    reload();
    store.loadActive();
    if (selection.id)
      refreshDetails(selection.id);
  },
});
await Promise.all([reload(), store.loadActive(), loadMe(), showPresence()]);
