import { post } from './api.js';
import { me } from './me.js';
import { selection } from './selection.js';
import { store } from './store.js';

const pause = 60_000;
const told = new Map();

function note() {
  const session = store.all.find(candidate => candidate.id === selection.id);
  if (session?.status !== 'active' || session.owner?.id !== me.id)
    return;
  const now = performance.now();
  if (now - (told.get(session.id) ?? -pause) < pause)
    return;
  told.set(session.id, now);
  post(`/sessions/${encodeURIComponent(session.id)}/activity`);
}

/** Whoever types or clicks while looking at their active session is at work in it: its idle time-out runs anew. A product tells of its remote control in the same way. */
export function noteActivity() {
  for (const event of ['pointerdown', 'keydown'])
    document.addEventListener(event, note, { passive: true });
}
