import { learnClock } from './time.js';

/** An answer of the server: its status, its JSON and, for 429, how many seconds to wait. Status 0: it could not be reached. */
export async function call(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(`/rescue${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    return { status: 0, ok: false, data: null, retryAfter: null };
  }
  if (response.status === 401)
    location.assign('/signin');
  if (response.headers.has('Date'))
    learnClock(response.headers.get('Date'));
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  return {
    status: response.status,
    ok: response.ok,
    data: isJson ? await response.json() : null,
    retryAfter: response.headers.get('Retry-After'),
  };
}

export const get = path => call('GET', path);
export const post = (path, body = {}, headers) => call('POST', path, body, headers);
export const remove = path => call('DELETE', path);
export const put = (path, body) => call('PUT', path, body);

/** An unguessable key. randomUUID is only there on a secure origin, and a help desk may be tried without one. */
export const newKey = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
