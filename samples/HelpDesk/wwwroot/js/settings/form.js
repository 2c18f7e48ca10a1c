import { byId } from '../console/dom.js';
import { get, put } from '../console/api.js';
import { FieldErrors } from '../console/fieldErrors.js';
import { describe } from '../console/problems.js';
import { t } from '../console/texts.js';
import { toast } from '../console/toasts.js';
import { savedBy } from './versions.js';

/**
 * A form of plain fields that is one document of the server: an empty field is what the host has configured. What is more than fields is added to what is
 * sent by `more`, and told of what has come by `shown`.
 */
export async function openForm(id, path, read = value => value, { more = () => ({}), shown = () => {} } = {}) {
  const form = byId(id);
  const fields = [...form.querySelectorAll('[data-field]')];
  const errors = new FieldErrors(form);
  let version = 0;

  function show(document) {
    version = document.version ?? 0;
    for (const field of fields)
      field.value = [document[field.dataset.field] ?? ''].flat().join(', ');
    shown(document);
  }

  form.addEventListener('submit', async event => {
    event.preventDefault();
    const values = Object.fromEntries(fields.map(field => [field.dataset.field, field.value.trim() === '' ? null : read(field.value.trim(), field.dataset.field)]));
    const answer = await put(path, { ...values, ...more(), version });
    // An entry of a list is told of at the list.
    const told = Object.fromEntries(Object.entries(answer.data?.errors ?? {}).map(([field, messages]) => [field.replace(/\[.*/, ''), messages]));
    const placed = errors.show(told);
    if (answer.ok) {
      show(answer.data);
      toast(t('settings.saved'));
    } else if (answer.status === 409) {
      toast(t('settings.outdated', savedBy(answer.data)), { kind: 'error', action: { label: t('settings.reload'), run: load } });
    } else if (placed.length === 0 || placed.unplaced.length > 0) {
      toast(placed.unplaced.join(' ') || describe(answer), { kind: 'error' });
    }
  });

  async function load() {
    const answer = await get(path);
    if (answer.ok)
      show(answer.data);
    else
      toast(describe(answer), { kind: 'error' });
  }

  await load();
  return { show };
}
