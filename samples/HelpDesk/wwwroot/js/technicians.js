for (const button of document.querySelectorAll('[data-opens]'))
  button.addEventListener('click', () => document.getElementById(button.dataset.opens).showModal());
for (const button of document.querySelectorAll('dialog [data-close]'))
  button.addEventListener('click', () => button.closest('dialog').close());

// The numbers follow what happens; nothing else is touched, so that focus and an open dialog stay.
async function refresh() {
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (response.ok) {
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      for (const element of document.querySelectorAll('[data-live]')) {
        const text = fresh.getElementById(element.id)?.textContent ?? element.textContent;
        if (element.textContent !== text)
          element.textContent = text;
      }
    }
  } catch {
    // The server is restarting: the next round finds it again.
  }
  setTimeout(refresh, document.hidden ? 10_000 : 2_000);
}

setTimeout(refresh, 2_000);
