import { byId } from './dom.js';
import { get, put } from './api.js';
import { describe } from './problems.js';
import { toast } from './toasts.js';

/** Available, busy or away; hidden where the server has no such thing. */
export async function showPresence() {
  const label = byId('presence');
  const select = label.querySelector('select');
  const answer = await get('/presence');
  if (!answer.ok)
    return;
  select.value = answer.data.presence;
  label.hidden = false;
  let known = select.value;
  select.addEventListener('change', async () => {
    const changed = await put('/presence', { presence: select.value });
    if (changed.ok) {
      known = select.value;
    } else {
      select.value = known;
      toast(describe(changed), { kind: 'error' });
    }
  });
}
