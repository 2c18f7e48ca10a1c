import { download } from './clipboard.js';
import { confirm } from './confirm.js';
import { byId, h } from './dom.js';
import { get, post } from './api.js';
import { lacks, me } from './me.js';
import { describe } from './problems.js';
import { store } from './store.js';
import { t } from './texts.js';
import { toast } from './toasts.js';

// In the order in which they are shown: the name of the trigger, the path below the session, and how much the button weighs.
const actions = [
  { trigger: 'start', path: 'start', weight: 'primary' },
  { trigger: 'resume', path: 'resume', weight: 'primary' },
  { trigger: 'acceptTransfer', path: 'transfer/accept', weight: 'primary' },
  { trigger: 'declineTransfer', path: 'transfer/decline' },
  { trigger: 'takeBackTransfer', path: 'transfer/takeBack' },
  { trigger: 'hold', path: 'hold', right: 'hold' },
  { trigger: 'transfer', path: 'transfer', right: 'transfer' },
  { trigger: 'reboot', path: 'reboot', confirm: true },
  { trigger: 'resend', path: 'resend' },
  { trigger: 'draft', path: 'resend', right: 'emailDefaultClient', body: { delivery: 'defaultMailClient' } },
  { trigger: 'revoke', path: 'revoke', weight: 'danger', confirm: true },
  { trigger: 'close', path: 'close', weight: 'danger', confirm: true },
];

/** What may be done with a session now. A session on hold is started by resuming it, so it shows one button for both. */
export function actionsOf(session) {
  const permitted = new Set(session.permitted);
  if (permitted.has('resume'))
    permitted.delete('start');
  if (session.status === 'connecting' && session.invitation && permitted.has('revoke'))
    permitted.add('resend');
  // Where the service cannot send, the technician's own mail program can.
  if (permitted.has('resend') && (session.invitation.held || session.invitation.state === 'rejected'))
    permitted.add('draft');
  return actions.filter(action => permitted.has(action.trigger));
}

/** Which right the technician lacks for it, in words; null for none. Answers to an offer are theirs whoever the session belongs to. */
export function hintOf(action, session) {
  const isColleagues = (session.owner ?? session.createdBy).id !== me.id && !action.path.startsWith('transfer/');
  const right = [action.right, isColleagues ? 'colleaguesSessions' : null].find(name => name && lacks(name));
  return right ? t('right.missing', t(`right.${right}`)) : null;
}

/** Does it, and says how it went. */
export async function run(action, session) {
  if (action.confirm && !await confirmed(action, session))
    return;
  if (action.trigger === 'transfer')
    await offerTransfer(session);
  else
    await send(action, session, action.body ?? {});
}

async function send(action, session, body) {
  const answer = await post(`/sessions/${encodeURIComponent(session.id)}/${action.path}`, body);
  if (answer.ok) {
    if (answer.data?.id)
      store.put(answer.data);
    toast(t(`done.${action.trigger}`, session.customerName));
    if (action.trigger === 'draft')
      openDraft(answer.data.invitation);
    return answer;
  }
  toast(describe(answer), { kind: 'error' });
  if (answer.status === 409 || answer.status === 404)
    await refresh(session.id);
  return answer;
}

// A draft that is too long for a link is a file.
function openDraft({ mailto, eml }) {
  if (mailto)
    location.href = mailto;
  else
    download(eml, 'invitation.eml', 'message/rfc822');
}

async function refresh(id) {
  const answer = await get(`/sessions/${encodeURIComponent(id)}`);
  if (answer.ok)
    store.put(answer.data);
}

const confirmed = (action, session) =>
  confirm(t(`action.${action.trigger}`), t(`confirm.${action.trigger}`, session.customerName), t(`action.${action.trigger}`));

// Who takes no transfers is listed too, so that nobody looks for them in vain.
const colleagueOption = ({ id, name, presence, active }) => h('option', { value: id, disabled: presence !== 'available' },
  t('transfer.colleague', name, t(`presence.${presence}`), active));

async function offerTransfer(session) {
  const dialog = byId('transfer');
  const to = byId('transfer-to');
  const error = byId('transfer-error');
  const fail = text => {
    error.textContent = text;
    to.setAttribute('aria-invalid', text ? 'true' : 'false');
  };
  fail('');
  const found = await get('/colleagues');
  if (!found.ok) {
    toast(describe(found), { kind: 'error' });
    return;
  }
  const colleagues = found.data.items.filter(colleague => colleague.id !== me.id);
  to.replaceChildren(h('option', { value: '' }, t(colleagues.length > 0 ? 'transfer.choose' : 'transfer.nobody')), ...colleagues.map(colleagueOption));
  to.value = '';
  dialog.querySelector('form').onsubmit = async event => {
    event.preventDefault();
    if (to.value === '') {
      fail(t('transfer.missing'));
      to.focus();
      return;
    }
    const answer = await post(`/sessions/${encodeURIComponent(session.id)}/transfer`, { to: to.value });
    if (!answer.ok) {
      fail(answer.data?.errors?.to?.[0] ?? describe(answer));
      return;
    }
    store.put(answer.data);
    dialog.close();
    toast(t('done.transfer', session.customerName));
  };
  dialog.showModal();
}
