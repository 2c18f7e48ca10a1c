/** Makes a tab list work with pointer and arrow keys; answers how to choose a tab. */
export function bindTabs(list, onChoose) {
  const tabs = [...list.querySelectorAll('[role=tab]')];

  function choose(id) {
    for (const tab of tabs) {
      const chosen = tab.id === id;
      tab.setAttribute('aria-selected', chosen);
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
    }
    onChoose(id);
  }

  list.addEventListener('click', event => {
    const tab = event.target.closest('[role=tab]');
    if (tab)
      choose(tab.id);
  });
  list.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step)
      return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    choose(next.id);
    next.focus();
  });
  return { choose };
}
