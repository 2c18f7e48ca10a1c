// The browser's way into a session. Only a typed PIN joins: what follows links and presses buttons types none.

import { digitsOf } from './digits.js';
import { findPlace, forget, keep, placeFor } from './place.js';
import { askWhetherToLeave, byId, complain, main, show } from './page.js';
import { Session } from './session.js';
import { ask } from './service.js';

const link = main.dataset;
const form = main.querySelector('form');
const button = form.querySelector('button');
const protocol = 1;
let session;

function begin(place) {
  byId('terms').textContent = place.terms ?? '';
  session = new Session(place);
  return session.begin();
}

async function join(typed) {
  const digits = digitsOf(typed);
  if (digits.length < 6)
    return 'invalidCode';
  const place = placeFor(digits);
  keep(place);
  // The link's token decides where the link's own PIN was typed; another PIN may lead elsewhere.
  const credential = link.token && digits === link.code ? { token: link.token } : { pin: digits };
  const answer = await ask('join', { ...credential, instance: place.instance, protocol });
  if (!answer?.ok) {
    // An answer that was lost may have joined; the next try then has the same instance.
    if (answer && answer.code !== 'tooMany')
      forget(place);
    return answer?.code ?? 'unreachable';
  }

  const { sessionId, appletKey, terms, technician } = answer.data;
  Object.assign(place, { session: sessionId, key: appletKey, terms, technician, agreed: place.session === sessionId && place.agreed });
  keep(place);
  await begin(place);
  return null;
}

// The form is there until the service has heard that we are ready; joining once more would take the place from ourselves.
async function inTurn(act) {
  if (button.getAttribute('aria-disabled') === 'true')
    return;
  button.setAttribute('aria-disabled', 'true');
  try {
    await act();
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

const submit = typed => inTurn(async () => {
  complain(null);
  complain(await join(typed));
});

// The link was used, and by nobody else where the service knows the instance.
const joinAgain = () => inTurn(async () => {
  const problem = await join(link.code);
  if (problem && problem !== 'alreadyUsed') {
    acts.here();
    complain(problem);
  }
});

form.addEventListener('submit', event => {
  event.preventDefault();
  submit(form.elements.Code.value);
});

const acts = {
  agree: () => session.agree(),
  decline: () => session.decline(),
  ready: () => session.tryAgain(),
  leave: () => askWhetherToLeave(true),
  stay: () => askWhetherToLeave(false),
  'leave-now': () => session.leave(),
  here: () => {
    byId('used')?.remove();
    byId('entry').hidden = false;
    show('pin');
    byId('Code').focus();
  },
};

main.addEventListener('click', event => acts[event.target.closest('[data-do]')?.dataset.do]?.());

// A code that can still be redeemed was not redeemed here, whatever was kept under the same digits before.
const kept = link.link === 'live' ? null : findPlace(link.code);
if (kept?.key) {
  inTurn(() => begin(kept));
} else if (kept && link.link === 'used') {
  joinAgain();
} else if (link.link === 'live' && 'asked' in link && location.hash === '#join') {
  // Whoever has just asked for help has been sent nothing that they could type. Their form alone leads here with the fragment, which no request carries.
  history.replaceState(null, '', location.pathname + location.search);
  submit(link.code);
}
