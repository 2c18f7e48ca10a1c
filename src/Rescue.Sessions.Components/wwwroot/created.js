import { actionButton, actionsOf, copy, download, everySecond, focusedElement, grouped, h, openDraft, setText, shortAddress } from './rescue-sessions.js';

/** What the dialog shows once a session is made: its code, how the invitation goes out, and how far the customer has come. */
export class Created {
  #element;
  #desk;
  #signal;
  #shown = null;
  #journey = '';

  constructor(element, { another, correct }) {
    this.#element = element;
    this.#signal = element.signal;
    this.#desk = element.desk;
    this.section = this.#draw(another, correct);
    // "Queued" becomes "sent", and the customer arrives, while the technician still looks.
    this.#desk.sessions.addEventListener('change', () => this.#follow(), { signal: element.signal });
  }

  show(request, made) {
    const { t } = this.#desk;
    this.#shown = made;
    this.#journey = '';
    this.section.hidden = false;
    this.#part('created-title').textContent = t('created.title', made.customerName ?? request.customerName);
    this.#part('created-pin').replaceChildren(...grouped(made.pin ?? ''));
    this.#part('created-link').value = made.link ?? '';
    setText(this.#part('created-telephone'), t('created.byTelephone', shortAddress(made.link ?? '')));
    this.#showInvitation(made.invitation);
    this.#showDraft(made.invitation);
    this.#follow();
    everySecond(() => this.#tick(made));
    this.#part('created-title').focus();
  }

  leave() {
    this.#shown = null;
    this.#part('created-pin').replaceChildren();
    this.#part('created-link').value = '';
    setText(this.#part('created-telephone'), '');
  }

  #part(id) { return this.section.querySelector(`#${id}`); }

  #draw(another, correct) {
    const { t } = this.#desk;
    const element = this.#element;
    return h('section', { id: 'created', 'aria-labelledby': 'created-title', hidden: true },
      h('div', { class: 'dialog-head' },
        h('h2', { id: 'created-title', tabindex: '-1' }),
        h('button', { class: 'close', type: 'button', data: { close: '' }, 'aria-label': t('dialog.close') }, '×')),
      h('p', { id: 'created-invitation', class: 'notice', role: 'status' }),
      h('p', { id: 'created-correct', hidden: true }, h('button', { type: 'button', onclick: () => correct(this.#shown) })),
      h('div', { class: 'code', part: 'code' },
        h('span', { class: 'code-label', id: 'pin-label' }, t('created.pin')),
        h('output', { id: 'created-pin', class: 'pin', 'aria-labelledby': 'pin-label' }),
        h('button', { type: 'button', id: 'copy-pin', onclick: () => copy(element, this.#shown.pin) }, t('created.copyPin')),
        h('p', { class: 'expiry', role: 'timer' }, h('span', { id: 'created-expiry' })),
        h('p', { id: 'created-telephone', class: 'hint' })),
      h('div', { class: 'field' },
        h('label', { for: 'created-link' }, t('created.link')),
        h('div', { class: 'with-button' },
          h('input', { id: 'created-link', readonly: true }),
          h('button', { type: 'button', id: 'copy-link', onclick: () => copy(element, this.#shown.link) }, t('created.copyLink')))),
      h('div', { id: 'draft', class: 'draft', hidden: true },
        h('p', { id: 'draft-hint', class: 'hint' }),
        h('div', { class: 'buttons start' },
          h('a', { id: 'draft-mailto', class: 'button', part: 'button' }, t('draft.open')),
          h('button', { type: 'button', id: 'draft-eml', onclick: () => download(this.#shown.invitation.eml, 'invitation.eml', 'message/rfc822') }, t('draft.eml')),
          h('button', { type: 'button', id: 'draft-text', onclick: () => copy(element, this.#shown.invitation.text ?? this.#shown.link) }, t('draft.copyText')))),
      h('ol', { id: 'journey', class: 'journey', 'aria-label': t('journey.label'), 'aria-live': 'polite' }),
      h('div', { class: 'buttons' },
        h('span', { id: 'created-start' }),
        h('button', { type: 'button', id: 'create-another', onclick: another }, t('created.another')),
        h('button', { type: 'button', class: 'primary', data: { close: '' } }, t('created.done'))));
  }

  #follow() {
    const session = this.#shown && this.#desk.sessions.find(this.#shown.id);
    if (!session)
      return;
    if (session.invitation)
      this.#showInvitation(session.invitation);
    this.#showJourney(session);
  }

  #showInvitation(invitation) {
    const place = this.#part('created-invitation');
    place.dataset.invitation = invitation?.state ?? 'none';
    setText(place, this.#sentence(invitation));
    const correct = this.#part('created-correct');
    correct.hidden = !['rejected', 'bounced'].includes(invitation?.state);
    setText(correct.firstElementChild, this.#desk.t(isText(invitation) ? 'created.correctNumber' : 'created.correct'));
  }

  #sentence(invitation) {
    const { t, words } = this.#desk;
    if (!invitation)
      return t('created.pinOnly');
    const key = `created.${isText(invitation) ? 'sms.' : ''}${invitation.state}`;
    return words.has(key) ? t(key, invitation.reason ?? '') : t('created.state', t(`invitation.${invitation.state}`));
  }

  // Offers the draft in every form; where it is too long for a link, the file is the way.
  #showDraft(invitation) {
    const { t } = this.#desk;
    const isDraft = Boolean(invitation?.eml || invitation?.mailto);
    this.#part('draft').hidden = !isDraft;
    if (!isDraft)
      return;
    this.#part('draft-mailto').hidden = !invitation.mailto;
    if (invitation.mailto)
      this.#part('draft-mailto').href = invitation.mailto;
    this.#part('draft-eml').hidden = !invitation.eml;
    this.#part('draft-eml').className = invitation.mailto ? '' : 'primary';
    this.#part('draft-hint').textContent = t(invitation.mailto ? 'draft.hint' : 'draft.tooLong');
    if (invitation.mailto)
      openDraft(invitation);
  }

  #showJourney(session) {
    const { t } = this.#desk;
    const isHere = !['connecting', 'closed'].includes(session.status);
    const steps = [
      session.invitation && [isText(session.invitation) ? 'texted' : 'sent', ['sent', 'joined'].includes(session.invitation.state) || isHere],
      ['program', isHere || Boolean(session.lastSeenAt)],
      ['waiting', isHere],
      ['active', Boolean(session.startedAt)],
    ].filter(Boolean);
    const fresh = JSON.stringify([steps, session.permitted]);
    if (fresh === this.#journey)
      return;
    this.#journey = fresh;
    this.#part('journey').replaceChildren(...steps.map(([name, done]) =>
      h('li', { data: { done: String(done) } }, t(`journey.${name}`), h('span', { class: 'visually-hidden' }, ' ', t(done ? 'journey.done' : 'journey.open')))));
    const start = actionsOf(this.#desk, session).find(action => action.trigger === 'start');
    const place = this.#part('created-start');
    const had = place.contains(focusedElement());
    place.replaceChildren(...start && isHere ? [actionButton(this.#element, start, session)] : []);
    if (had)
      (place.firstElementChild ?? this.#part('created-title')).focus();
  }

  #tick(made) {
    const { t, clock } = this.#desk;
    if (this.#shown !== made || this.#signal.aborted)
      return false;
    const left = clock.until(made.expiresAt);
    setText(this.#part('created-expiry'), left > 0 ? t('created.expiresIn', clock.duration(left)) : t('created.expired'));
    return left > 0;
  }
}

// Whoever has sent an SMS reads of one.
const isText = invitation => invitation?.channel === 'sms';
