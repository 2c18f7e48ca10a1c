import { h } from './dom.js';
import { actionsOf, hintOf, run } from './actions.js';
import { t } from './texts.js';

/** The buttons for what may be done with a session; while one is at work it takes no second click. */
export const actionButtons = session => actionsOf(session).map(action => actionButton(action, session));

export function actionButton(action, session, describedName = null) {
  const hint = hintOf(action, session);
  const button = h('button', {
    type: 'button',
    class: action.weight,
    title: hint,
    'aria-label': describedName && t('action.on', t(`action.${action.trigger}`), describedName),
    data: { action: action.trigger },
    onclick: async event => {
      event.stopPropagation();
      button.disabled = true;
      await run(action, session);
      button.disabled = false;
    },
  }, t(`action.${action.trigger}`));
  return button;
}
