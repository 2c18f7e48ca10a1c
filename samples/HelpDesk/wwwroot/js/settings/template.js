import { byId, h, setText } from '../console/dom.js';
import { call, get, post, put } from '../console/api.js';
import { describe } from '../console/problems.js';
import { language, languageName, named, t } from '../console/texts.js';
import { toast } from '../console/toasts.js';
import { confirm } from '../console/confirm.js';
import { showPreview } from './preview.js';
import { isError, showProblems } from './templateProblems.js';
import { savedBy } from './versions.js';

const other = 'other';
const rightToLeft = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/i;
const parts = ['subject', 'text', 'html'];
const field = part => byId(`template-${part}`);

let shown = { subject: '', text: '', html: '' };
let version = 0;
let key = '';
let focused = field('text');
let asked = 0;

const written = () => ({ subject: field('subject').value, text: field('text').value, html: field('html').value || null });
const isDirty = () => parts.some(part => field(part).value !== (shown[part] ?? ''));
const languageChosen = () => byId('template-language').value === other ? byId('other-language').value.trim() : byId('template-language').value;
const keyChosen = () => new URLSearchParams({ language: languageChosen(), platform: byId('template-platform').value }).toString();

function write(template) {
  for (const part of parts)
    field(part).value = template[part] ?? '';
  if (template.html)
    byId('html-details').open = true;
}

function showTemplate(template) {
  shown = { subject: template.subject, text: template.text, html: template.isDefault && !template.from ? '' : template.html ?? '' };
  version = template.version ?? 0;
  write(shown);
  for (const part of parts)
    field(part).dir = rightToLeft.test(template.language) ? 'rtl' : 'ltr';
  const from = template.from ? `${languageName(template.from.language)}, ${template.from.platform ? named('platform', template.from.platform) : t('template.anyPlatform')}` : null;
  setText(byId('origin'), !template.isDefault ? t('template.own', savedBy(template)) : from ? t('template.from', from) : t('template.builtIn'));
  byId('restore-template').disabled = template.isDefault;
  byId('theirs').hidden = true;
  byId('history').replaceChildren();
  if (byId('history-details').open)
    loadHistory();
  check();
}

async function load() {
  const answer = await get(`/settings/template?${keyChosen()}`);
  setText(byId('other-language-error'), answer.data?.errors?.language?.join(' ') ?? '');
  if (!answer.ok) {
    if (answer.status !== 400)
      toast(describe(answer), { kind: 'error' });
    return;
  }
  key = keyChosen();
  showTemplate(answer.data);
}

// The answer to what was typed before must not overwrite the answer to what was typed after.
async function check() {
  const number = ++asked;
  const answer = await post(`/settings/template/preview?${key}`, written());
  if (number !== asked)
    return;
  const problems = answer.data?.problems ?? [];
  showProblems(problems, parts.map(part => field(part)));
  const refused = problems.some(isError);
  byId('save-template').disabled = refused;
  byId('save-template').title = refused ? t('template.saveRefused') : '';
  byId('test-template').disabled = refused;
  byId('preview-stale').hidden = answer.status !== 422;
  if (answer.ok)
    showPreview(answer.data);
  else if (answer.status !== 422)
    toast(describe(answer), { kind: 'error' });
}

let typing;
function soon() {
  clearTimeout(typing);
  typing = setTimeout(check, 250);
}

function insert(name) {
  const text = `{{ ${name} }}`;
  focused.setRangeText(text, focused.selectionStart, focused.selectionEnd, 'end');
  focused.focus();
  soon();
}

// A moment prints itself in a way that few want.
const asPrinted = ({ name, kind }) => kind === 'moment' ? `${name} | date.to_string '%H:%M'` : name;

const describeFunction = ({ name, meaning, example, prints }) => [
  h('dt', {}, h('code', {}, name)),
  h('dd', {}, meaning, ' ', h('button', { type: 'button', data: { function: name }, title: t('template.functions.prints', prints), onclick: () => insert(example) }, h('code', { dir: 'ltr' }, example))),
];

async function save() {
  const answer = await put(`/settings/template?${key}`, { ...written(), version });
  if (answer.ok) {
    showTemplate(answer.data);
    toast(t('template.saved'));
  } else if (answer.status === 422) {
    showProblems(answer.data.problems, parts.map(part => field(part)));
  } else if (answer.status === 409) {
    showTheirs(answer.data);
  } else {
    toast(describe(answer), { kind: 'error' });
  }
}

/** Somebody else was faster: their text can be looked at, and one's own stays in the editor. */
function showTheirs(problem) {
  version = problem.version;
  byId('theirs').hidden = false;
  byId('theirs').replaceChildren(
    h('p', {}, t('template.outdated', savedBy(problem))),
    h('div', { class: 'buttons start' }, h('button', { type: 'button', onclick: load }, t('template.takeTheirs'))));
}

async function restore() {
  if (!await confirm(t('template.restore'), t('template.restore.text'), t('template.restore')))
    return;
  const answer = await call('DELETE', `/settings/template?${key}`);
  if (answer.ok) {
    showTemplate(answer.data);
    toast(t('template.restored'));
  } else {
    toast(describe(answer), { kind: 'error' });
  }
}

async function test() {
  const answer = await post(`/settings/template/test?${key}`, written());
  toast(answer.ok ? t('template.tested', answer.data.to) : describe(answer), { kind: answer.ok ? 'info' : 'error' });
}

async function loadHistory() {
  const answer = await get(`/settings/template/history?${key}`);
  if (!answer.ok)
    return;
  byId('history').replaceChildren(...answer.data.items.length === 0 ? [h('li', {}, t('template.history.none'))] : answer.data.items.map(item => h('li', { value: item.version },
    h('div', {},
      h('span', {}, savedBy(item)),
      item.isDefault ? h('span', { class: 'muted' }, t('template.history.default')) : null,
      h('button', { type: 'button', onclick: () => { write(item); check(); field('subject').focus(); } }, t('template.history.use'))),
    h('p', { class: 'hint', dir: 'auto' }, item.subject))));
}

/** Going elsewhere loses what is not saved, so it is asked about. */
async function choose() {
  byId('other-language-field').hidden = byId('template-language').value !== other;
  if (languageChosen() === '')
    return;
  if (isDirty() && !await confirm(t('template.unsaved'), t('template.unsaved.text'), t('template.unsaved.leave'))) {
    const before = new URLSearchParams(key);
    const known = [...byId('template-language').options].some(option => option.value === before.get('language'));
    byId('template-language').value = known ? before.get('language') : other;
    byId('other-language').value = known ? '' : before.get('language');
    byId('other-language-field').hidden = known;
    byId('template-platform').value = before.get('platform');
    return;
  }
  await load();
}

function fillLanguages({ languages, items }) {
  const tags = [...new Set([...languages, ...items.map(item => item.language)])];
  byId('template-language').append(
    ...tags.map(tag => h('option', { value: tag, lang: tag, selected: tag === language }, languageName(tag, tag))),
    h('option', { value: other }, t('template.otherLanguage')));
}

export async function openTemplates(list) {
  fillLanguages(list);
  byId('names').append(...list.placeholders.map(name => h('button', {
    type: 'button', title: t('template.sample', name.sample), data: { name: name.name }, onclick: () => insert(asPrinted(name)),
  }, name.meaning.replace(/\.$/, ''))));
  byId('functions').append(...list.functions.flatMap(describeFunction));
  for (const part of parts) {
    field(part).addEventListener('input', soon);
    field(part).addEventListener('focus', event => { focused = event.target; });
  }
  byId('template-form').addEventListener('submit', event => { event.preventDefault(); save(); });
  byId('test-template').addEventListener('click', test);
  byId('restore-template').addEventListener('click', restore);
  byId('history-details').addEventListener('toggle', event => event.target.open && loadHistory());
  for (const id of ['template-language', 'template-platform', 'other-language'])
    byId(id).addEventListener('change', choose);
  addEventListener('beforeunload', event => isDirty() && event.preventDefault());
  await load();
}
