// What is asked of the service. Proxies and sign-in pages answer too: an answer is the service's when it is JSON with the protocol's members.

import { main } from './page.js';

const patience = 20_000;

export const address = path => `${main.dataset.applet}/${path}`;

/** A name for what joins, by which it alone is known when it comes back: 128 random bits in base64url. */
export function newInstance() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A signal that gives up after a while. */
export function within(time) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), time);
  return controller.signal;
}

/** The service's answer as { ok, code, data }; null where it has not answered. */
export async function ask(path, body = {}, { key, keepalive = false } = {}) {
  try {
    const answer = await fetch(address(path), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) },
      body: JSON.stringify(body),
      cache: 'no-store',
      redirect: 'error',
      keepalive,
      signal: within(patience),
    });
    const data = await answer.json();
    if (answer.ok ? data.sessionId || data.status : typeof data.code === 'string' && answer.status < 500)
      return { ok: answer.ok, code: data.code, data };
  } catch {
    // No line, no JSON, or no patience left: the same as no answer.
  }
  return null;
}

export const rest = time => new Promise(done => setTimeout(done, time));
