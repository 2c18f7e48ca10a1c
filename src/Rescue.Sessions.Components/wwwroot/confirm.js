import { dialogOf, h, openModal } from './rescue-sessions.js';

/** Asks before something is lost; answers whether to go on. */
export function confirm(element, title, text, yes) {
  const { t } = element.desk;
  const dialog = dialogOf({ id: 'confirm', role: 'alertdialog', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
    h('form', { method: 'dialog' },
      h('h2', { id: 'confirm-title' }, title),
      h('p', { id: 'confirm-text' }, text),
      h('div', { class: 'buttons' },
        h('button', { value: 'no' }, t('dialog.cancel')),
        h('button', { id: 'confirm-yes', class: 'danger', value: 'yes' }, yes))));
  element.shadowRoot.append(dialog);
  openModal(dialog);
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }, { once: true }));
}
