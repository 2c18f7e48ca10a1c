import { byId, h } from '../console/dom.js';
import { get, put } from '../console/api.js';
import { describe } from '../console/problems.js';
import { named, t } from '../console/texts.js';
import { toast } from '../console/toasts.js';
import { confirm } from '../console/confirm.js';
import { savedBy } from './versions.js';

const rights = [
  'privateSessions', 'pinConnection', 'emailConnection', 'emailDefaultClient', 'emailOnBehalf', 'mobileAddOn', 'hold', 'transfer', 'colleaguesSessions',
  'exportPersonalData', 'erasePersonalData', 'manageSettings',
];

const decisionOf = (group, right) => group.denials.includes(right) ? 'deny' : group.grants.includes(right) ? 'grant' : 'inherit';

function rightRow(group, right) {
  const id = `${group.name}-${right}`;
  return h('div', { class: 'right', data: { right } },
    h('label', { for: id }, named('right', right)),
    h('select', { id }, ...['inherit', 'grant', 'deny'].map(choice =>
      h('option', { value: choice, selected: choice === decisionOf(group, right) }, t(`rights.${choice}`)))),
    h('label', { class: 'option' }, h('input', { type: 'checkbox', checked: group.locks.includes(right) }), h('span', {}, t('rights.lock'))));
}

const groupPart = group => h('details', { class: 'group', data: { group: group.name } },
  h('summary', {}, group.name, ' ', h('span', { class: 'muted' }, group.parent ? t('rights.below', group.parent) : t('rights.top'))),
  ...rights.map(right => rightRow(group, right)));

function read(group) {
  const rows = [...document.querySelectorAll(`[data-group="${CSS.escape(group.name)}"] [data-right]`)];
  const chosen = decision => rows.filter(row => row.querySelector('select').value === decision).map(row => row.dataset.right);
  const locks = rows.filter(row => row.querySelector('input').checked).map(row => row.dataset.right);
  return { ...group, grants: chosen('grant'), denials: chosen('deny'), locks };
}

/** The tree of technician groups: for each right, whether a group gives it, takes it away or leaves it to the group above. */
export async function openRights() {
  const form = byId('rights-form');
  let current = { groups: [], version: 0 };

  function show(document) {
    const open = new Set([...form.querySelectorAll('details[open]')].map(part => part.dataset.group));
    current = document;
    form.replaceChildren(
      ...document.groups.map(groupPart),
      h('p', { id: 'rights-problem', class: 'notice error', role: 'alert', hidden: true }),
      h('div', { class: 'buttons start' },
        h('button', { class: 'primary', type: 'submit' }, t('settings.save')),
        h('button', { class: 'danger', type: 'button', onclick: restore }, t('rights.restore'))));
    for (const part of form.querySelectorAll('details'))
      part.open = open.has(part.dataset.group);
  }

  async function save(body) {
    const answer = await put('/settings/groups', { ...body, version: current.version ?? 0 });
    if (answer.ok) {
      show(answer.data);
      toast(t('settings.saved'));
      return;
    }
    const problem = byId('rights-problem');
    problem.hidden = false;
    problem.textContent = answer.status === 409 ? t('settings.outdated', savedBy(answer.data))
      : answer.data?.errors ? Object.values(answer.data.errors).flat().join(' ') : describe(answer);
  }

  async function restore() {
    if (await confirm(t('rights.restore'), t('rights.restore.text'), t('rights.restore')))
      await save({ groups: null });
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    save({ groups: current.groups.map(read) });
  });
  const answer = await get('/settings/groups');
  if (answer.ok)
    show(answer.data);
  else
    toast(describe(answer), { kind: 'error' });
}
