import { confirm, describe, focusedElement, h } from './rescue-sessions.js';
import { savedBy, savingOf } from './form.js';

const path = '/settings/groups';
const rights = [
  'privateSessions', 'pinConnection', 'emailConnection', 'emailDefaultClient', 'emailOnBehalf', 'mobileAddOn', 'hold', 'transfer', 'inviteGuests', 'colleaguesSessions',
  'exportPersonalData', 'erasePersonalData', 'manageSettings',
];

// The one that groups give without a word.
const givenByDefault = 'colleaguesSessions';

const decisionOf = (group, right) => group.denials.includes(right) ? 'deny' : group.grants.includes(right) ? 'grant' : 'inherit';

/** Whether a group has a right, and which group says so: the highest that locks it, else the nearest that decides. */
export function sourceOf(groups, group, right) {
  let nearest = null;
  let binding = null;
  for (let each = group, steps = groups.length; each && steps > 0; steps--) {
    if (decisionOf(each, right) !== 'inherit')
      nearest ??= each;
    if (each.locks.includes(right))
      binding = each;
    each = groups.find(other => other.name === each.parent);
  }
  const deciding = binding ?? nearest;
  return { has: deciding ? decisionOf(deciding, right) === 'grant' : right === givenByDefault, by: deciding?.name ?? null, isLocked: binding !== null };
}

/** The tree of technician groups: for each right, whether a group gives it, takes it away or leaves it to the group above, and what comes of it. */
export class Rights {
  #element;
  #desk;
  #current = { groups: [], version: 0 };

  constructor(element) {
    this.#element = element;
    this.#desk = element.desk;
    this.matrix = h('div', { class: 'scrolling', tabindex: '0', role: 'region', 'aria-label': this.#desk.t('rights.matrix') });
    const save = savingOf(() => this.#chosen, () => this.#save({ groups: this.#chosen }));
    this.form = h('form', {
      id: 'rights-form',
      onsubmit: event => {
        event.preventDefault();
        save();
      },
      onchange: () => this.#showMatrix(this.#chosen),
    });
    this.part = h('div', {}, this.matrix, this.form);
  }

  get #chosen() { return this.#current.groups.map(group => this.#read(group)); }

  async load() {
    const answer = await this.#desk.service.get(path);
    if (answer.ok)
      this.#show(answer.data);
    else
      this.#element.toast(describe(this.#desk, answer), { kind: 'error' });
  }

  #show(document) {
    const { t } = this.#desk;
    const open = new Set([...this.form.querySelectorAll('details[open]')].map(part => part.dataset.group));
    this.#current = document;
    this.#showMatrix(document.groups);
    this.problem = h('p', { id: 'rights-problem', class: 'notice error', role: 'alert', hidden: true });
    this.form.replaceChildren(
      ...document.groups.map(group => this.#groupPart(group)),
      this.problem,
      h('div', { class: 'buttons start' },
        h('button', { class: 'primary', type: 'submit' }, t('settings.save')),
        h('button', { class: 'danger', type: 'button', data: { home: '' }, onclick: () => this.#restore() }, t('rights.restore'))));
    for (const part of this.form.querySelectorAll('details'))
      part.open = open.has(part.dataset.group);
  }

  // Groups by rights, as it comes out; each with the group that decided.
  #showMatrix(groups) {
    const { t, named } = this.#desk;
    const cell = (group, right) => {
      const { has, by, isLocked } = sourceOf(groups, group, right);
      const source = by === null ? t(has ? 'rights.byDefault' : 'rights.nowhere') : by === group.name ? t('rights.own') : t(isLocked ? 'rights.lockedBy' : 'rights.from', by);
      return h('td', { class: has ? 'has' : 'lacks', title: source },
        h('span', { 'aria-hidden': 'true' }, has ? '✓' : '–'), h('span', { class: 'visually-hidden' }, t(has ? 'rights.has' : 'rights.lacks'), ', '),
        h('small', {}, source));
    };
    this.matrix.replaceChildren(h('table', { class: 'matrix' },
      h('caption', { class: 'visually-hidden' }, t('rights.matrix')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('rights.right')), ...groups.map(group => h('th', { scope: 'col' }, group.name)))),
      h('tbody', {}, ...rights.map(right => h('tr', {}, h('th', { scope: 'row' }, named('right', right)), ...groups.map(group => cell(group, right)))))));
  }

  #groupPart(group) {
    const { t } = this.#desk;
    return h('details', { class: 'group', data: { group: group.name } },
      h('summary', {}, group.name, ' ', h('span', { class: 'muted' }, group.parent ? t('rights.below', group.parent) : t('rights.top'))),
      ...rights.map(right => this.#rightRow(group, right)));
  }

  #rightRow(group, right) {
    const { t, named } = this.#desk;
    const id = `${group.name}-${right}`;
    return h('div', { class: 'right', data: { right } },
      h('label', { for: id }, named('right', right)),
      h('select', { id }, ...['inherit', 'grant', 'deny'].map(choice =>
        h('option', { value: choice, selected: choice === decisionOf(group, right) }, t(`rights.${choice}`)))),
      h('label', { class: 'option' }, h('input', { type: 'checkbox', checked: group.locks.includes(right) }), ' ', h('span', {}, t('rights.lock'))));
  }

  #read(group) {
    const rows = [...this.form.querySelectorAll(`[data-group="${CSS.escape(group.name)}"] [data-right]`)];
    const chosen = decision => rows.filter(row => row.querySelector('select').value === decision).map(row => row.dataset.right);
    const locks = rows.filter(row => row.querySelector('input').checked).map(row => row.dataset.right);
    return { ...group, grants: chosen('grant'), denials: chosen('deny'), locks };
  }

  async #save(body) {
    const { t, service } = this.#desk;
    const sent = JSON.stringify(this.#chosen);
    const answer = await service.put(path, { ...body, version: this.#current.version ?? 0 });
    if (answer.ok) {
      this.#element.toast(t('settings.saved'));
      // Whoever has gone on choosing is left what they chose, to be saved after it.
      if (JSON.stringify(this.#chosen) !== sent) {
        this.#current = answer.data;
        return true;
      }
      this.#show(answer.data);
      // What had it here is drawn anew; whoever has gone on to something else stays there.
      if (!focusedElement())
        this.form.querySelector('[type=submit]').focus();
      return true;
    }
    this.problem.hidden = false;
    this.problem.textContent = answer.status === 409 ? t('settings.outdated', savedBy(this.#desk, answer.data))
      : answer.data?.errors ? Object.values(answer.data.errors).flat().join(' ') : describe(this.#desk, answer);
    return false;
  }

  async #restore() {
    const { t } = this.#desk;
    if (await confirm(this.#element, t('rights.restore'), t('rights.restore.text'), t('rights.restore')))
      await this.#save({ groups: null });
  }
}
