// The technician's console over the HTTP surface: what is here can be done by any program.
const table = document.querySelector('#sessions');
const said = document.querySelector('#said');

async function send(path, body) {
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const json = await answer.json();
  said.textContent = answer.ok ? '' : Object.values(json.errors ?? {}).flat().join(' ') || json.detail || json.title;
  return answer.ok ? json : null;
}

function row(session) {
  const line = document.createElement('tr');
  for (const text of [session.customerName, session.status, session.invitation?.state ?? ''])
    line.append(Object.assign(document.createElement('td'), { textContent: text }));
  const start = Object.assign(document.createElement('button'), { textContent: 'Start', hidden: session.status !== 'waiting' });
  start.onclick = () => send(`/rescue/sessions/${session.id}/start`, {}).then(show);
  line.append(document.createElement('td'));
  line.lastChild.append(start);
  return line;
}

async function show() {
  const answer = await fetch('/rescue/sessions');
  if (answer.ok)
    table.replaceChildren(...(await answer.json()).items.map(row));
}

document.querySelector('#new').onsubmit = async event => {
  event.preventDefault();
  const { customerName, to } = Object.fromEntries(new FormData(event.target));
  const made = await send('/rescue/sessions', { customerName, email: to ? { delivery: 'onMyBehalf', to } : undefined });
  if (made) {
    event.target.reset();
    said.textContent = to ? '' : `PIN ${made.pin}`;
  }
  await show();
};

new EventSource('/rescue/sessions/events').addEventListener('session', show);
await show();
