import { h } from './dom.js';
import { named, t } from './texts.js';

/** A status in words: of a transfer, the recipient sees "incoming", the sender "outgoing", and everybody else that it goes on. */
export function statusText(session) {
  if (session.status === 'transferring' && session.transfer?.direction)
    return t(`status.${session.transfer.direction}`);
  if (session.status === 'closed' && session.endReason)
    return t('status.closedBecause', named('end', session.endReason));
  return named('status', session.status);
}

export const statusChip = session => h('span', { class: 'chip', data: { status: session.status } }, statusText(session));

export const invitationText = session => session.invitation ? named('invitation', session.invitation.state) : '–';

export const invitationChip = session => session.invitation
  ? h('span', { class: 'chip quiet', data: { invitation: session.invitation.state }, title: session.invitation.reason ?? null }, invitationText(session))
  : h('span', { class: 'muted' }, '–');
