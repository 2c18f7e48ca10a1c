// The customer's place in a session, kept so that a reload, a locked phone and a closed tab do not lose it. The key in it opens that session alone, and is
// forgotten when the session ends.

import { newInstance } from './service.js';

const prefix = 'rescue.place.';
const ofThisTab = 'rescue.tab';
const keptFor = 15 * 24 * 60 * 60 * 1000;

// Where a browser keeps nothing, the place lasts as long as the page.
const inMemory = new Map();

function attempt(access) {
  try {
    return access();
  } catch {
    return null;
  }
}

const read = code => inMemory.get(code) ?? attempt(() => JSON.parse(localStorage.getItem(prefix + code)));

function forgetOld() {
  for (const name of Object.keys(localStorage).filter(name => name.startsWith(prefix))) {
    const place = attempt(() => JSON.parse(localStorage.getItem(name)));
    if (!(place?.at > Date.now() - keptFor))
      localStorage.removeItem(name);
  }
}

/** The place under a code, with the same instance at every try. */
export const placeFor = code => read(code) ?? { code, instance: newInstance() };

/** The place to go back to: under the link's code or, without one, the last of this tab. It has no key where the answer to its join was lost. */
export const findPlace = code => read(code || attempt(() => sessionStorage.getItem(ofThisTab)));

export function keep(place) {
  place.at = Date.now();
  inMemory.set(place.code, place);
  attempt(() => {
    forgetOld();
    sessionStorage.setItem(ofThisTab, place.code);
    localStorage.setItem(prefix + place.code, JSON.stringify(place));
  });
}

export function forget(place) {
  inMemory.delete(place.code);
  attempt(() => {
    sessionStorage.removeItem(ofThisTab);
    localStorage.removeItem(prefix + place.code);
  });
}
