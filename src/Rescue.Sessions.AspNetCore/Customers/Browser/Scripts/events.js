// Server-sent events (WHATWG HTML, section 9.2) over fetch, because EventSource sends no key.

import { address } from './service.js';

// The server says something every fifteen seconds; a line that has been silent for longer than twice that is dead.
const longestSilence = 40_000;
const firstRest = 1_000;
const longestRest = 30_000;

/** How long to wait before the next try: half of it by chance, twice as long after each that was not heard, and no less than the service asks for. */
export class Rests {
  #longest = firstRest;

  after({ heard, leastRest = 0 }) {
    this.#longest = heard ? firstRest : Math.min(longestRest, this.#longest * 2);
    return Math.max(leastRest, this.#longest * (0.5 + Math.random() / 2));
  }
}

class Events {
  leastRest = 0;
  #field = { event: '', data: [], id: null };

  constructor(hear) {
    this.hear = hear;
  }

  take(line) {
    if (line === '') {
      const { event, data, id } = this.#field;
      if (data.length > 0 || id !== null)
        this.hear({ event: event || 'message', data: data.join('\n'), id });
      this.#field = { event: '', data: [], id: null };
      return;
    }

    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (name === 'data')
      this.#field.data.push(value);
    else if (name === 'retry')
      this.leastRest = Number(value) || 0;
    else if (name === 'event' || name === 'id')
      this.#field[name] = value;
  }
}

/**
 * Listens until the stream ends, and hands each event over: first the status as it is, which holds whatever was missed. Answers { refusal } with
 * the service's code when it refuses, else { heard, leastRest }: whether the stream was open, and how long to wait at least before the next.
 */
export async function listen(session, { key, controller, hear }) {
  let silence;
  const watch = () => {
    clearTimeout(silence);
    silence = setTimeout(() => controller.abort(), longestSilence);
  };
  const events = new Events(hear);
  let heard = false;
  try {
    watch();
    const answer = await fetch(address(`${session}/events`), {
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${key}` },
      cache: 'no-store',
      redirect: 'error',
      signal: controller.signal,
    });
    if (!answer.ok) {
      const problem = await answer.json();
      return { refusal: answer.status < 500 && typeof problem.code === 'string' ? problem : undefined };
    }

    if (!answer.headers.get('Content-Type')?.startsWith('text/event-stream'))
      return {};
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard = true;
      watch();
      const lines = (rest + part.value).split('\n');
      rest = lines.pop();
      lines.forEach(line => events.take(line.replace(/\r$/, '')));
    }
  } catch {
    // The line was lost, or we have given it up; whoever listens begins anew.
  } finally {
    clearTimeout(silence);
  }
  return { heard, leastRest: events.leastRest };
}
