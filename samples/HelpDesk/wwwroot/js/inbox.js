// The list follows what comes in; it is only touched when it has changed, so that focus and selection stay.
const list = document.getElementById('messages');

async function refresh() {
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (response.ok) {
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('messages');
      if (fresh && fresh.innerHTML !== list.innerHTML)
        list.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // The server is restarting: the next round finds it again.
  }
  setTimeout(refresh, document.hidden ? 10_000 : 2_000);
}

setTimeout(refresh, 2_000);
