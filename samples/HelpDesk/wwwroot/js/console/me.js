import { byId } from './dom.js';
import { get } from './api.js';

/** Who is signed in. Rights stay null when the server does not tell: then nothing is hinted at, and the server decides. */
export const me = { id: byId('who').dataset.id, rights: null };

export async function loadMe() {
  const answer = await get('/me');
  if (answer.ok)
    me.rights = answer.data.rights ?? null;
}

export const lacks = right => me.rights !== null && !me.rights.includes(right);
