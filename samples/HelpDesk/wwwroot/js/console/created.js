import { byId, setText } from './dom.js';
import { copy, download } from './clipboard.js';
import { store } from './store.js';
import { hasText, t } from './texts.js';
import { duration, everySecond, until } from './time.js';

let shown = null;

function invitationSentence(invitation) {
  if (!invitation)
    return t('created.pinOnly');
  const key = `created.${invitation.state}`;
  return hasText(key) ? t(key, invitation.reason ?? '') : t('created.state', t(`invitation.${invitation.state}`));
}

function showInvitation(invitation) {
  const place = byId('created-invitation');
  place.dataset.invitation = invitation?.state ?? 'none';
  setText(place, invitationSentence(invitation));
}

// Offers the draft in every form; where it is too long for a link, the file is the way.
function showDraft(invitation) {
  const isDraft = Boolean(invitation?.eml || invitation?.mailto);
  byId('draft').hidden = !isDraft;
  if (!isDraft)
    return;
  byId('draft-mailto').hidden = !invitation.mailto;
  if (invitation.mailto)
    byId('draft-mailto').href = invitation.mailto;
  byId('draft-eml').hidden = !invitation.eml;
  byId('draft-eml').className = invitation.mailto ? '' : 'primary';
  byId('draft-hint').textContent = t(invitation.mailto ? 'draft.hint' : 'draft.tooLong');
  if (invitation.mailto)
    location.href = invitation.mailto;
}

function tick(created) {
  if (shown !== created)
    return false;
  const left = until(created.expiresAt);
  setText(byId('created-expiry'), left > 0 ? t('created.expiresIn', duration(left)) : t('created.expired'));
  return left > 0;
}

/** Shows what has been made: code, link, and how the invitation goes out. */
export function showCreated(request, created) {
  shown = created;
  byId('created').hidden = false;
  byId('created-title').textContent = t('created.title', created.customerName ?? request.customerName);
  byId('created-pin').textContent = created.pin;
  byId('created-link').value = created.link ?? '';
  showInvitation(created.invitation);
  showDraft(created.invitation);
  everySecond(() => tick(created));
  byId('created-title').focus();
}

export function bindCreated() {
  byId('copy-pin').addEventListener('click', () => copy(shown.pin));
  byId('copy-link').addEventListener('click', () => copy(shown.link));
  byId('draft-text').addEventListener('click', () => copy(shown.invitation.text ?? shown.link));
  byId('draft-eml').addEventListener('click', () => download(shown.invitation.eml, 'invitation.eml', 'message/rfc822'));
  byId('create').addEventListener('close', () => { shown = null; });
  // "Queued" becomes "sent" while the technician still looks.
  store.addEventListener('change', () => {
    const session = shown && store.find(shown.id);
    if (session?.invitation)
      showInvitation(session.invitation);
  });
}
